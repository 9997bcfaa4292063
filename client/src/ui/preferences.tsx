import { Monitor, Moon, Sun } from 'lucide-react';
import type { ComponentType } from 'react';
import { chooseLanguage, type Language, LANGUAGES, useLanguage, useTranslation } from '../i18n';
import { MenuChoice } from './menu';
import { Segmented } from './segmented';
import { chooseTheme, type ThemeChoice, useThemeChoice } from './theme';

/** In a menu. */
export const ThemeChoices = () => <MenuChoice {...useThemePreference()} />;
export const LanguageChoices = () => <MenuChoice {...useLanguagePreference()} />;

/** Where there is room for all of them. */
export const ThemeSwitch = () => <Segmented {...useThemePreference()} className="w-fit" />;
export const LanguageSwitch = () => <Segmented {...useLanguagePreference()} className="w-fit" />;

function useThemePreference() {
  const { t } = useTranslation();
  const option = (value: ThemeChoice, label: string, Icon: ComponentType<{ className?: string }>) => ({
    value: value as string,
    label,
    icon: <Icon className="size-3.5" />,
  });
  return {
    label: t('shell.theme'),
    value: useThemeChoice() as string,
    onChange: (value: string) => chooseTheme(value as ThemeChoice),
    options: [
      option('auto', t('shell.themeAuto'), Monitor),
      option('light', t('shell.themeLight'), Sun),
      option('dark', t('shell.themeDark'), Moon),
    ],
  };
}

function useLanguagePreference() {
  const { t } = useTranslation();
  return {
    label: t('shell.language'),
    value: useLanguage() as string,
    onChange: (value: string) => void chooseLanguage(value as Language),
    options: Object.entries(LANGUAGES).map(([value, { name, tag }]) => ({ value, label: name, lang: tag })),
  };
}
