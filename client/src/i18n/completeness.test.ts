import { describe, expect, it } from 'vitest';
import { en } from './en';
import { fa } from './fa';
import { LANGUAGES } from './languages';
import { ru } from './ru';
import { zh } from './zh';

type Texts = { [key: string]: string | Texts };

const PLURAL = /_(zero|one|two|few|many|other)$/;
const translations: Record<string, Texts> = { en, zh, ru, fa };
const english = flatten(en);

describe.each(Object.entries(translations))('the texts in %s', (language, texts) => {
  const flat = flatten(texts);

  it('[R9] have the same keys as the English ones', () => {
    expect(baseKeys(flat)).toEqual(baseKeys(english));
  });

  it('[R9] have each plural form that the language knows, and no other', () => {
    const forms = new Intl.PluralRules(LANGUAGES[language as keyof typeof LANGUAGES].tag).resolvedOptions()
      .pluralCategories;
    for (const key of baseKeys(english).filter((base) => `${base}_other` in english)) {
      const found = Object.keys(flat).filter((candidate) => candidate.replace(PLURAL, '') === key);
      expect(found.toSorted()).toEqual(forms.map((form) => `${key}_${form}`).toSorted());
    }
  });

  it('[R9] keep every placeholder', () => {
    for (const [key, text] of Object.entries(flat)) {
      const original = english[key] ?? english[key.replace(PLURAL, '_other')] ?? '';
      expect([key, ...placeholders(text)]).toEqual([key, ...placeholders(original)]);
    }
  });

  it('leave nothing empty', () => {
    const empty = Object.keys(flat).filter((key) => !flat[key]?.trim());
    expect(empty).toEqual([]);
  });
});

function flatten(texts: Texts, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

function baseKeys(flat: Record<string, string>): string[] {
  return [...new Set(Object.keys(flat).map((key) => key.replace(PLURAL, '')))].toSorted();
}

const placeholders = (text: string) => [...text.matchAll(/\{\{[^}]+\}\}/g)].map(([match]) => match).toSorted();
