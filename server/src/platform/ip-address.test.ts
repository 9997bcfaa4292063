import { expect, test } from 'vitest';
import { isBlock, isInBlocks, normaliseAddress } from './ip-address.js';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:0207', '192.0.2.7'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['', ''],
  ['not an address', 'not an address'],
])('%s is written as %s', (address, written) => {
  expect(normaliseAddress(address)).toBe(written);
});

test.each<[address: string, blocks: string[], inside: boolean]>([
  ['192.0.2.7', [], true],
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.8', ['192.0.2.7'], false],
  ['192.0.2.255', ['192.0.2.0/24'], true],
  ['192.0.3.0', ['192.0.2.0/24'], false],
  ['192.0.3.0', ['192.0.2.0/23'], true],
  ['203.0.113.9', ['192.0.2.0/24', '203.0.113.0/24'], true],
  ['8.8.8.8', ['0.0.0.0/0'], true],
  ['::ffff:192.0.2.7', ['192.0.2.0/24'], true],
  ['::ffff:192.0.3.7', ['192.0.2.0/24'], false],
  ['192.0.2.7', ['::ffff:192.0.2.7'], true],
  ['192.0.2.7', ['::ffff:192.0.2.0/120'], true],
  ['192.0.3.7', ['::ffff:192.0.2.0/120'], false],
  ['2001:db8::7', ['2001:db8::/32'], true],
  ['2001:db9::7', ['2001:db8::/32'], false],
  ['2001:db8::7', ['2001:db8::7'], true],
  ['2001:db8::8', ['2001:db8::7'], false],
  ['2001:db8::7', ['0.0.0.0/0'], false],
  ['192.0.2.7', ['::/0'], false],
  ['nonsense', ['0.0.0.0/0'], false],
  ['', ['0.0.0.0/0', '::/0'], false],
])('[R10.5] %s in %j: %s', (address, blocks, inside) => {
  expect(isInBlocks(address, blocks)).toBe(inside);
});

test.each(['192.0.2.7', '192.0.2.0/24', '0.0.0.0/0', '::1', '2001:db8::/32', '::ffff:192.0.2.0/120'])(
  '[R10.5] %s is a block',
  (text) => {
    expect(isBlock(text)).toBe(true);
  },
);

test.each([
  '',
  '/',
  '/8',
  '10/8',
  '192.0.2/24',
  '010.0.0.0/8',
  '0x7f.0.0.0/8',
  '192.0.2.0/33',
  '192.0.2.0/',
  '::/129',
  '192.0.2.0/24/24',
  '192.0.2.0/-1',
  'example.com',
  '*',
])('[R10.5] "%s" is no block', (text) => {
  expect(isBlock(text)).toBe(false);
});
