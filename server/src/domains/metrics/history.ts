import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { badInput } from '../../platform/errors.js';
import type { MetricPoint } from '../nodes/index.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MOST_POINTS = 1_000;
const LONGEST_RANGE_MS = 366 * DAY_MS;
const TREND_MINUTES = 30;

export interface TimeRange {
  from: Date;
  to: Date;
}

/** Where a chart is read from: fine for short ranges, coarse for long ones, so that the work stays the same. */
export function sourceFor({ from, to }: TimeRange, retentionDays: number, now: Date): 'raw' | '1m' | '1h' {
  const lengthMs = to.getTime() - from.getTime();
  const rawFrom = now.getTime() - (retentionDays - 1) * DAY_MS;
  if (lengthMs <= 2 * HOUR_MS && from.getTime() >= rawFrom) return 'raw';
  return lengthMs <= 8 * DAY_MS && from.getTime() >= now.getTime() - 30 * DAY_MS ? '1m' : '1h';
}

const AVERAGES = (weight: string): string =>
  ['cpu', 'memory', 'disk', 'load_average', 'uplink_rate', 'downlink_rate', 'connections', 'online_users']
    .map((column) => `sum(${column} * ${weight}) / sum(${weight}) AS ${column}`)
    .join(', ');

const COLUMNS = 'at, cpu, memory, disk, load_average, uplink_rate, downlink_rate, connections, online_users';

/** What is not rolled up yet is read from finer tables, so that a chart always reaches up to now. */
const SOURCES: Record<'raw' | '1m' | '1h', string> = {
  raw: `SELECT ${COLUMNS}, 1 AS w FROM node_metrics WHERE node_id = $1 AND at >= $2 AND at < $3`,
  '1m': `SELECT ${COLUMNS}, samples AS w FROM node_metrics_1m
      WHERE node_id = $1 AND at >= $2 AND at < least($3, $6::timestamptz)
    UNION ALL SELECT ${COLUMNS}, 1 FROM node_metrics WHERE node_id = $1 AND at >= greatest($2, $6::timestamptz) AND at < $3`,
  '1h': `SELECT ${COLUMNS}, samples AS w FROM node_metrics_1h
      WHERE node_id = $1 AND at >= $2 AND at < least($3, $7::timestamptz)
    UNION ALL SELECT ${COLUMNS}, samples FROM node_metrics_1m
      WHERE node_id = $1 AND at >= greatest($2, $7::timestamptz) AND at < least($3, $6::timestamptz)
    UNION ALL SELECT ${COLUMNS}, 1 FROM node_metrics WHERE node_id = $1 AND at >= greatest($2, $6::timestamptz) AND at < $3`,
};

interface PointRow {
  bucket: Date;
  cpu: number;
  memory: number;
  disk: number;
  load_average: number;
  uplink_rate: number;
  downlink_rate: number;
  connections: number;
  online_users: number;
}

/** Up to where the roll-ups are complete. */
interface Watermarks {
  minutes: Date;
  hours: Date;
  readAtMs: number;
}

const WATERMARKS_KEPT_MS = 5_000;

export class MetricHistory {
  private watermarks: Watermarks | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly retentionDays: () => Promise<number>,
  ) {}

  /** At most `points` buckets of equal length, oldest first; buckets without a sample are left out. */
  async read(nodeId: string, range: TimeRange, points: number): Promise<MetricPoint[]> {
    validate(range, points);
    const now = this.clock.now();
    const source = sourceFor(range, await this.retentionDays(), now);
    const folded = await this.foldedThrough();
    const bucketMs = bucketLength(range, points, source);
    const parameters: unknown[] = [nodeId, range.from, range.to, bucketMs, range.from];
    if (source !== 'raw') parameters.push(folded.minutes);
    if (source === '1h') parameters.push(folded.hours);
    const rows = await this.db.query<PointRow[]>(
      `SELECT date_bin($4 * interval '1 millisecond', at, $5::timestamptz) AS bucket, ${AVERAGES('w')}
       FROM (${SOURCES[source]}) samples GROUP BY 1 ORDER BY 1`,
      parameters,
    );
    return rows.map(toPoint);
  }

  /** Load of each of the last 30 minutes of each node, oldest first. */
  async trends(nodeIds: readonly string[]): Promise<Map<string, (number | null)[]>> {
    const thisMinute = Math.floor(this.clock.now().getTime() / MINUTE_MS) * MINUTE_MS;
    const from = thisMinute - (TREND_MINUTES - 1) * MINUTE_MS;
    const { minutes } = await this.foldedThrough();
    const rows = await this.db.query<{ node_id: string; minute: Date; load: number }[]>(
      `SELECT node_id, at AS minute, greatest(cpu, memory) AS load FROM node_metrics_1m
         WHERE node_id = ANY($1) AND at >= $2 AND at < $3
       UNION ALL
       SELECT node_id, date_trunc('minute', at), greatest(avg(cpu), avg(memory))::real FROM node_metrics
         WHERE node_id = ANY($1) AND at >= greatest($2::timestamptz, $3) GROUP BY 1, 2`,
      [nodeIds, new Date(from), minutes],
    );
    const trends = new Map(nodeIds.map((id) => [id, Array.from<number | null>({ length: TREND_MINUTES }).fill(null)]));
    for (const { node_id: nodeId, minute, load } of rows) {
      const index = (minute.getTime() - from) / MINUTE_MS;
      const trend = trends.get(nodeId);
      if (trend && index >= 0 && index < TREND_MINUTES) trend[index] = load;
    }
    return trends;
  }

  /** Kept for a few seconds: an older answer only means that more is read from the finer table. */
  private async foldedThrough(): Promise<Watermarks> {
    const nowMs = this.clock.now().getTime();
    if (this.watermarks && nowMs - this.watermarks.readAtMs < WATERMARKS_KEPT_MS) return this.watermarks;
    const sql = 'SELECT name, complete_through FROM metric_rollups';
    const rows = await this.db.query<{ name: string; complete_through: Date }[]>(sql);
    const through = (name: string) => rows.find((row) => row.name === name)?.complete_through ?? new Date(0);
    this.watermarks = { minutes: through('1m'), hours: through('1h'), readAtMs: nowMs };
    return this.watermarks;
  }
}

function validate({ from, to }: TimeRange, points: number): void {
  if (points < 1 || points > MOST_POINTS) throw badInput([{ path: 'points', message: `must be 1 to ${MOST_POINTS}` }]);
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0) throw badInput([{ path: 'range.to', message: 'must be after from' }]);
  if (lengthMs > LONGEST_RANGE_MS) throw badInput([{ path: 'range', message: 'must be at most 366 days' }]);
}

/** Never finer than the source, or a chart would show holes between its points. */
function bucketLength({ from, to }: TimeRange, points: number, source: 'raw' | '1m' | '1h'): number {
  const grainMs = { raw: 1_000, '1m': MINUTE_MS, '1h': HOUR_MS }[source];
  const wanted = (to.getTime() - from.getTime()) / points;
  return Math.max(1, Math.ceil(wanted / grainMs)) * grainMs;
}

const toPoint = (row: PointRow): MetricPoint => ({
  at: row.bucket,
  cpu: row.cpu,
  memory: row.memory,
  disk: row.disk,
  loadAverage: row.load_average,
  uplinkRate: row.uplink_rate,
  downlinkRate: row.downlink_rate,
  connections: Math.round(row.connections),
  onlineUsers: Math.round(row.online_users),
});
