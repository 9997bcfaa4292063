import { expect, test } from 'vitest';
import { isBlock, isInBlocks, isPublicAddress, normaliseAddress } from './ip-address.js';

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

test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
  '[R2.7] %s is a public address',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '168.63.129.16',
  '100.64.0.1',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001::1',
  'fe80::1',
  'fec0::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '2130706433',
  '0x7f000001',
  '127.1',
  'localhost',
  '',
])('[R2.7] %s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
