import { createHash } from 'node:crypto';

/** JSON without white space whose object keys are sorted (RFC 8785): equal values are equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, unknown>)
    .filter(([, entry]) => entry !== undefined)
    // By UTF-16 code units, as the standard has it; a locale would sort differently on another machine.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`);
  return `{${entries.join(',')}}`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
