import { Monitor, Moon, Sun } from 'lucide-react';
import { chooseLanguage, type Language, LANGUAGES, useLanguage, useTranslation } from '../i18n';
import { MenuChoice } from './menu';
import { chooseTheme, type ThemeChoice, useThemeChoice } from './theme';

export function ThemeChoices() {
  const { t } = useTranslation();
  return (
    <MenuChoice
      label={t('shell.theme')}
      value={useThemeChoice()}
      onChange={(value) => chooseTheme(value as ThemeChoice)}
      options={[
        { value: 'auto', label: t('shell.themeAuto'), icon: <Monitor aria-hidden /> },
        { value: 'light', label: t('shell.themeLight'), icon: <Sun aria-hidden /> },
        { value: 'dark', label: t('shell.themeDark'), icon: <Moon aria-hidden /> },
      ]}
    />
  );
}

export function LanguageChoices() {
  const { t } = useTranslation();
  return (
    <MenuChoice
      label={t('shell.language')}
      value={useLanguage()}
      onChange={(value) => void chooseLanguage(value as Language)}
      options={Object.entries(LANGUAGES).map(([value, { name, tag }]) => ({ value, label: name, lang: tag }))}
    />
  );
}
