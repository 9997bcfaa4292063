import { describe, expect, it } from 'vitest';
import { createFormatter } from './format';

const en = createFormatter('en');
const fa = createFormatter('fa');
const SECOND = 1_000;
const HOUR = 3_600_000;

describe('rates', () => {
  it.each([
    [0, '0', 'b/s'],
    [100, '800', 'b/s'],
    [125_000, '1', 'Mb/s'],
    [70_000_000, '560', 'Mb/s'],
    [275_000_000, '2.2', 'Gb/s'],
    [250_000_000_000, '2.0', 'Tb/s'],
    [-5, '0', 'b/s'],
  ])('of %d bytes a second are told in bits', (bytes, value, unit) => {
    expect(en.bitRate(bytes)).toEqual({ value, unit });
  });

  it('use the digits of the language', () => {
    expect(fa.bitRate(275_000_000)).toEqual({ value: '۲٫۲', unit: 'Gb/s' });
  });
});

describe('amounts of data', () => {
  it.each([
    ['0', '0', 'B'],
    ['1023', '1,023', 'B'],
    ['1024', '1', 'KiB'],
    ['1048575', '1', 'MiB'],
    ['10737418240', '10', 'GiB'],
    ['10952166605', '10.2', 'GiB'],
    ['9223372036854775807', '8', 'EiB'],
  ])('of %s bytes are told in binary units', (bytes, value, unit) => {
    expect(en.bytes(bytes)).toEqual({ value, unit });
  });

  it('use the digits of the language', () => {
    expect(fa.bytes('1610612736')).toEqual({ value: '۱٫۵', unit: 'GiB' });
  });
});

describe('durations', () => {
  it.each([
    [0, '0 sec'],
    [59 * SECOND, '59 sec'],
    [192 * SECOND, '3 min 12 sec'],
    [2 * HOUR, '2 hr'],
    [49 * HOUR, '2 days 1 hr'],
  ])('of %d ms show the two largest units', (milliseconds, text) => {
    expect(en.duration(milliseconds)).toBe(text);
  });
});

describe('moments', () => {
  const now = Date.UTC(2026, 2, 21, 12);

  it('are told by their distance from now', () => {
    expect(en.relative(now - 5 * 60 * SECOND, now)).toBe('5 min. ago');
    expect(en.relative(now + 2 * 24 * HOUR, now)).toBe('in 2 days');
    expect(en.relative(now, now)).toContain('0 sec');
  });

  it('follow the Jalali calendar in Persian', () => {
    expect(fa.date(now)).toContain('۱۴۰۵');
  });
});

describe('countries', () => {
  it('have names in the language, and survive a code that is none', () => {
    expect(en.country('de')).toBe('Germany');
    expect(createFormatter('ru').country('DE')).toBe('Германия');
    expect(en.country('not a code')).toBe('not a code');
  });
});

describe('percentages', () => {
  it('are whole', () => {
    expect(en.percent(0.427)).toBe('43%');
    expect(fa.percent(0.43)).toBe('۴۳٪');
  });
});
