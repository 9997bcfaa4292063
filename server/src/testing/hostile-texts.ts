/** Texts that people do not type but programs send. */
export const HOSTILE_TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['the character U+0000', 'a\0b'],
  ['half of a surrogate pair', 'a\ud800b'],
  ['a million characters', 'a'.repeat(1_000_000)],
];
