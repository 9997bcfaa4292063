import { expect, test } from 'vitest';
import { SourceGates, sourceOf } from './source-gates.js';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::', 'fe80:0:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
])('%s counts as %s', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});

test('each source has its own allowance, and all addresses of an IPv6 network share one', () => {
  const gates = new SourceGates(1, 2);
  expect([gates.admit('2001:db8::1', 0), gates.admit('2001:db8::2', 0), gates.admit('2001:db8::3', 0)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(gates.admit('2001:db8:0:1::1', 0)).toBe(true);
  expect(gates.admit('2001:db8::4', 1_000)).toBe(true);
});
