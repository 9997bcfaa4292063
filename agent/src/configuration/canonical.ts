import { hash } from 'node:crypto';

/** JSON without white space whose object keys are sorted by their UTF-16 code units (RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((element) => canonical(element)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

export function sha256(text: string | Buffer): string {
  return hash('sha256', text, 'hex');
}
