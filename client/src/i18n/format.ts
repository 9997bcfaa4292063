/** Every number, rate and time on the screen is written by this file, in the digits and the calendar of the language. */
export interface Formatter {
  number(value: number): string;
  decimal(value: number): string;
  /** A ratio from 0 to 1. */
  percent(ratio: number): string;
  /** Bytes per second, as the API has them, written as bits per second, as networks are sold. */
  bitRate(bytesPerSecond: number): Quantity;
  /** Bytes in binary units. */
  bytes(value: string | number): Quantity;
  milliseconds(value: number): Quantity;
  /** The two largest units: "3 min 12 s". */
  duration(milliseconds: number): string;
  /** "5 minutes ago", "in 2 days". */
  relative(time: string | number, now: number): string;
  dateTime(time: string | number): string;
  date(time: string | number): string;
  clock(time: string | number): string;
  /** For the axes of charts. */
  hourMinute(time: number): string;
  dayMonth(time: number): string;
  country(code: string): string;
}

/** Number and unit apart, so that a unit can be smaller and keep its own direction. */
export interface Quantity {
  value: string;
  unit: string;
}

const LOCALES: Record<string, string> = { en: 'en-GB', zh: 'zh-CN', ru: 'ru-RU', fa: 'fa-IR' };
const BIT_UNITS = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'];
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DURATION_UNITS = [
  { unit: 'day', milliseconds: DAY },
  { unit: 'hour', milliseconds: HOUR },
  { unit: 'minute', milliseconds: MINUTE },
  { unit: 'second', milliseconds: SECOND },
] as const;

export function createFormatter(language: string): Formatter {
  const locale = LOCALES[language] ?? 'en-GB';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const upToTenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const hourMinute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const countries = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  const units = new Map(
    DURATION_UNITS.map(({ unit }) => [
      unit,
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }),
    ]),
  );

  const shortest = (value: number) => (value < 10 && value % 1 ? tenths : whole).format(value);

  return {
    number: (value) => whole.format(value),
    decimal: (value) => tenths.format(value),
    percent: (ratio) => percent.format(ratio),
    bitRate(bytesPerSecond) {
      let value = Math.max(0, bytesPerSecond) * 8;
      let step = 0;
      while (value >= 1_000 && step < BIT_UNITS.length - 1) {
        value /= 1_000;
        step += 1;
      }
      const giant = step >= 3;
      return { value: giant ? tenths.format(value) : whole.format(value), unit: BIT_UNITS[step] ?? 'b/s' };
    },
    bytes(bytes) {
      let value = Math.max(0, Number(bytes));
      let step = 0;
      // 1,023.96 would be written as 1,024.
      while (value >= 1_023.95 && step < BYTE_UNITS.length - 1) {
        value /= 1_024;
        step += 1;
      }
      return { value: (value < 100 ? upToTenths : whole).format(value), unit: BYTE_UNITS[step] ?? 'B' };
    },
    milliseconds: (value) => ({ value: shortest(value), unit: 'ms' }),
    duration(milliseconds) {
      const first = DURATION_UNITS.findIndex((unit) => milliseconds >= unit.milliseconds);
      if (first === -1) return units.get('second')!.format(0);
      let rest = milliseconds;
      const parts: string[] = [];
      for (const { unit, milliseconds: size } of DURATION_UNITS.slice(first, first + 2)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0) parts.push(units.get(unit)!.format(count));
      }
      return parts.join(' ');
    },
    relative(time, now) {
      const difference = toTime(time) - now;
      const distance = Math.abs(difference);
      const { unit, milliseconds } =
        DURATION_UNITS.find((candidate) => distance >= candidate.milliseconds) ?? DURATION_UNITS[3];
      return relative.format(Math.trunc(difference / milliseconds), unit);
    },
    dateTime: (time) => dateTime.format(toTime(time)),
    date: (time) => date.format(toTime(time)),
    clock: (time) => clock.format(toTime(time)),
    hourMinute: (time) => hourMinute.format(time),
    dayMonth: (time) => dayMonth.format(time),
    country(code) {
      try {
        return countries.of(code.toUpperCase()) ?? code;
      } catch {
        return code; // not the form of a country code
      }
    },
  };
}

function toTime(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time);
}

const created = new Map<string, Formatter>();

/** Intl objects are dear to make, so there is one formatter for each language. */
export function formatterFor(language: string): Formatter {
  let formatter = created.get(language);
  if (!formatter) created.set(language, (formatter = createFormatter(language)));
  return formatter;
}
