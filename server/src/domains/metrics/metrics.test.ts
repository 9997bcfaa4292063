import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EventBus } from '../../platform/events/bus.js';
import type { Topics } from '../../platform/events/topics.js';
import { silentLogger } from '../../platform/log.js';
import { FakeClock } from '../../testing/clock.js';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { sample, seedNode } from '../../testing/seeds.js';
import { MetricHistory, sourceFor } from './history.js';
import { MetricIngest } from './ingest.js';
import { Partitions } from '../../platform/postgres/partitions.js';
import { metricTables } from './metric-tables.js';
import { MetricRollups } from './rollup.js';
import type { Sample } from './sample.js';

const START = new Date('2026-03-10T10:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const time = (ms: number): Date => new Date(START.getTime() + ms);

let database: TestDatabase;
let db: DataSource;
let clock: FakeClock;
let events: EventBus;
let ingest: MetricIngest;
let rollups: MetricRollups;
let history: MetricHistory;
let node: string;
let retentionDays: number;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ db } = database);
});
afterAll(async () => database.drop());

beforeEach(async () => {
  await db.query('TRUNCATE node_metrics, node_metrics_1m, node_metrics_1h, metric_rollups, metric_late');
  await db.query('DELETE FROM nodes');
  clock = new FakeClock(START);
  events = new EventBus(silentLogger);
  ingest = new MetricIngest(db, events, clock);
  rollups = new MetricRollups(db, clock);
  retentionDays = 2;
  history = new MetricHistory(db, clock, () => Promise.resolve(retentionDays));
  node = await seedNode(db);
});

/** As if reported when it was taken, or else at `reportedAt`. */
async function report(samples: Sample[], { of = node, reportedAt = samples.at(-1)?.at ?? START } = {}): Promise<void> {
  const before = clock.now();
  clock.set(reportedAt);
  const done = ingest.report(of, samples);
  await ingest.drain();
  await done;
  clock.set(before);
}

async function rollUpAt(ms: number): Promise<void> {
  clock.set(time(ms));
  await rollups.run();
}

interface Bucket {
  at: Date;
  samples: number;
  cpu: number;
  uplink_rate: number;
}
const buckets = (table: '1m' | '1h', of = node): Promise<Bucket[]> =>
  db.query<Bucket[]>(`SELECT at, samples, cpu, uplink_rate FROM node_metrics_${table} WHERE node_id = $1 ORDER BY at`, [
    of,
  ]);

