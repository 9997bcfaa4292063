import { badInput } from '../errors.js';

/** Nobody types more, and PostgreSQL takes minutes to look for a million characters. */
const LONGEST_SEARCH = 256;

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A pattern for ILIKE that matches whatever contains the text; undefined when there is none. */
export function searchPattern(search: string | null | undefined, path: string): string | undefined {
  const text = search?.trim();
  if (!text) return undefined;
  if (text.length > LONGEST_SEARCH) throw badInput([{ path, message: `must be at most ${LONGEST_SEARCH} characters` }]);
  return `%${escapeLike(text)}%`;
}
