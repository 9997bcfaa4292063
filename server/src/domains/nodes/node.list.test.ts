import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../platform/graphql/paging.js';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { ONLINE, seedNode } from '../../testing/seeds.js';
import type { Node } from './node.entity.js';
import { NodeHealth, NodeMode, NodeOrderField, NodeStatus, OrderDirection, XrayState } from './node.enums.js';
import type { NodeFilter } from './node.inputs.js';
import { listNodes } from './node.list.js';

const NODES = 500;
const values = <T>(all: readonly T[], index: number): T => all[index % all.length]!;

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  // All in one transaction: created_at is the same for many, and differs by less than a millisecond for others.
  for (let index = 0; index < NODES; index += 1) {
    const some = <T>(value: T): T | null => (index % 3 === 0 ? null : value);
    await seedNode(db, {
      node: {
        mode: values([NodeMode.ACTIVE, NodeMode.ACTIVE, NodeMode.DRAINING, NodeMode.DISABLED], index),
        tags: JSON.stringify([
          { key: 'region', value: values(['eu', 'us', 'asia'], index) },
          { key: 'tier', value: values(['gold', 'tin'], index) },
        ]),
        created_at: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, Math.floor(index / 100)))
          .toISOString()
          .replace('Z', `${String(index % 50).padStart(3, '0')}Z`),
      },
      status: {
        registered_at: index % 5 === 0 ? null : new Date(),
        connected: index % 4 !== 0,
        xray_state: values(Object.values(XrayState), index),
        health: values(Object.values(NodeHealth), index),
        cpu: some((index % 7) / 7),
        memory: some(1 / (1 + (index % 11))),
        load: some((index % 13) / 13),
        connections: some(index % 17),
        uplink_rate: some((index % 19) * 1e9 + 0.1),
        downlink_rate: index % 6 === 0 ? null : 1 / 3,
        latency_ms: some((index % 23) * 1.1),
      },
    });
  }
});
afterAll(async () => database.drop());

/** What a list is sorted by, as its nodes show it. */
const RANK: Record<NodeOrderField, (node: Node) => string | number | null> = {
  NAME: ({ name }) => name,
  HEALTH: ({ health }) => ['UNHEALTHY', 'DETACHED', 'SUSPECT', 'RECOVERING', 'UNKNOWN', 'HEALTHY'].indexOf(health),
  STATUS: ({ status }) => ['OFFLINE', 'DEGRADED', 'PENDING', 'ONLINE', 'DISABLED'].indexOf(status),
  LOAD: ({ load }) => load,
  CPU: ({ id }) => raw.get(id)?.cpu ?? null,
  MEMORY: ({ id }) => raw.get(id)?.memory ?? null,
  CONNECTIONS: ({ id }) => raw.get(id)?.connections ?? null,
  THROUGHPUT: ({ id }) => raw.get(id)?.throughput ?? null,
  LATENCY: ({ latencyMs }) => latencyMs,
  CREATED_AT: ({ id }) => raw.get(id)?.created_at ?? null,
};
interface Raw {
  id: string;
  cpu: number | null;
  memory: number | null;
  connections: number | null;
  throughput: number | null;
  created_at: string;
}
const raw = new Map<string, Raw>();
beforeAll(async () => {
  const rows = await database.db.query<Raw[]>(
    `SELECT n.id, s.cpu, s.memory, s.connections, s.uplink_rate + s.downlink_rate AS throughput,
       to_char(n.created_at, 'YYYY-MM-DD HH24:MI:SS.US') AS created_at FROM nodes n JOIN node_status s ON s.node_id = n.id`,
  );
  for (const row of rows) raw.set(row.id, row);
});

