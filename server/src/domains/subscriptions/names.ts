const LONGEST = 64;

/**
 * Names that the profiles use themselves, or that Clash and Mihomo reserve: a proxy of the same name would take their
 * place. Compared without case, because some apps do.
 */
const RESERVED = [
  'proxy',
  'auto',
  'failover',
  'direct',
  'reject',
  'reject-drop',
  'pass',
  'compatible',
  'global',
  'default',
];

/** What people have typed, without the characters that only computers see (controls, bidirectional marks, halves). */
export const cleanText = (text: string): string => text.replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim();

/**
 * A name that every format can carry: commas and quotes end a name in the rules of Clash, and control or bidirectional
 * characters let one server look like another (Unicode TR 36, 2.6).
 */
export function cleanName(name: string): string {
  const plain = cleanText(name.normalize('NFC').replace(/[,"'`]+/g, ' ')).replace(/ {2,}/g, ' ');
  return Array.from(plain).slice(0, LONGEST).join('').trim() || 'server';
}

/** The second "main" becomes "main 2": apps tell servers apart by name only, and remember the chosen one by it. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(RESERVED);
  const counts = new Map<string, number>();
  return names.map((name) => {
    const key = name.toLowerCase();
    let count = counts.get(key) ?? 1;
    let unique = name;
    while (taken.has(unique.toLowerCase())) unique = `${name} ${(count += 1)}`;
    counts.set(key, count);
    taken.add(unique.toLowerCase());
    return unique;
  });
}
