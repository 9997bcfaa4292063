import { latinDigits } from '../../../i18n/to-number';

const DAY_MS = 86_400_000;
const MOST_DAYS = 36_500;
const NEVER = new Set(['', '-', '0', 'never', 'none', 'null', 'unlimited']);

/**
 * A time as it is written in a file or a form: "30d", an ISO date, which lasts to its end, or an ISO time. Null is never,
 * undefined something else.
 */
export function parseExpiry(text: string, now: number): Date | null | undefined {
  const written = latinDigits(text.trim()).toLowerCase();
  if (NEVER.has(written)) return null;
  const days = /^(\d{1,5}) ?d(?:ays?)?$/.exec(written)?.[1];
  if (days !== undefined) return inDays(Number(days), now);
  return fromIso(written.toUpperCase());
}

export function inDays(days: number, now: number): Date | undefined {
  return days >= 1 && days <= MOST_DAYS ? new Date(now + days * DAY_MS) : undefined;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

function fromIso(text: string): Date | undefined {
  const [, year, month, day, time, zone = ''] = ISO.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  // Date takes the 30th of February for the 2nd of March.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > lastDay) return undefined;
  const date = new Date(`${year}-${month}-${day}T${time ?? '23:59:59'}${zone}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** For an input of type date, in the time zone of the reader. */
export function toDateInput(time: string | number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
