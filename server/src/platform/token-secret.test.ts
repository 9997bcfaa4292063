import { expect, test } from 'vitest';
import { hashSecret, newSecret, newTokenId, secretMatches } from './token-secret.js';

test('a secret holds 32 random bytes', () => {
  const secrets = new Set(Array.from({ length: 100 }, newSecret));
  expect(secrets.size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
});

test('a secret fits its own hash and no other', () => {
  const secret = newSecret();
  expect(secretMatches(secret, hashSecret(secret))).toBe(true);
  expect(secretMatches(newSecret(), hashSecret(secret))).toBe(false);
});

test.each([
  ['null', null],
  ['undefined', undefined],
  ['empty', Buffer.alloc(0)],
  ['of another length', Buffer.alloc(31)],
])('nothing fits a hash that is %s, not even the empty secret', (_what, hash) => {
  expect(secretMatches(newSecret(), hash)).toBe(false);
  expect(secretMatches('', hash)).toBe(false);
});

test('an id has the length that was asked for, of small letters and digits, all of them equally often', () => {
  const ids = Array.from({ length: 4_000 }, () => newTokenId(9));
  const counts = new Map<string, number>();
  for (const id of ids) {
    expect(id).toMatch(/^[a-z0-9]{9}$/);
    for (const letter of id) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(36);
  // 1,000 each on average, with a standard deviation of 31; modulo bias would add 14 % to the first letters.
  const firstFour = ['a', 'b', 'c', 'd'].reduce((sum, letter) => sum + (counts.get(letter) ?? 0), 0) / 4;
  expect(Math.abs(firstFour - 1_000)).toBeLessThan(100);
});
