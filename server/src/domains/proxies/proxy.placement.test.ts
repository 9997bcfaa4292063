import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { Plans } from '../../testing/plans.js';
import type { Inbound } from './inbound.schema.js';
import { firstCollision, type Collision, type PlacedProxy } from './proxy.placement.js';

const NODES = 1_000;
const AGENT_PORT = 8_443;

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  await database.db.query(
    `INSERT INTO nodes (name, address, agent_port)
     SELECT 'n' || lpad(i::text, 5, '0'), 'n' || i || '.test', $1 FROM generate_series(1, $2::int) i`,
    [AGENT_PORT, NODES],
  );
});
afterAll(async () => database.drop());

let counter = 0;
async function place(
  port: number,
  { nodes = [], groups = [] }: { nodes?: string[]; groups?: string[] } = {},
  network: 'tcp' | 'udp' = 'tcp',
): Promise<PlacedProxy> {
  counter += 1;
  const [id, name] = [randomUUID(), `proxy-${counter}`];
  const settings = { method: '2022-blake3-aes-128-gcm' as const, password: name, network };
  const inbound: Inbound = { protocol: 'shadowsocks', listen: '0.0.0.0', port, settings };
  const everywhere = nodes.length + groups.length === 0;
  await database.db.query(
    `INSERT INTO proxies (id, name, protocol, port, everywhere, inbound) VALUES ($1, $2, 'SHADOWSOCKS', $3, $4, '\\x00')`,
    [id, name, port, everywhere],
  );
  await database.db.query('INSERT INTO proxy_nodes SELECT $1, unnest($2::uuid[])', [id, nodes]);
  await database.db.query('INSERT INTO proxy_groups SELECT $1, unnest($2::uuid[])', [id, groups]);
  return { id, name, inbound };
}

async function groupOf(from: number, to: number): Promise<string> {
  counter += 1;
  const [{ id }] = (await database.db.query('INSERT INTO node_groups (name) VALUES ($1) RETURNING id', [
    `group-${counter}`,
  ])) as [{ id: string }];
  await database.db.query(`INSERT INTO group_nodes SELECT $1, id FROM nodes ORDER BY name OFFSET $2 LIMIT $3`, [
    id,
    from,
    to - from,
  ]);
  return id;
}

async function nodeAt(position: number): Promise<string> {
  const [{ id }] = (await database.db.query('SELECT id FROM nodes ORDER BY name OFFSET $1 LIMIT 1', [position])) as [
    { id: string },
  ];
  return id;
}

async function judge(proxies: PlacedProxy[]): Promise<{ collision: Collision | undefined; plans: Plans }> {
  const { db, plans } = Plans.of(database.db);
  return { collision: await firstCollision(db as unknown as EntityManager, proxies), plans };
}

test('many proxies on every node, each on a port of its own, are judged without a look at what serves what', async () => {
  const proxies: PlacedProxy[] = [];
  for (let index = 0; index < 40; index += 1) proxies.push(await place(20_000 + index));
  const { collision, plans } = await judge(proxies);
  expect(collision).toBeUndefined();
  expect(plans.rowsHandled).toBeLessThan(NODES * 4);
});

test('one port in many regions is no collision until two of them share a node', async () => {
  const proxies: PlacedProxy[] = [];
  for (let index = 0; index < 50; index += 1) {
    proxies.push(await place(443, { groups: [await groupOf(index * 20, index * 20 + 20)] }));
  }
  const apart = await judge(proxies);
  expect(apart.collision).toBeUndefined();
  expect(apart.plans.rowsHandled).toBeLessThan(NODES * 100);
  const guest = await place(443, { nodes: [await nodeAt(137)] });
  const { collision } = await judge([...proxies, guest]);
  expect(collision).toMatchObject({ proxy: { id: proxies[6]!.id }, problem: { path: 'port' } });
  expect(collision?.problem.message).toContain(`"${guest.name}"`);
  // TCP and UDP do not meet.
  expect((await judge([...proxies, await place(443, {}, 'udp')])).collision).toBeUndefined();
  expect((await judge([...proxies, await place(443)])).collision).toBeDefined();
});

test('the port of an agent is found where the proxy is served, and nowhere else', async () => {
  const moved = await nodeAt(900);
  await database.db.query('UPDATE nodes SET agent_port = 9_443 WHERE id = $1', [moved]);
  const [here, there] = [await groupOf(895, 905), await groupOf(0, 10)];
  expect((await judge([await place(9_443, { groups: [there] })])).collision).toBeUndefined();
  const meets = await place(9_443, { groups: [here] });
  expect((await judge([meets])).collision).toMatchObject({ proxy: { id: meets.id }, problem: { path: 'port' } });
  expect((await judge([await place(AGENT_PORT, { nodes: [moved] })])).collision).toBeUndefined();
  expect((await judge([await place(AGENT_PORT)])).collision).toBeDefined();
});

test('a proxy that nothing serves is in the way of nobody', async () => {
  const empty = await groupOf(0, 0);
  expect((await judge([await place(700, { groups: [empty] }), await place(700)])).collision).toBeUndefined();
  expect((await judge([])).collision).toBeUndefined();
});
