import { clip } from './message.js';

const LONGEST = 500;
const MASK = '•••';
/** Shorter texts are parts of ordinary words. */
const SHORTEST_SECRET = 4;

/** Each secret in the shapes in which a receiver may repeat it. */
const shapesOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** A text that may be stored and shown: without secrets, at most 500 characters, nothing that cannot be stored. */
export function scrub(text: string, secrets: readonly string[]): string {
  const shapes = secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(shapesOf);
  let clean = text;
  for (const shape of shapes.toSorted((a, b) => b.length - a.length)) clean = clean.replaceAll(shape, MASK);
  return clip(storable(clean).trim(), LONGEST);
}

/** Without what PostgreSQL cannot store: U+0000, and halves of characters in JSON. */
export const storable = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