const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('[R3.2] reports', () => {
  test('one that comes twice is stored once', async () => {
    const samples = [sample(time(0)), sample(time(10_000))];
    await report(samples);
    await report(samples);
    await Promise.all([report(samples), report([...samples, sample(time(20_000))])]);
    expect(await db.query('SELECT count(*)::int AS count FROM node_metrics')).toEqual([{ count: 3 }]);
  });

  test('the newest goes into the list, an older one that comes later does not', async () => {
    await report([sample(time(10_000), { cpu: 0.9, memory: 0.1, xrayState: 'CRASHED', connections: 7 })]);
    await report([sample(time(0), { cpu: 0.2, xrayState: 'RUNNING', connections: 1 })]);
    const [row] = await db.query<object[]>('SELECT cpu, load, connections, xray_state, sampled_at FROM node_status');
    expect(row).toEqual({ cpu: 0.9, load: 0.9, connections: 7, xray_state: 'CRASHED', sampled_at: time(10_000) });
  });

  test('tells when Xray began to be in its state, not when it was last seen in it', async () => {
    await report([sample(time(0))]);
    await report([sample(time(10_000))]);
    await report([sample(time(20_000), { xrayState: 'STOPPED' })]);
    await report([sample(time(30_000), { xrayState: 'STOPPED' })]);
    expect(await db.query('SELECT xray_state_since AS since FROM node_status')).toEqual([{ since: time(20_000) }]);
  });

  test('announces each sample, and a changed node only when a list shows it', async () => {
    const changed: string[] = [];
    const samples: Topics['nodeMetrics']['samples'] = [];
    events.on('nodeChanged', ({ nodeId }) => changed.push(nodeId));
    events.on('nodeMetrics', (event) => samples.push(...event.samples));
    await report([sample(time(0))]);
    await report([sample(time(10_000), { cpu: 0.5 })]);
    await report([sample(time(20_000), { xrayState: 'CRASHED' })]);
    expect(samples.map(({ at }) => at)).toEqual(
      [time(0), time(10_000), time(20_000)].map((date) => date.toISOString()),
    );
    expect(changed).toEqual([node, node]);
  });

  test('of many nodes at once are all stored', async () => {
    const nodes = await Promise.all(Array.from({ length: 50 }, () => seedNode(db)));
    const reports = nodes.map((id, index) =>
      ingest.report(
        id,
        Array.from({ length: 40 }, (_, turn) => sample(time(turn * 100 + index))),
      ),
    );
    await Promise.all(reports);
    expect(
      await db.query('SELECT count(*)::int AS count, count(DISTINCT node_id)::int AS nodes FROM node_metrics'),
    ).toEqual([{ count: 2_000, nodes: 50 }]);
  });

  test('of a node that was deleted a moment ago spoils nobody else’s', async () => {
    const gone = '0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11';
    const both = [ingest.report(gone, [sample(time(0))]), ingest.report(node, [sample(time(0))])];
    await Promise.all(both);
    expect(await db.query('SELECT count(*)::int AS count FROM node_metrics WHERE node_id = $1', [node])).toEqual([
      { count: 1 },
    ]);
  });

  test.each<[what: string, values: Partial<Sample>]>([
    ['a ratio that is smaller than a column holds', { cpu: 1e-60, loadAverage: 1e-60 }],
    ['a start of Xray in 1970', { xrayStartedAt: new Date(0) }],
    ['a start of Xray by a clock that is a little ahead', { xrayStartedAt: time(9 * MINUTE_MS) }],
    ['connections in parts', { connections: 1.5, onlineUsers: 0.4 }],
  ])('of %s spoils nobody else’s', async (_what, values) => {
    const odd = await seedNode(db);
    await Promise.all([ingest.report(odd, [sample(time(0), values)]), ingest.report(node, [sample(time(0))])]);
    expect(await db.query('SELECT count(*)::int AS count FROM node_metrics')).toEqual([{ count: 2 }]);
  });
});

