import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { recordingLogger, type LogEntry } from '../../testing/logs.js';
import { until } from '../../testing/until.js';
import { EventBus } from './bus.js';
import { PostgresRelay } from './postgres-relay.js';
import type { NodeSample, Topics } from './topics.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await cloneDatabase();
});
const relays: PostgresRelay[] = [];
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
  await database.drop();
});

async function panel(
  id: string,
): Promise<{ bus: EventBus; relay: PostgresRelay; gaps: { count: number }; entries: LogEntry[] }> {
  const { log, entries } = recordingLogger();
  const bus = new EventBus(log);
  const gaps = { count: 0 };
  const relay = new PostgresRelay(
    id,
    { ...inject('postgres'), database: database.name },
    bus,
    log,
    () => (gaps.count += 1),
  );
  relay.hasPeers = true;
  await relay.start();
  relays.push(relay);
  return { bus, relay, gaps, entries };
}

const sampleOf = (nodeId: string): NodeSample => ({
  nodeId,
  at: '2026-01-01T00:00:00.000Z',
  cpu: 0.123456789,
  memory: 0.5,
  disk: 0.5,
  loadAverage: 1,
  uplinkRate: 1e9,
  downlinkRate: 1e9,
  connections: 1,
  onlineUsers: 1,
  xrayState: 'RUNNING',
  xrayError: null,
  configRevision: 'f'.repeat(32),
});

test('an event reaches the other panels in order, once, and does not come back', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const heard = { one: [] as string[], two: [] as string[] };
  one.bus.on('nodeChanged', ({ nodeId }) => heard.one.push(nodeId));
  two.bus.on('nodeChanged', ({ nodeId }) => heard.two.push(nodeId));
  const ids = Array.from({ length: 200 }, (_, index) => `node-${index}`);
  for (const nodeId of ids) one.bus.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
  await until('all to arrive', () => heard.two.length >= ids.length);
  two.bus.publish('nodeChanged', { nodeId: 'answer', kind: 'UPDATED' });
  await until('the answer', () => heard.one.includes('answer'));
  expect(heard).toEqual({ one: [...ids, 'answer'], two: [...ids, 'answer'] });
});

test('big events are cut into parts that fit', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const heard: NodeSample[] = [];
  const lines: string[] = [];
  two.bus.on('nodeMetrics', ({ samples }) => heard.push(...samples));
  two.bus.on('nodeLogs', (event) => lines.push(...event.lines.map(({ text }) => text)));
  const samples = Array.from({ length: 500 }, (_, index) =>
    sampleOf(`0b7e0a53-7a43-4c3f-9a3c-${String(index).padStart(12, '0')}`),
  );
  const texts = Array.from({ length: 20 }, (_, index) => `${index} `.padEnd(2_000, 'x'));
  one.bus.publish('nodeMetrics', { samples });
  one.bus.publish('nodeLogs', {
    nodeId: 'n',
    lines: texts.map((text): Topics['nodeLogs']['lines'][number] => ({
      at: '2026-01-01T00:00:00.000Z',
      source: 'XRAY',
      text,
    })),
  });
  await until('all to arrive', () => heard.length >= 500 && lines.length >= 20);
  expect(heard).toEqual(samples);
  expect(lines).toEqual(texts);
});

test('lines of many bytes cross as well', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const lines: string[] = [];
  two.bus.on('nodeLogs', (event) => lines.push(...event.lines.map(({ text }) => text)));
  const texts = ['日'.repeat(2_000), '"'.repeat(2_000), '\u0001'.repeat(1_000)];
  one.bus.publish('nodeLogs', {
    nodeId: 'n',
    lines: texts.map((text) => ({ at: '2026-01-01T00:00:00.000Z', source: 'XRAY', text })),
  });
  await until('all to arrive', () => lines.length >= 3);
  expect(lines).toEqual(texts);
});

test('a panel alone sends nothing', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const heard: string[] = [];
  two.bus.on('nodeChanged', ({ nodeId }) => heard.push(nodeId));
  one.relay.hasPeers = false;
  one.bus.publish('nodeChanged', { nodeId: 'unheard', kind: 'UPDATED' });
  one.relay.hasPeers = true;
  one.bus.publish('nodeChanged', { nodeId: 'heard', kind: 'UPDATED' });
  await until('the second', () => heard.includes('heard'));
  expect(heard).toEqual(['heard']);
});

test('a listener that was cut off listens again and says that it may have missed something', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const heard: string[] = [];
  two.bus.on('nodeChanged', ({ nodeId }) => heard.push(nodeId));
  await database.db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vpanel events' AND datname = current_database()`,
  );
  await until('both to look again', () => one.gaps.count > 0 && two.gaps.count > 0);
  one.bus.publish('nodeChanged', { nodeId: 'after', kind: 'UPDATED' });
  await until('the event after it', () => heard.includes('after'));
});

test('what somebody else sends on the channel harms nobody', async () => {
  const [one, two] = [await panel('one'), await panel('two')];
  const heard: string[] = [];
  two.bus.on('nodeChanged', ({ nodeId }) => heard.push(nodeId));
  for (const payload of ['', 'nonsense', 'null', '7', '{}'])
    await database.db.query('SELECT pg_notify($1, $2)', ['vpanel_events', payload]);
  one.bus.publish('nodeChanged', { nodeId: 'after', kind: 'UPDATED' });
  await until('the event after it', () => heard.includes('after'));
});
