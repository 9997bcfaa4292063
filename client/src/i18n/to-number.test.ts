import { expect, it } from 'vitest';
import { toNumber } from './to-number';

it('reads numbers in Persian digits', () => {
  expect(toNumber('۸۴۴۳')).toBe(8443);
  expect(toNumber('۵۰٫۵')).toBe(50.5);
  expect(toNumber('')).toBeUndefined();
  expect(toNumber('12 apples')).toBeUndefined();
});