async function readAll(
  first: number,
  orderBy?: { field: NodeOrderField; direction: OrderDirection },
  filter?: NodeFilter,
): Promise<Node[]> {
  const all: Node[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await listNodes(database.db, { first, after, orderBy, filter });
    all.push(...nodes);
    if (all.length > NODES * 2) throw new Error('The pages go round in circles');
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}

describe('[R1.7] pages', () => {
  const orders = Object.values(NodeOrderField).flatMap((field) =>
    Object.values(OrderDirection).map((direction) => ({ field, direction })),
  );

  test.each(orders)(`visit each of ${NODES} nodes exactly once and in order: $field $direction`, async (order) => {
    const all = await readAll(37, order);
    expect(new Set(all.map(({ id }) => id)).size).toBe(NODES);
    expect(all).toHaveLength(NODES);
    const ranks = all.map(RANK[order.field]);
    for (let index = 1; index < ranks.length; index += 1) {
      const [before, here] = [ranks[index - 1]!, ranks[index]!];
      if (here === null) continue; // nodes without a value come last either way
      expect(before, `at ${index}`).not.toBeNull();
      if (order.direction === OrderDirection.ASC) expect(here >= before, `at ${index}: ${before}, ${here}`).toBe(true);
      else expect(here <= before, `at ${index}: ${before}, ${here}`).toBe(true);
    }
  });

  test('a page says what is before and after it, and how many there are in all', async () => {
    const first = await listNodes(database.db, { first: 10 });
    expect(first.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[9]?.cursor,
    });
    expect(await (first.totalCount as () => Promise<number>)()).toBe(NODES);
    const next = await listNodes(database.db, { first: 10, after: first.pageInfo.endCursor });
    expect(next.pageInfo.hasPreviousPage).toBe(true);
    expect(next.nodes[0]?.name).toBe('node-00011');
  });

  test('a node that is added or deleted meanwhile moves no other', async () => {
    const first = await listNodes(database.db, { first: 50 });
    const added = await seedNode(database.db, { node: { name: 'node-00000' } });
    const next = await listNodes(database.db, { first: 50, after: first.pageInfo.endCursor });
    await database.db.query('DELETE FROM nodes WHERE id = $1', [added]);
    expect(next.nodes[0]?.name).toBe('node-00051');
  });

  const ID = '0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11';
  test.each([
    ['words', 'hunter2'],
    ['nothing', 'AAAA'],
    ['an object', Buffer.from('{"a":1}').toString('base64url')],
    ['a list of one', Buffer.from('[1]').toString('base64url')],
    ['an id that is none', encodeCursor(['x', 'y'])],
    ['a number in words', encodeCursor(['many', ID])],
    ['an object as its value', Buffer.from(JSON.stringify([{ a: 1 }, ID])).toString('base64url')],
    ['SQL', encodeCursor(["1'; DROP TABLE nodes; --", ID])],
  ])('a cursor of %s is refused as such', async (_what, after) => {
    const orderBy = { field: NodeOrderField.LOAD, direction: OrderDirection.ASC };
    await expect(listNodes(database.db, { first: 10, after, orderBy })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'after', message: 'is not a cursor of this list' }],
    });
  });

  test('a cursor of another order is refused where it does not fit', async () => {
    const { pageInfo } = await listNodes(database.db, { first: 1 });
    const orderBy = { field: NodeOrderField.CREATED_AT, direction: OrderDirection.ASC };
    await expect(listNodes(database.db, { first: 10, after: pageInfo.endCursor, orderBy })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('filters', () => {
  const matching = async (filter: NodeFilter): Promise<Node[]> => readAll(100, undefined, filter);

  test('[R1.6] by tags: all of them have to be there, key and value', async () => {
    const gold = await matching({
      tags: [
        { key: 'region', value: 'eu' },
        { key: 'tier', value: 'gold' },
      ],
    });
    expect(gold.length).toBe(
      Array.from({ length: NODES }, (_, index) => index).filter((index) => index % 3 === 0 && index % 2 === 0).length,
    );
    for (const { tags } of gold)
      expect(tags).toEqual([
        { key: 'region', value: 'eu' },
        { key: 'tier', value: 'gold' },
      ]);
    expect(await matching({ tags: [{ key: 'tier', value: 'eu' }] })).toEqual([]);
    expect(await matching({ tags: [] })).toHaveLength(NODES);
  });

  test('by status, health and mode', async () => {
    for (const status of Object.values(NodeStatus)) {
      const found = await matching({ status: [status] });
      expect(new Set(found.map((node) => node.status))).toEqual(new Set(found.length > 0 ? [status] : []));
    }
    const some = await matching({ health: [NodeHealth.SUSPECT, NodeHealth.HEALTHY], mode: [NodeMode.DRAINING] });
    expect(some.length).toBeGreaterThan(0);
    for (const node of some) {
      expect(['SUSPECT', 'HEALTHY']).toContain(node.health);
      expect(node.mode).toBe('DRAINING');
    }
  });

  test('[R9.7] with and without issues are all there are', async () => {
    const withIssues = await matching({ hasIssues: true });
    const without = await matching({ hasIssues: false });
    expect(withIssues.every(({ issues }) => issues.length > 0)).toBe(true);
    expect(without.every(({ issues }) => issues.length === 0)).toBe(true);
    expect(withIssues.length + without.length).toBe(NODES);
    expect(withIssues.length).toBeGreaterThan(0);
  });

  describe('by a search', () => {
    beforeAll(async () => {
      const { db } = database;
      await seedNode(db, {
        node: {
          name: 'Zürich',
          address: '198.51.100.7',
          tags: JSON.stringify([{ key: 'isp', value: 'say "hi" 100%' }]),
        },
        status: ONLINE,
      });
      await seedNode(db, { node: { name: 'under_score', address: 'underXscore.test' }, status: ONLINE });
    });
    afterAll(async () => {
      await database.db.query(`DELETE FROM nodes WHERE name IN ('Zürich', 'under_score')`);
    });

    test.each<[search: string, names: string[]]>([
      ['zürich', ['Zürich']],
      ['198.51', ['Zürich']],
      ['node-00017', ['node-00017']],
      ['isp', ['Zürich']],
      ['say "hi"', ['Zürich']],
      ['isp=say', ['Zürich']],
      ['100%', ['Zürich']],
      ['r_s', ['under_score']],
      ['\\', []],
      ['"key"', []],
    ])('%s', async (search, names) => {
      expect((await matching({ search })).map(({ name }) => name)).toEqual(names);
    });

    test.each(['key', 'value'])('%s finds no tag by the way tags are stored', async (search) => {
      expect(await matching({ search })).toEqual([]);
    });
  });
});
