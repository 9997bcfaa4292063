import { Kind } from 'graphql';
import { expect, test } from 'vitest';
import { DateTime } from './scalars.js';

test.each([
  ['2026-01-31T23:59:59.123Z', '2026-01-31T23:59:59.123Z'],
  ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59.000Z'],
  ['2026-01-31T23:59Z', '2026-01-31T23:59:00.000Z'],
  ['2026-01-31T23:59:59.123456789Z', '2026-01-31T23:59:59.123Z'],
  ['2026-02-01T01:00:00+01:30', '2026-01-31T23:30:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
])('%s is read as %s', (text, iso) => {
  expect(DateTime.parseValue(text).toISOString()).toBe(iso);
  expect(DateTime.parseLiteral({ kind: Kind.STRING, value: text }, {}).toISOString()).toBe(iso);
});

test.each([
  ['a day', '2026-01-31'],
  ['without a zone', '2026-01-31T23:59:59'],
  ['a month that is none', '2026-13-01T00:00:00Z'],
  ['an hour that is none', '2026-01-01T25:00:00Z'],
  ['the year 0, which PostgreSQL does not know', '0000-06-01T00:00:00Z'],
  ['the year 0 by way of a zone', '0001-01-01T00:00:00+01:00'],
  ['the year 10000 by way of a zone', '9999-12-31T23:59:59-01:00'],
  ['a number', 1_769_900_399_000],
  ['nothing', null],
  ['words', 'hunter2'],
])('%s is refused, and not repeated', (_what, value) => {
  expect(() => DateTime.parseValue(value)).toThrow('must be a time such as 2026-01-31T23:59:59.000Z');
});

test('times leave in UTC with milliseconds', () => {
  expect(DateTime.serialize(new Date('2026-01-31T23:59:59+02:00'))).toBe('2026-01-31T21:59:59.000Z');
});
