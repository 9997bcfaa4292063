import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { DEFAULT_LANGUAGE, type Language, LANGUAGES, isLanguage } from './languages';

const STORAGE_KEY = 'vpanel.language';

/** Only English is in the first load; it also stands in while another language arrives. */
const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<object>> = {
  zh: async () => {
    // The font's style sheet names hundreds of files; a browser fetches only those whose characters it shows.
    const [{ zh }] = await Promise.all([import('./zh'), import('@fontsource-variable/noto-sans-sc/wght.css')]);
    return zh;
  },
  ru: async () => (await import('./ru')).ru,
  fa: async () => (await import('./fa')).fa,
};

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: DEFAULT_LANGUAGE,
    fallbackLng: DEFAULT_LANGUAGE,
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await setLanguage(preferredLanguage());
}

export async function setLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await LOADERS[language]());
  }
  await i18next.changeLanguage(language);
  const { tag, direction } = LANGUAGES[language];
  document.documentElement.lang = tag;
  document.documentElement.dir = direction;
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Private windows may forbid storage; the choice then lasts as long as the page.
  }
  await setLanguage(language);
}

function preferredLanguage(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORAGE_KEY);
  } catch {
    // As above.
  }
  // A browser without a locale says `en-US@posix`, which Intl refuses; only the first two letters matter here.
  const wanted = (stored ?? navigator.language ?? '').slice(0, 2);
  return isLanguage(wanted) ? wanted : DEFAULT_LANGUAGE;
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : DEFAULT_LANGUAGE;
}

export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      i18next.on('languageChanged', listener);
      return () => i18next.off('languageChanged', listener);
    },
    currentLanguage,
    currentLanguage,
  );
}

export { LANGUAGES, type Language } from './languages';
export { useFormat } from './use-format';
export { useTranslation } from 'react-i18next';

/** For places that are not components, such as the labels in a plugin. */
export const translate = i18next.t;

/** Some systems report `en-US@posix`. Intl throws at such a tag, and libraries hand it on unread. */
export function repairLanguageTag(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { configurable: true, value: 'en-US' });
  }
}
