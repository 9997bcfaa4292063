import { expect, it } from 'vitest';
import { parseExpiry, toDateInput } from './expiry';

const NOW = Date.parse('2026-03-01T12:00:00Z');

it.each([
  ['30d', '2026-03-31T12:00:00.000Z'],
  ['1 day', '2026-03-02T12:00:00.000Z'],
  ['۳۰d', '2026-03-31T12:00:00.000Z'],
  ['2026-12-31T23:00:00Z', '2026-12-31T23:00:00.000Z'],
  ['2026-12-31 23:00+03:30', '2026-12-31T19:30:00.000Z'],
  ['2026-12-31t10:00:00.5z', '2026-12-31T10:00:00.500Z'],
])('[R6.2] reads "%s" as a time', (text, at) => {
  expect(parseExpiry(text, NOW)?.toISOString()).toBe(at);
});

it('[R6.2] lets a date last to its end', () => {
  const end = parseExpiry('2026-12-31', NOW)!;
  expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([31, 23, 59]);
  expect(toDateInput(end.getTime())).toBe('2026-12-31');
});

it.each(['', 'never', 'Unlimited', '0', ' - '])('[R6.2] reads "%s" as never', (text) => {
  expect(parseExpiry(text, NOW)).toBeNull();
});

it.each([
  'soon',
  '0d',
  '99999d',
  '-3d',
  '2026-02-30',
  '2026-13-01',
  '2026-1-1',
  '31.12.2026',
  '2026-12-31T25:00',
  '1e3d',
])('[R6.2] does not take "%s" for a time', (text) => {
  expect(parseExpiry(text, NOW)).toBeUndefined();
});
