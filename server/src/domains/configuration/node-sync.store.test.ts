import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { ONLINE, seedNode } from '../../testing/seeds.js';
import { NodeSyncStore } from './node-sync.store.js';

const PANEL = randomUUID();
const SYNCED_AT = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number): Date => new Date(SYNCED_AT.getTime() + seconds * 1_000);

let database: TestDatabase;
let store: NodeSyncStore;
beforeAll(async () => {
  database = await cloneDatabase();
  store = new NodeSyncStore(database.db, PANEL);
});
afterAll(async () => database.drop());

/** In step, and its newest report, which came so many seconds after that, names another revision. */
const reporting = (seconds: number, configRevision: string): Promise<string> =>
  seedNode(database.db, {
    status: {
      ...ONLINE,
      panel_id: PANEL,
      config_revision: configRevision,
      sampled_at: after(seconds),
      last_seen_at: after(seconds),
    },
    sync: { state: 'IN_SYNC', applied_revision: 'new', last_synced_at: SYNCED_AT },
  });

const report = (id: string, seconds: number): Promise<unknown> =>
  database.db.query('UPDATE node_status SET sampled_at = $2, last_seen_at = $2 WHERE node_id = $1', [
    id,
    after(seconds),
  ]);

test('[R7.5] reports that were on their way while a change was applied are no drift, however many they are', async () => {
  const id = await reporting(0.5, 'older');
  for (const seconds of [1, 1.5, 1.9]) {
    expect(await store.findDrift()).toEqual([]);
    await report(id, seconds);
  }
  expect(await store.findDrift()).toEqual([]);
  await report(id, 3);
  expect(await store.findDrift()).toEqual([]); // the first that counts
  await report(id, 13);
  expect(await store.findDrift()).toEqual([id]);
});

test('[R7.5] what an agent has seen itself is drift at once, and is said once for each report', async () => {
  const id = await reporting(0.5, 'drift-0123456789abcdef');
  expect(await store.findDrift()).toEqual([id]);
  await database.db.query(`UPDATE node_sync SET state = 'IN_SYNC', applied_revision = 'new' WHERE node_id = $1`, [id]);
  expect(await store.findDrift()).toEqual([]);
});

test('[R7.4] an attempt whose connection is gone is given up, one on the present connection is not', async () => {
  const connection = randomUUID();
  const syncing = { state: 'SYNCING', attempt_id: randomUUID(), connection_id: connection };
  await seedNode(database.db, { status: { ...ONLINE, connection_id: connection }, sync: syncing });
  const gone = await seedNode(database.db, {
    status: { ...ONLINE, connected: false, connection_id: connection },
    sync: syncing,
  });
  expect(await store.releaseDisconnected()).toEqual([{ nodeId: gone, state: 'PENDING' }]);
});
