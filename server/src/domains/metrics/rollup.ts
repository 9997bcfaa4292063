import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.js';

interface Rollup {
  name: '1m' | '1h';
  source: string;
  target: string;
  bucketMs: number;
  /** How many source rows stand behind one row of the source. */
  weight: string;
  /** Longest stretch of time folded in one transaction. */
  blockMs: number;
}

const MINUTE_MS = 60_000;
/** How long a minute waits for its samples before it is folded. */
const SETTLE_MS = MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Late minutes folded in one transaction. */
const LATE_AT_ONCE = 20_000;

const ROLLUPS: Rollup[] = [
  {
    name: '1m',
    source: 'node_metrics',
    target: 'node_metrics_1m',
    bucketMs: MINUTE_MS,
    weight: '1',
    blockMs: 10 * MINUTE_MS,
  },
  {
    name: '1h',
    source: 'node_metrics_1m',
    target: 'node_metrics_1h',
    bucketMs: HOUR_MS,
    weight: 'samples',
    blockMs: 6 * HOUR_MS,
  },
];

const VALUES = ['cpu', 'memory', 'disk', 'load_average', 'uplink_rate', 'downlink_rate', 'connections', 'online_users'];

const averages = (weight: string): string =>
  VALUES.map((column) => `sum(${column} * ${weight}) / sum(${weight}) AS ${column}`).join(', ');

/** Sorted by node, so that a node's rows lie together: a chart then reads few pages. */
const fold = ({ target, weight, bucketMs }: Rollup, rows: string): string => `
  INSERT INTO ${target} (node_id, at, samples, ${VALUES.join(', ')})
  SELECT node_id, date_bin(interval '${bucketMs / 1_000} seconds', at, '2000-01-01Z') AS bucket, sum(${weight})::int,
    ${averages(weight)}
  FROM (${rows}) rows GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (node_id, at) DO UPDATE SET samples = excluded.samples,
    ${VALUES.map((column) => `${column} = excluded.${column}`).join(', ')}`;

/** Rows of a stretch of time. */
const between = ({ source }: Rollup): string => `SELECT * FROM ${source} WHERE at >= $1 AND at < $2`;

/** Rows of single buckets of single nodes, found by the primary key: late ones are few among millions. */
const ofBuckets = ({ source, name }: Rollup): string => {
  const unit = { '1m': 'minute', '1h': 'hour' }[name];
  return `SELECT source.* FROM (
      SELECT DISTINCT node_id, date_trunc('${unit}', minute, 'UTC') AS bucket
      FROM unnest($1::uuid[], $2::timestamptz[]) l (node_id, minute)) late
    JOIN ${source} source ON source.node_id = late.node_id AND source.at >= late.bucket
      AND source.at < late.bucket + interval '1 ${unit}'`;
};

/** Folds samples into one-minute and one-hour averages; whoever is interrupted begins where the last commit ended. */
export class MetricRollups {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (const rollup of ROLLUPS) while (await this.advance(rollup)) continue;
    while (await this.foldLate()) continue;
  }

  /** Folds the next block; false when everything that is old enough is folded. */
  private async advance(rollup: Rollup): Promise<boolean> {
    const { name, bucketMs, blockMs } = rollup;
    return this.db.transaction(async (manager) => {
      const from = await this.completeThrough(manager, rollup);
      if (!from) return false;
      const through = await this.settledThrough(manager, name);
      const settled = through - (through % bucketMs);
      const to = Math.min(settled, from.getTime() + blockMs);
      if (to <= from.getTime()) return false;
      await manager.query(fold(rollup, between(rollup)), [from, new Date(to)]);
      await manager.query('UPDATE metric_rollups SET complete_through = $2 WHERE name = $1', [name, new Date(to)]);
      return to < settled;
    });
  }

  /** Minutes wait until their samples have come; hours until their minutes are complete. */
  private async settledThrough(manager: EntityManager, name: Rollup['name']): Promise<number> {
    if (name === '1m') return this.clock.now().getTime() - SETTLE_MS;
    const [row] = await manager.query<
      {
        complete_through: Date;
      }[]
    >(`SELECT complete_through FROM metric_rollups WHERE name = '1m'`);
    return row?.complete_through.getTime() ?? 0;
  }

  /** The first roll-up begins with the oldest source row; undefined while there is none. */
  private async completeThrough(manager: EntityManager, { name, source, bucketMs }: Rollup): Promise<Date | undefined> {
    const [row] = await manager.query<
      {
        complete_through: Date;
      }[]
    >('SELECT complete_through FROM metric_rollups WHERE name = $1 FOR UPDATE', [name]);
    if (row) return row.complete_through;
    const [first] = await manager.query<{ at: Date | null }[]>(`SELECT min(at) AS at FROM ${source}`);
    if (!first?.at) return undefined;
    const begin = new Date(first.at.getTime() - (first.at.getTime() % bucketMs));
    await manager.query('INSERT INTO metric_rollups (name, complete_through) VALUES ($1, $2)', [name, begin]);
    return begin;
  }

  /** Minutes whose samples came after they had been folded, and their hours; false when none is left. */
  private async foldLate(): Promise<boolean> {
    const [minutes, hours] = ROLLUPS as [Rollup, Rollup];
    return this.db.transaction(async (manager) => {
      const [late] = await manager.query<[{ node_id: string; minute: Date }[], number]>(
        `DELETE FROM metric_late WHERE (node_id, minute) IN (SELECT node_id, minute FROM metric_late
           WHERE minute < (SELECT complete_through FROM metric_rollups WHERE name = '1m') LIMIT $1)
         RETURNING node_id, minute`,
        [LATE_AT_ONCE],
      );
      if (late.length === 0) return false;
      const nodes = late.map(({ node_id }) => node_id);
      const times = late.map(({ minute }) => minute);
      await manager.query(fold(minutes, ofBuckets(minutes)), [nodes, times]);
      const hoursDone = await this.completeThrough(manager, hours);
      const folded = late.filter(({ minute }) => hoursDone !== undefined && minute < hoursDone);
      await manager.query(fold(hours, ofBuckets(hours)), [
        folded.map(({ node_id: nodeId }) => nodeId),
        folded.map(({ minute }) => minute),
      ]);
      return late.length === LATE_AT_ONCE;
    });
  }
}
