import { LOCALES, type Language } from './page.texts.js';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** "12.4 GiB", in the digits of the language. */
export function formatBytes(bytes: bigint, language: Language): string {
  let value = Number(bytes < 0n ? 0n : bytes);
  let step = 0;
  while (value >= 1_024 && step < UNITS.length - 1) {
    value /= 1_024;
    step += 1;
  }
  const digits = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: value < 100 && step > 1 ? 1 : 0 });
  return `${digits.format(value)} ${UNITS[step]}`;
}

/** The day in the calendar of the language; the panel does not know where the reader is, so it is that of UTC. */
export const formatDate = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(time);

/** "in 12 days"; in hours on the last day. */
export function formatDistance(time: Date, now: Date, language: Language): string {
  const distance = time.getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'always' });
  return Math.abs(distance) < DAY_MS
    ? relative.format(Math.trunc(distance / HOUR_MS), 'hour')
    : relative.format(Math.trunc(distance / DAY_MS), 'day');
}
