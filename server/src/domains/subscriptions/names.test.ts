import { describe, expect, it } from 'vitest';
import { cleanName, cleanText, uniqueNames } from './names.js';

describe('names of servers', () => {
  it.each([
    ['de-fra-1 · main', 'de-fra-1 · main'],
    ['a,b"c\'d`e', 'a b c d e'],
    ['  two\n\tlines\u2028three ', 'two lines three'],
    ['safe\u202Egnp.exe\u2066', 'safegnp.exe'],
    ['bell\u0007 nul\u0000', 'bell nul'],
    ['half \uD83D pair', 'half pair'],
    ['🇩🇪 Франкфурт 香港 تهران', '🇩🇪 Франкфурт 香港 تهران'],
    ['"",', 'server'],
    ['', 'server'],
    ['x'.repeat(200), 'x'.repeat(64)],
  ])('[R4.2] %j is written as %j', (name, written) => {
    expect(cleanName(name)).toBe(written);
    expect(cleanName(written)).toBe(written);
  });

  it('[R4.2] equal names and those that a profile uses itself are counted on, without case', () => {
    expect(uniqueNames(['main', 'Main', 'main', 'main 2', 'PROXY', 'direct', 'other'])).toEqual([
      'main',
      'Main 2',
      'main 3',
      'main 2 2',
      'PROXY 2',
      'direct 2',
      'other',
    ]);
  });

  it('[R4.2] ten thousand equal names take no quadratic time', () => {
    const started = performance.now();
    expect(new Set(uniqueNames(Array.from({ length: 10_000 }, () => 'main'))).size).toBe(10_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('[R4.2] other texts keep their commas and quotes', () => {
    expect(cleanText(' "Fast, cheap"\r\nset-cookie: x ')).toBe('"Fast, cheap" set-cookie: x');
  });
});
