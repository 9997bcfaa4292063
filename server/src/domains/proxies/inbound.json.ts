/** JSON as it comes from outside: what it may hold so that it can be stored, walked and shown. */

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const MOST_BYTES = 65_536;
export const MOST_LEVELS = 16;

/** An object with a length is taken for a text or a list by zod 4.6, whose check of the length then throws. */
const UNSAFE_KEYS = new Set(['length']);

type Path = readonly PropertyKey[];
type Report = (path: Path, message: string) => void;

/**
 * Whether the value can be looked into at all: not too deep for recursion, and nothing but JSON. Texts that PostgreSQL's
 * jsonb cannot hold (U+0000, half a surrogate pair) and keys that JavaScript takes for something else are reported too, but
 * do not keep anybody from reading on.
 */
export function checkJson(value: unknown, report: Report): boolean {
  const tooDeep = `must not be nested more than ${MOST_LEVELS} levels deep`;
  const tooLarge = `must be at most ${MOST_BYTES / 1_024} KiB of JSON; a certificate can also be a file on the nodes`;
  let isReadable = true;
  let left = MOST_BYTES;
  const refuse: Report = (path, message) => {
    isReadable = false;
    report(path, message);
  };
  const visit = (current: unknown, path: Path): void => {
    left -= typeof current === 'string' ? current.length + 2 : 1; // never more than what its JSON has
    if (left < 0) return;
    if (typeof current === 'string') return checkText(current, path, report);
    if (typeof current === 'boolean' || current === null || Number.isFinite(current)) return;
    if (typeof current !== 'object') return refuse(path, 'must be JSON');
    if (path.length >= MOST_LEVELS) return refuse(path, tooDeep);
    for (const [key, child] of Array.isArray(current) ? current.entries() : Object.entries(current)) {
      if (left < 0) return;
      if (typeof key === 'string') checkKey(key, path, UNSAFE_KEYS.has(key) ? refuse : report);
      visit(child, [...path, key]);
    }
  };
  visit(value, []);
  if (left < 0 || (isReadable && Buffer.byteLength(JSON.stringify(value)) > MOST_BYTES)) refuse([], tooLarge);
  return isReadable;
}

function checkText(text: string, path: Path, report: Report): void {
  if (text.includes('\0')) report(path, 'must not contain the character U+0000');
  else if (/\p{Surrogate}/u.test(text)) report(path, 'must be valid Unicode: it holds half of a surrogate pair');
}

function checkKey(key: string, path: Path, report: Report): void {
  if (key === '__proto__' || UNSAFE_KEYS.has(key)) report([...path, key], 'cannot be used as a key; remove it');
  else checkText(key, [...path, key], report);
}
