import 'reflect-metadata';
import { describe, expect, test } from 'vitest';
import type { FieldProblem } from '../../platform/errors.js';
import { isAddress, validateNode } from './node.validation.js';

const GOOD = { name: 'tokyo-1', address: '192.0.2.7' };

function problemsOf(input: Record<string, unknown>): FieldProblem[] {
  try {
    validateNode({ ...GOOD, ...input });
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    return (error as { fields: FieldProblem[] }).fields;
  }
  return [];
}

const pathsOf = (input: Record<string, unknown>): string[] => problemsOf(input).map(({ path }) => path);

describe('[R1.3] an address', () => {
  test.each([
    '192.0.2.7',
    '0.0.0.0',
    '::1',
    '2001:db8::7',
    '2001:DB8:0:0:0:0:0:7',
    '::ffff:192.0.2.7',
    'localhost',
    'node-1.example.com',
    'NODE.Example.COM',
    'example.com.',
    'xn--80ak6aa92e.com',
    '1.example',
    `${'a'.repeat(63)}.com`,
  ])('%s is one', (address) => {
    expect(isAddress(address)).toBe(true);
    expect(pathsOf({ address })).toEqual([]);
  });

  test.each([
    ['a URL', 'https://node.example.com'],
    ['a URL with a path', 'https://node.example.com/x'],
    ['with a port', 'node.example.com:8443'],
    ['with a path', 'node.example.com/x'],
    ['with a user', 'root@node.example.com'],
    ['an IPv6 address in brackets', '[2001:db8::7]'],
    ['an IPv4 address with a port', '192.0.2.7:8443'],
    ['a block', '192.0.2.0/24'],
    ['four numbers that are no address', '192.0.2.256'],
    ['three numbers', '192.0.2'],
    ['one number', '3221225991'],
    ['five numbers', '192.0.2.7.1'],
    ['empty', ''],
    ['a space', ' '],
    ['with a space before it', ' node.example.com'],
    ['a dot', '.'],
    ['two dots', 'node..example.com'],
    ['an underscore', 'node_1.example.com'],
    ['a hyphen at the beginning', '-node.example.com'],
    ['a hyphen at the end of a label', 'node-.example.com'],
    ['a label that is too long', `${'a'.repeat(64)}.com`],
    ['a name that is too long', `${'a.'.repeat(127)}com`],
    ['not in ASCII', 'узел.example'],
    ['a shell command', 'x;reboot'],
    ['a line break', 'node.example.com\n'],
    ['a NUL', 'node\0.example.com'],
  ])('%s is refused, naming the field', (_what, address) => {
    expect(problemsOf({ address })).toEqual([
      { path: 'address', message: 'must be an IPv4 address, an IPv6 address or a domain name' },
    ]);
  });
});

test.each<[what: string, input: Record<string, unknown>, paths: string[]]>([
  ['a name of one letter', { name: 'a' }, []],
  ['a name of 64 letters', { name: 'a'.repeat(64) }, []],
  ['a name in other scripts', { name: '東京 узел 7' }, []],
  ['no name', { name: '' }, ['name']],
  ['a name of 65 letters', { name: 'a'.repeat(65) }, ['name']],
  ['a name that ends with a space', { name: 'tokyo ' }, ['name']],
  ['a name with a line break', { name: 'to\nkyo' }, ['name']],
  ['a name with markup', { name: '<b>x</b>' }, ['name']],
  ['port 1', { agentPort: 1 }, []],
  ['port 65535', { agentPort: 65_535 }, []],
  ['port 0', { agentPort: 0 }, ['agentPort']],
  ['port 65536', { agentPort: 65_536 }, ['agentPort']],
  ['no weight', { weight: 0 }, ['weight']],
  ['too much weight', { weight: 1_001 }, ['weight']],
  ['unlimited capacity', { capacity: null }, []],
  ['no capacity', { capacity: 0 }, ['capacity']],
  ['too much capacity', { capacity: 1_000_001 }, ['capacity']],
  [
    'tags',
    {
      tags: [
        { key: 'region', value: 'eu' },
        { key: 'isp', value: 'a b/c' },
      ],
    },
    [],
  ],
  [
    'a tag twice',
    {
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    },
    ['tags.1.key'],
  ],
  ['a tag with a space', { tags: [{ key: 'a b', value: '1' }] }, ['tags.0.key']],
  ['a tag without a value', { tags: [{ key: 'a', value: '' }] }, ['tags.0.value']],
  [
    'a tag that is too long',
    { tags: [{ key: 'a'.repeat(65), value: 'b'.repeat(129) }] },
    ['tags.0.key', 'tags.0.value'],
  ],
  ['too many tags', { tags: Array.from({ length: 33 }, (_, index) => ({ key: `k${index}`, value: 'v' })) }, ['tags']],
  ['a place', { location: { latitude: -90, longitude: 180, city: null, countryCode: 'DE' } }, []],
  [
    'a place off the earth',
    { location: { latitude: 90.1, longitude: -180.1 } },
    ['location.latitude', 'location.longitude'],
  ],
  ['a place that is no number', { location: { latitude: Number.NaN, longitude: 0 } }, ['location.latitude']],
  ['a country in words', { location: { latitude: 0, longitude: 0, countryCode: 'Germany' } }, ['location.countryCode']],
  ['a city that is too long', { location: { latitude: 0, longitude: 0, city: 'x'.repeat(101) } }, ['location.city']],
  ['[R10.5] blocks', { ipAllowlist: ['192.0.2.0/24', '2001:db8::/32', '192.0.2.7', '::1'] }, []],
  [
    '[R10.5] blocks that are none',
    { ipAllowlist: ['192.0.2.0/24', '192.0.2.0/33', 'example.com', ''] },
    ['ipAllowlist.1', 'ipAllowlist.2', 'ipAllowlist.3'],
  ],
  ['[R10.5] too many blocks', { ipAllowlist: Array.from({ length: 65 }, () => '192.0.2.7') }, ['ipAllowlist']],
])('%s', (_what, input, paths) => {
  expect(pathsOf(input)).toEqual(paths);
});

test('every wrong field is named at once', () => {
  expect(pathsOf({ name: '', address: 'x y', agentPort: 0, weight: 0, ipAllowlist: ['x'] })).toEqual([
    'name',
    'address',
    'agentPort',
    'weight',
    'ipAllowlist.0',
  ]);
});
