import { expect, it } from 'vitest';
import { parseSize, splitSize } from './data-size';

const GIB = 1_024n ** 3n;

it.each([
  ['1073741824', GIB],
  ['10GB', 10n * GIB],
  ['10 GiB', 10n * GIB],
  ['10g', 10n * GIB],
  ['1.5 TB', 1_536n * GIB],
  ['0.1 GiB', 107_374_182n],
  ['500 mb', 500n * 1_024n ** 2n],
  ['1 byte', 1n],
  ['۱۰ GB', 10n * GIB],
  ['9223372036854775807', 2n ** 63n - 1n],
])('[R6.2] reads "%s" as bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

it.each([
  '',
  ' ',
  '0',
  '0GB',
  '-1',
  '1.5',
  '10 GBit',
  '1e9',
  'GB',
  '10 apples',
  '9223372036854775808',
  'NaN',
  '1,5 GB',
])('[R6.2] does not take "%s" for a size', (text) => {
  expect(parseSize(text)).toBeUndefined();
});

it.each([
  [String(10n * GIB), { amount: '10', unit: 'GiB' }],
  [String(1_536n * GIB), { amount: '1.5', unit: 'TiB' }],
  [String(5n * 1_024n ** 2n), { amount: '5', unit: 'MiB' }],
])('writes %s bytes into a form and reads them back', (bytes, parts) => {
  expect(splitSize(bytes)).toEqual(parts);
  expect(String(parseSize(parts.amount + parts.unit))).toBe(bytes);
});