describe('roll-ups', () => {
  const cpuAt = (index: number): number => ((index * 7) % 100) / 100;
  const everyTenSeconds = (fromMs: number, toMs: number): Sample[] =>
    Array.from({ length: (toMs - fromMs) / 10_000 }, (_, index) => {
      const ms = fromMs + index * 10_000;
      return sample(time(ms), { cpu: cpuAt(ms / 10_000), uplinkRate: ms });
    });

  async function reportAll(fromMs: number, toMs: number, of = node): Promise<void> {
    for (const samples of [everyTenSeconds(fromMs, toMs)]) {
      for (let start = 0; start < samples.length; start += 300) await report(samples.slice(start, start + 300), { of });
    }
  }

  test('of minutes and hours are equal to the plain average', async () => {
    await reportAll(0, 2 * HOUR_MS);
    await rollUpAt(2 * HOUR_MS + 2 * MINUTE_MS);
    const minutes = await buckets('1m');
    expect(minutes).toHaveLength(120);
    minutes.forEach(({ at, samples, cpu, uplink_rate: rate }, index) => {
      const ofMinute = everyTenSeconds(index * MINUTE_MS, (index + 1) * MINUTE_MS);
      expect([at, samples]).toEqual([time(index * MINUTE_MS), 6]);
      expect(cpu).toBeCloseTo(average(ofMinute.map((entry) => entry.cpu)), 6);
      expect(rate).toBeCloseTo(average(ofMinute.map((entry) => entry.uplinkRate)), 6);
    });
    const hours = await buckets('1h');
    expect(hours.map(({ at, samples }) => [at, samples])).toEqual([
      [time(0), 360],
      [time(HOUR_MS), 360],
    ]);
    expect(hours[1]?.cpu).toBeCloseTo(average(everyTenSeconds(HOUR_MS, 2 * HOUR_MS).map((entry) => entry.cpu)), 5);
  });

  test('of an hour weigh each minute by its samples', async () => {
    await report([sample(time(0), { cpu: 1 })]);
    await report(Array.from({ length: 9 }, (_, index) => sample(time(5 * MINUTE_MS + index * 1_000), { cpu: 0 })));
    await rollUpAt(HOUR_MS + 2 * MINUTE_MS);
    const [hour] = await buckets('1h');
    expect(hour?.samples).toBe(10);
    expect(hour?.cpu).toBeCloseTo(0.1, 6);
  });

  test('wait until the samples of a minute have come', async () => {
    await report([sample(time(30_000))]);
    await rollUpAt(MINUTE_MS + 59_000);
    expect(await buckets('1m')).toEqual([]);
    await rollUpAt(2 * MINUTE_MS);
    expect(await buckets('1m')).toHaveLength(1);
  });

  test('late samples are folded into their minute and their hour', async () => {
    await reportAll(0, 3 * HOUR_MS);
    await rollUpAt(3 * HOUR_MS + 2 * MINUTE_MS);
    const late = [sample(time(5_000), { cpu: 0.123 }), sample(time(HOUR_MS + 5_000), { cpu: 0.456 })];
    await report(late, { reportedAt: time(3 * HOUR_MS + 2 * MINUTE_MS) });
    await rollUpAt(3 * HOUR_MS + 3 * MINUTE_MS);
    const minutes = await buckets('1m');
    const first = everyTenSeconds(0, MINUTE_MS).map(({ cpu }) => cpu);
    expect(minutes[0]?.samples).toBe(7);
    expect(minutes[0]?.cpu).toBeCloseTo(average([...first, 0.123]), 6);
    const hours = await buckets('1h');
    expect(hours.map(({ samples }) => samples)).toEqual([361, 361, 360]);
    const second = everyTenSeconds(HOUR_MS, 2 * HOUR_MS).map(({ cpu }) => cpu);
    expect(hours[1]?.cpu).toBeCloseTo(average([...second, 0.456]), 5);
    expect(await db.query('SELECT count(*)::int AS count FROM metric_late')).toEqual([{ count: 0 }]);
  });

  test('late samples of before the very first are folded as well', async () => {
    await reportAll(HOUR_MS, HOUR_MS + 10 * MINUTE_MS);
    await rollUpAt(HOUR_MS + 15 * MINUTE_MS);
    await report([sample(time(0), { cpu: 1 })], { reportedAt: time(HOUR_MS + 15 * MINUTE_MS) });
    await rollUpAt(HOUR_MS + 16 * MINUTE_MS);
    expect((await buckets('1m'))[0]).toMatchObject({ at: time(0), samples: 1, cpu: 1 });
    await rollUpAt(3 * HOUR_MS);
    expect((await buckets('1h')).map(({ at, samples }) => [at, samples])).toEqual([
      [time(0), 1],
      [time(HOUR_MS), 60],
    ]);
  });

  test('one that was interrupted goes on where it was, and counts nothing twice', async () => {
    await reportAll(0, HOUR_MS);
    clock.set(time(2 * HOUR_MS));
    const failing = {
      transaction: (() => {
        let turns = 0;
        return (work: never) => {
          turns += 1;
          if (turns === 3) return Promise.reject(new Error('the database is gone'));
          return db.transaction(work);
        };
      })(),
    };
    await expect(new MetricRollups(failing as never, clock).run()).rejects.toThrow('the database is gone');
    const begun = await buckets('1m');
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.length).toBeLessThan(60);
    await rollups.run();
    await rollups.run();
    const minutes = await buckets('1m');
    expect(minutes).toHaveLength(60);
    expect(minutes.every(({ samples }) => samples === 6)).toBe(true);
    expect((await buckets('1h')).map(({ samples }) => samples)).toEqual([360]);
  });

  test('a transaction that dies in the middle leaves neither half a block nor a wrong mark', async () => {
    await reportAll(0, 30 * MINUTE_MS);
    clock.set(time(HOUR_MS));
    await db.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`);
    await db.query(
      'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON metric_rollups FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    await expect(rollups.run()).rejects.toThrow('no');
    await db.query('DROP FUNCTION refuse CASCADE');
    expect(await buckets('1m')).toEqual([]);
    await rollups.run();
    expect(await buckets('1m')).toHaveLength(30);
  });

  test('two panels that roll up at once do it once', async () => {
    await reportAll(0, HOUR_MS);
    clock.set(time(2 * HOUR_MS));
    await Promise.allSettled([rollups.run(), new MetricRollups(db, clock).run(), new MetricRollups(db, clock).run()]);
    await rollups.run();
    expect((await buckets('1m')).map(({ samples }) => samples)).toEqual(Array.from({ length: 60 }, () => 6));
  });

  describe('and the history', () => {
    const read = (fromMs: number, toMs: number, points: number) =>
      history.read(node, { from: time(fromMs), to: time(toMs) }, points);

    test.each([
      ['of samples', 0, HOUR_MS, 1],
      ['of samples', 0, HOUR_MS, 7],
      ['of samples', 0, HOUR_MS, 300],
      ['of minutes', -3 * HOUR_MS, 3 * HOUR_MS, 1],
      ['of minutes', -3 * HOUR_MS, 3 * HOUR_MS, 50],
      ['of minutes', -3 * HOUR_MS, 3 * HOUR_MS + 1, 1_000],
      ['of hours', -20 * DAY_MS, 3 * HOUR_MS, 13],
      ['of hours', -20 * DAY_MS, 3 * HOUR_MS, 1_000],
    ])(
      '%s answers at most the points that were asked for, in order, within the range (from %d to %d ms, %d points)',
      async (_what, from, to, points) => {
        await reportAll(0, 3 * HOUR_MS);
        await rollUpAt(3 * HOUR_MS);
        const found = await read(from, to, points);
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(points);
        const times = found.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(new Set(times).size).toBe(times.length);
        expect(times.every((at) => at >= time(from).getTime() && at < time(to).getTime())).toBe(true);
      },
    );

    test.each<[source: string, fromMs: number]>([
      ['raw', 60 * MINUTE_MS],
      ['1m', -3 * HOUR_MS],
      ['1h', -10 * DAY_MS],
    ])('reaches up to now and counts nothing twice, read from %s', async (source, fromMs) => {
      await reportAll(0, 155 * MINUTE_MS);
      await rollUpAt(150 * MINUTE_MS);
      const to = 155 * MINUTE_MS;
      clock.set(time(to));
      expect(sourceFor({ from: time(fromMs), to: time(to) }, retentionDays, clock.now())).toBe(source);
      const [point] = await read(fromMs, to, 1);
      const all = everyTenSeconds(Math.max(0, fromMs), to);
      expect(point?.cpu).toBeCloseTo(average(all.map(({ cpu }) => cpu)), 5);
      expect(point?.uplinkRate).toBeCloseTo(average(all.map(({ uplinkRate }) => uplinkRate)), 3);
    });

    test('leaves gaps out', async () => {
      await reportAll(0, 10 * MINUTE_MS);
      await reportAll(50 * MINUTE_MS, HOUR_MS);
      const found = await read(0, HOUR_MS, 60);
      expect(found.map(({ at }) => (at.getTime() - START.getTime()) / MINUTE_MS)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
      ]);
    });

    test('takes the first moment of a range and not the last', async () => {
      await report([sample(time(0)), sample(time(MINUTE_MS))]);
      expect(await read(0, MINUTE_MS, 10)).toHaveLength(1);
      expect((await read(0, MINUTE_MS, 10))[0]?.at).toEqual(time(0));
    });

    test('is of one node', async () => {
      const other = await seedNode(db);
      await report([sample(time(0), { cpu: 1 })], { of: other });
      expect(await read(-MINUTE_MS, MINUTE_MS, 10)).toEqual([]);
    });

    test.each<[what: string, fromMs: number, toMs: number, points: number, field: string]>([
      ['no points', 0, 1, 0, 'points'],
      ['too many points', 0, 1, 1_001, 'points'],
      ['no time', 0, 0, 10, 'range.to'],
      ['time that goes back', 1, 0, 10, 'range.to'],
      ['more than a year', -367 * DAY_MS, 0, 10, 'range'],
    ])('of %s is refused, naming the field', async (_what, from, to, points, path) => {
      await expect(read(from, to, points)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    });

    test('shows the trend of the last 30 minutes, rolled up or not, with null where nothing was reported', async () => {
      await reportAll(10 * MINUTE_MS, 40 * MINUTE_MS);
      await rollUpAt(30 * MINUTE_MS);
      clock.set(time(44 * MINUTE_MS + 30_000));
      const silent = await seedNode(db);
      const trends = await history.trends([node, silent]);
      const trend = trends.get(node) ?? [];
      expect(trend).toHaveLength(30);
      for (let index = 0; index < 30; index += 1) {
        const minute = 15 + index;
        const expected =
          minute < 40
            ? Math.max(
                0.5,
                average(everyTenSeconds(minute * MINUTE_MS, (minute + 1) * MINUTE_MS).map(({ cpu }) => cpu)),
              )
            : null;
        if (expected === null) expect(trend[index]).toBeNull();
        else expect(trend[index]).toBeCloseTo(expected, 5);
      }
      expect(trends.get(silent)).toEqual(Array.from({ length: 30 }, () => null));
    });
  });
});

describe('partitions', () => {
  const partitions = async (table: string): Promise<string[]> => {
    const rows = await db.query<{ name: string }[]>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass AND c.relname !~ 'default' ORDER BY 1`,
      [table],
    );
    return rows.map(({ name }) => name.slice(-8));
  };
  const countIn = async (table: string): Promise<number> =>
    (await db.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`))[0]?.count ?? 0;

  test('are made from yesterday to three days ahead, once, for each table', async () => {
    const maintained = new Partitions(db, clock);
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    for (const table of ['node_metrics', 'node_metrics_1m', 'node_metrics_1h']) {
      expect(await partitions(table)).toEqual(['20260309', '20260310', '20260311', '20260312', '20260313']);
    }
    await report([sample(time(-HOUR_MS)), sample(time(0))]);
    expect([await countIn('node_metrics_20260310'), await countIn('node_metrics_default')]).toEqual([2, 0]);
  });

  test('are dropped when their last moment is past the retention, and not before', async () => {
    const maintained = new Partitions(db, clock);
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    await report([sample(time(-10 * HOUR_MS)), sample(time(0))]);
    clock.set(new Date('2026-03-11T23:59:59Z'));
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    expect(await partitions('node_metrics')).toContain('20260309');
    clock.set(new Date('2026-03-12T01:30:00Z'));
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    expect(await partitions('node_metrics')).not.toContain('20260309');
    expect(await partitions('node_metrics')).toContain('20260310');
    expect(await partitions('node_metrics_1m')).toContain('20260309');
  });

  test('a day that the default partition holds rows of is left there, and these grow old like all', async () => {
    clock.set(new Date('2026-05-01T12:00:00Z'));
    await report([sample(new Date('2026-05-01T12:00:00Z'))]);
    const maintained = new Partitions(db, clock);
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    expect(await partitions('node_metrics')).not.toContain('20260501');
    expect(await countIn('node_metrics_default')).toBe(1);
    clock.set(new Date('2026-05-06T12:00:00Z'));
    await maintained.maintain(metricTables({ metricsRetentionDays: 2 }));
    expect(await countIn('node_metrics_default')).toBe(0);
  });

  test('samples that may still come late keep the rest of their minute beside them, at the shortest retention', async () => {
    const midnight = new Date('2026-06-01T00:00:00Z');
    clock.set(midnight);
    const maintained = new Partitions(db, clock);
    await maintained.maintain(metricTables({ metricsRetentionDays: 1 }));
    const at = new Date(midnight.getTime() - 10 * MINUTE_MS);
    await report([0, 1, 2, 3, 4].map((second) => sample(new Date(at.getTime() + second * 1_000), { cpu: 0 })));
    clock.set(new Date(midnight.getTime() + 5 * MINUTE_MS));
    await rollups.run();
    // 24 hours and 40 minutes later, which is not too late for a sample.
    clock.set(new Date(at.getTime() + DAY_MS + 40 * MINUTE_MS));
    await maintained.maintain(metricTables({ metricsRetentionDays: 1 }));
    await report([sample(new Date(at.getTime() + 5_000), { cpu: 0.6 })], { reportedAt: clock.now() });
    await rollups.run();
    expect(await buckets('1m')).toMatchObject([{ samples: 6, cpu: expect.closeTo(0.1, 6) }]);
  });
});
