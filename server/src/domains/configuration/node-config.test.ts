import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Inbound } from '../proxies/index.js';
import { userDigest } from '../users/credentials.js';
import { backoffMs } from './backoff.js';
import { canonical } from './canonical.js';
import { nextStep, type NodeAt } from './decision.js';
import { buildNodeConfig, nameConfig, type ServedProxy, type UserSetDigest } from './node-config.js';

const shadowsocks = (port: number): Inbound => ({
  protocol: 'shadowsocks',
  listen: '0.0.0.0',
  port,
  settings: { method: '2022-blake3-aes-128-gcm', password: 'AAAAAAAAAAAAAAAAAAAAAA==', network: 'tcp,udp' },
});
const PROXIES: ServedProxy[] = [
  { id: 'b', inbound: shadowsocks(2) },
  { id: 'a', inbound: shadowsocks(1) },
];
const NOBODY: UserSetDigest = { count: 0, a: 0n, b: 0n };
const SETTINGS = { allowPrivateTargets: false };

const digestOf = (users: { id: string; uuid: string; password: string }[]): UserSetDigest =>
  users.reduce<UserSetDigest>(
    (sum, user) => {
      const [a, b] = userDigest(user.id, user);
      return { count: sum.count + 1, a: sum.a + a, b: sum.b + b };
    },
    { count: 0, a: 0n, b: 0n },
  );

const someUsers = (count: number) =>
  Array.from({ length: count }, (_none, index) => ({ id: `u${index}`, uuid: `uuid-${index}`, password: `p${index}` }));

test('canonical JSON sorts keys by code units at every depth and leaves arrays as they are', () => {
  expect(canonical({ b: [2, { z: 1, y: null }], a: 'ü"', Z: true, 10: 1, 9: 0.5 })).toBe(
    '{"10":1,"9":0.5,"Z":true,"a":"ü\\"","b":[2,{"y":null,"z":1}]}',
  );
  expect(canonical({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
});

test('[R7.4] the document in the protocol has the revision that stands there, as the agent finds it', () => {
  const page = readFileSync(new URL('../../../../docs/agent-protocol.md', import.meta.url), 'utf8');
  const document = JSON.parse(/### Revisions[\s\S]*?```json\n([\s\S]*?)```/.exec(page)![1]!) as {
    base: unknown;
    inbounds: { tag: string }[];
    users: Parameters<typeof digestOf>[0];
  };
  const { revision } = nameConfig(document.base, document.inbounds, digestOf(document.users));
  expect(revision).toBe(/has the revision\s+`([0-9a-f]{32})`/.exec(page)![1]);
});

test('[R7.4] the same proxies and users make the same revision in whatever order they come', () => {
  const users = someUsers(50);
  const one = buildNodeConfig(PROXIES, digestOf(users), SETTINGS);
  const other = buildNodeConfig(PROXIES.toReversed(), digestOf(users.toReversed()), SETTINGS);
  expect(other).toEqual(one);
  expect(one.revision).toMatch(/^[0-9a-f]{32}$/);
  expect(one.inbounds.map(({ tag }) => tag)).toEqual(['a', 'b']);
});

test('[R7.4] users change the revision and not the structure; proxies and settings change both', () => {
  const one = buildNodeConfig(PROXIES, NOBODY, SETTINGS);
  const withUser = buildNodeConfig(PROXIES, digestOf(someUsers(1)), SETTINGS);
  expect(withUser.revision).not.toBe(one.revision);
  expect(withUser.structure).toBe(one.structure);
  const others = [
    buildNodeConfig(PROXIES.slice(1), NOBODY, SETTINGS),
    buildNodeConfig([{ id: 'a', inbound: shadowsocks(3) }, PROXIES[0]!], NOBODY, SETTINGS),
    buildNodeConfig(PROXIES, NOBODY, { allowPrivateTargets: true }),
  ];
  for (const { revision, structure } of others) {
    expect(revision).not.toBe(one.revision);
    expect(structure).not.toBe(one.structure);
  }
});

test('[R7.4] another password, or one user for another, is another revision', () => {
  const [first, ...rest] = someUsers(3);
  const revision = (users: Parameters<typeof digestOf>[0]) => buildNodeConfig([], digestOf(users), SETTINGS).revision;
  const all = revision([first!, ...rest]);
  expect(revision([{ ...first!, password: 'other' }, ...rest])).not.toBe(all);
  expect(revision(rest)).not.toBe(all);
  // Two of one are not none of it, as they would be to a sum without carry.
  expect(revision([first!, first!, ...rest])).not.toBe(revision(rest));
});

test('private targets stay closed unless an administrator has opened them', () => {
  const outbound = (allowPrivateTargets: boolean) =>
    (buildNodeConfig([], NOBODY, { allowPrivateTargets }).base['outbounds'] as { settings: unknown }[])[0]!.settings;
  expect(outbound(false)).toEqual({});
  expect(outbound(true)).toEqual({ finalRules: [{ action: 'allow' }] });
});

const DESIRED = { config: { revision: 'new', structure: 's', base: {}, inbounds: [] }, groupIds: [], structure: 's:' };
const AT: NodeAt = { appliedRevision: 'old', appliedVersion: '5', appliedStructure: 's:', forceWhole: false };

test.each<[what: string, at: Partial<NodeAt>, step: string]>([
  ['runs it already', { appliedRevision: 'new' }, 'SETTLED'],
  ['runs it already, whatever else is unknown', { appliedRevision: 'new', appliedVersion: null }, 'SETTLED'],
  ['is to get it anyway', { appliedRevision: 'new', forceWhole: true }, 'WHOLE'],
  ['differs in its users', {}, 'USERS'],
  ['has got nothing yet', { appliedRevision: null, appliedVersion: null, appliedStructure: null }, 'WHOLE'],
  ['has drifted', { appliedVersion: null }, 'WHOLE'],
  ['differs in more than users', { appliedStructure: 'other:' }, 'WHOLE'],
])('[R7.5] a node that %s', (_what, at, step) => {
  expect(nextStep({ ...AT, ...at }, DESIRED)).toBe(step);
});

test('[R7.3] the wait for the next attempt grows from a second to five minutes, spread by chance', () => {
  expect(backoffMs(1, 0)).toBe(1_000);
  expect(backoffMs(1, 1)).toBe(2_000);
  expect([2, 3, 4, 5].map((failures) => backoffMs(failures, 1))).toEqual([4_000, 8_000, 16_000, 32_000]);
  expect(backoffMs(12, 1)).toBe(300_000);
  expect(backoffMs(1_000_000, 1)).toBe(300_000);
  expect(backoffMs(12, 0.5)).toBe(150_500);
});
