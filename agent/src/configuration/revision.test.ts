import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BASE, user, users, vless } from '../support/node-documents.js';
import { canonical, sha256 } from './canonical.js';
import { NodeConfig } from './node-config.js';
import { Users, differenceOf } from './users.js';

const page = readFileSync(new URL('../../../docs/agent-protocol.md', import.meta.url), 'utf8');

test('[R3.4] the revision of the document in the protocol is the one that stands there', () => {
  const [, json] = /### Revisions[\s\S]*?```json\n([\s\S]*?)```/.exec(page)!;
  const [, revision] = /has the revision\s+`([0-9a-f]{32})`/.exec(page)!;
  expect(NodeConfig.from(JSON.parse(json!)).revision).toBe(revision);
});

test('canonical JSON has sorted keys, no white space, and otherwise what JSON has', () => {
  const value = { b: [1, 'é\n', null, true], a: { '€': 1.5, Z: {}, a: [] }, '1': 1e21 };
  expect(canonical(value)).toBe('{"1":1e+21,"a":{"Z":{},"a":[],"€":1.5},"b":[1,"é\\n",null,true]}');
});

test('[R3.4] a revision does not depend on the order of users, inbounds or keys, and on everything else it does', () => {
  const document = { base: BASE, inbounds: [vless('v', 1), vless('w', 2)], users: users(20) };
  const { revision } = NodeConfig.from(document);
  const [v, w] = document.inbounds;
  const shuffled = { users: users(20).toReversed(), inbounds: [w, { port: 1, ...v }], base: BASE };
  expect(NodeConfig.from(shuffled).revision).toBe(revision);
  const others = [
    { ...document, base: { ...BASE, dns: {} } },
    { ...document, inbounds: [v, { ...w, port: 3 }] },
    { ...document, users: users(19) },
    { ...document, users: [...users(19), user('u19', 2)] },
    { ...document, users: [...users(19), { ...user('u19'), id: 'other' }] },
  ];
  const revisions = others.map((other) => NodeConfig.from(other).revision);
  expect(new Set([revision, ...revisions]).size).toBe(6);
});

test('[R3.4] users that were added and removed one by one have the name of the whole', () => {
  const random = generator(7);
  let config = NodeConfig.from({ base: BASE, inbounds: [], users: [] });
  const model = new Map<string, ReturnType<typeof user>>();
  for (let step = 0; step < 500; step += 1) {
    const add = picks(random, 4).map((id) => user(id, Math.floor(random() * 3)));
    const remove = picks(random, 3).filter((id) => !add.some((added) => added.id === id));
    config = config.withUsers(add, remove);
    for (const id of remove) model.delete(id);
    for (const added of add) model.set(added.id, added);
    const whole = Users.of([...model.values()]);
    expect(config.users.name).toBe(whole.name);
    expect(config.users.list).toEqual(whole.list);
  }
});

test('differences lead from one list of users to the other', () => {
  const random = generator(11);
  for (let round = 0; round < 200; round += 1) {
    const [before, after] = [0, 1].map(() => Users.of(picks(random, 12).map((id) => user(id, random() < 0.3 ? 1 : 0))));
    const { added, removed, changed } = differenceOf(before!, after!);
    const remove = removed.map(({ id }) => id);
    const reached = before!.changed([...added, ...changed.map(([, to]) => to)], remove);
    expect(reached.list).toEqual(after!.list);
    const untouched = before!.list.filter(({ id }) => after!.list.some((other) => other.id === id)).length;
    expect(added.length + untouched).toBe(after!.list.length);
    for (const [from, to] of changed) expect(from.uuid).not.toBe(to.uuid);
  }
});

test('sums of digests wrap at 64 bits', () => {
  const digests = users(3).map(({ id, uuid, password }) => sha256(`${id}\n${uuid}\n${password}`));
  const sum = (from: number) =>
    (digests.reduce((total, hex) => total + BigInt(`0x${hex.slice(from, from + 16)}`), 0n) % 2n ** 64n)
      .toString(16)
      .padStart(16, '0');
  expect(Users.of(users(3)).name).toBe(`3-${sum(0)}${sum(16)}`);
});

/** Park-Miller: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function picks(random: () => number, upTo: number): string[] {
  const count = Math.floor(random() * (upTo + 1));
  return [...new Set(Array.from({ length: count }, () => `u${Math.floor(random() * 20)}`))];
}
