export const LANGUAGES = {
  en: { name: 'English', tag: 'en', direction: 'ltr' },
  zh: { name: '简体中文', tag: 'zh-CN', direction: 'ltr' },
  ru: { name: 'Русский', tag: 'ru', direction: 'ltr' },
  fa: { name: 'فارسی', tag: 'fa', direction: 'rtl' },
} as const;

export type Language = keyof typeof LANGUAGES;
export const DEFAULT_LANGUAGE: Language = 'en';
export const isLanguage = (value: string): value is Language => Object.hasOwn(LANGUAGES, value);
