import type { DataSource } from 'typeorm';
import { Batcher } from '../../platform/batcher.js';
import type { Clock } from '../../platform/clock.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { NodeSample } from '../../platform/events/topics.js';
import { validateSamples, type Sample } from './sample.js';

/** Best batch and waiting time as measured for one statement over unnest. */
const ROWS_PER_BATCH = 1_000;
const GATHER_MS = 40;
const ROWS_WAITING = 100_000;
/** Two writers: while one waits for its commit the other gathers. */
const WRITERS = 2;

interface Report {
  nodeId: string;
  samples: readonly Sample[];
}

const STORE_SAMPLES = `
INSERT INTO node_metrics (node_id, at, cpu, memory, disk, load_average, uplink_rate, downlink_rate, connections, online_users)
SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::real[], $4::real[], $5::real[], $6::real[], $7::float8[],
  $8::float8[], $9::int[], $10::int[])
ON CONFLICT DO NOTHING`;

const SAMPLES_OF_NEW = `, samples AS (
  INSERT INTO node_metrics
    (node_id, at, cpu, memory, disk, load_average, uplink_rate, downlink_rate, connections, online_users)
  SELECT node_id, at, cpu, memory, disk, load_average, uplink_rate, downlink_rate, connections, online_users FROM new
  ON CONFLICT DO NOTHING
)`;

/**
 * The newest sample of each node goes into its hot row, unless that holds a newer one. Answers the nodes of which
 * something changed that a list shows in words.
 */
const storeNewest = (alsoSamples: boolean): string => `
WITH new AS (
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::real[], $4::real[], $5::real[], $6::real[], $7::float8[],
    $8::float8[], $9::int[], $10::int[], $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::text[])
    AS t (node_id, at, cpu, memory, disk, load_average, uplink_rate, downlink_rate, connections, online_users,
      xray_state, config_revision, xray_version, xray_started_at, xray_error)
)${alsoSamples ? SAMPLES_OF_NEW : ''}, old AS (
  SELECT s.node_id, s.xray_state, s.first_sample_at, s.sampled_at FROM node_status s
  WHERE s.node_id = ANY($1) ORDER BY s.node_id FOR UPDATE
), stored AS (
  UPDATE node_status s SET
    last_seen_at = now(), sampled_at = new.at, cpu = new.cpu, memory = new.memory, disk = new.disk,
    load_average = new.load_average, uplink_rate = new.uplink_rate, downlink_rate = new.downlink_rate,
    connections = new.connections, online_users = new.online_users, load = greatest(new.cpu, new.memory),
    first_sample_at = coalesce(s.first_sample_at, now()),
    first_xray_at = CASE WHEN new.xray_state = 'RUNNING' THEN coalesce(s.first_xray_at, now()) ELSE s.first_xray_at END,
    xray_state_since = CASE WHEN s.xray_state = new.xray_state AND s.xray_state_since IS NOT NULL
      THEN s.xray_state_since ELSE new.at END,
    xray_state = new.xray_state, config_revision = new.config_revision,
    xray_version = coalesce(new.xray_version, s.xray_version), xray_started_at = new.xray_started_at,
    xray_error = new.xray_error
  FROM new JOIN old ON old.node_id = new.node_id
  WHERE s.node_id = new.node_id AND (old.sampled_at IS NULL OR old.sampled_at < new.at)
  RETURNING s.node_id, old.first_sample_at IS NULL OR old.xray_state <> new.xray_state AS visible
)
SELECT node_id, visible FROM stored`;

const STORE_NEWEST = storeNewest(false);
/** The usual batch, one present sample of each node: one statement, one round trip, one commit. */
const STORE_ALL_AT_ONCE = storeNewest(true);

/**
 * The roll-up folds the marked minutes in again once it has passed them. In the same transaction as the samples: a mark
 * that is seen means samples that are seen.
 */
const MARK_LATE = `
INSERT INTO metric_late (node_id, minute)
SELECT DISTINCT node_id, date_trunc('minute', at) FROM unnest($1::uuid[], $2::timestamptz[]) t (node_id, at)
ON CONFLICT DO NOTHING`;

/** Takes the samples of all agents and writes them in few statements. */
export class MetricIngest {
  private readonly batches: Batcher<Report>;

  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {
    this.batches = new Batcher({
      mostItems: ROWS_PER_BATCH,
      gatherMs: GATHER_MS,
      mostWaiting: ROWS_WAITING,
      concurrency: WRITERS,
      write: (reports) => this.write(reports),
    });
  }

  /** Resolves when the samples are durable. */
  report(nodeId: string, samples: readonly Sample[]): Promise<void> {
    validateSamples(samples, this.clock.now());
    return this.batches.add({ nodeId, samples }, samples.length);
  }

  drain(): Promise<void> {
    return this.batches.drain();
  }

  private async write(reports: Report[]): Promise<void> {
    const rows = reports.flatMap(({ nodeId, samples }) => samples.map((sample) => ({ nodeId, sample })));
    const newest = newestByNode(rows);
    const late = this.late(rows);
    const visible =
      late.length === 0 && newest.length === rows.length
        ? await this.db.query<StoredRow[]>(STORE_ALL_AT_ONCE, [...sampleColumns(newest), ...stateColumns(newest)])
        : await this.writeInSteps(rows, newest, late);
    this.events.publish('nodeMetrics', { samples: newest.map(toEvent) });
    for (const { node_id: nodeId, visible: changed } of visible) {
      if (changed) this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
  }

  private late(rows: Row[]): Row[] {
    const lateBefore = this.clock.now().getTime() - LATE_AFTER_MS;
    return rows.filter(({ sample }) => sample.at.getTime() < lateBefore);
  }

  private writeInSteps(rows: Row[], newest: Row[], late: Row[]): Promise<StoredRow[]> {
    return this.db.transaction(async (manager) => {
      await manager.query(STORE_SAMPLES, sampleColumns(rows));
      if (late.length > 0) {
        await manager.query(MARK_LATE, [late.map((row) => row.nodeId), late.map((row) => row.sample.at)]);
      }
      return manager.query<StoredRow[]>(STORE_NEWEST, [...sampleColumns(newest), ...stateColumns(newest)]);
    });
  }
}

interface StoredRow {
  node_id: string;
  visible: boolean;
}

/** Half of what the roll-up waits (SETTLE_MS): a younger sample is committed long before its minute is folded. */
const LATE_AFTER_MS = 30_000;

interface Row {
  nodeId: string;
  sample: Sample;
}

/** Sorted by node, so that two writers lock rows in the same order. */
function newestByNode(rows: Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const known = newest.get(row.nodeId);
    if (!known || known.sample.at < row.sample.at) newest.set(row.nodeId, row);
  }
  return [...newest.values()].toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
}

const sampleColumns = (rows: Row[]): unknown[][] => [
  rows.map((row) => row.nodeId),
  rows.map((row) => row.sample.at.toISOString()),
  // What is too small for a column of type real would be refused, and the whole batch with it.
  rows.map((row) => Math.fround(row.sample.cpu)),
  rows.map((row) => Math.fround(row.sample.memory)),
  rows.map((row) => Math.fround(row.sample.disk)),
  rows.map((row) => Math.fround(row.sample.loadAverage)),
  rows.map((row) => row.sample.uplinkRate),
  rows.map((row) => row.sample.downlinkRate),
  rows.map((row) => Math.round(row.sample.connections)),
  rows.map((row) => Math.round(row.sample.onlineUsers)),
];

const stateColumns = (rows: Row[]): unknown[][] => [
  rows.map((row) => row.sample.xrayState),
  rows.map((row) => row.sample.configRevision ?? null),
  rows.map((row) => row.sample.xrayVersion ?? null),
  rows.map((row) => row.sample.xrayStartedAt?.toISOString() ?? null),
  rows.map((row) => row.sample.xrayError ?? null),
];

const toEvent = ({ nodeId, sample }: Row): NodeSample => ({
  nodeId,
  at: sample.at.toISOString(),
  cpu: sample.cpu,
  memory: sample.memory,
  disk: sample.disk,
  loadAverage: sample.loadAverage,
  uplinkRate: sample.uplinkRate,
  downlinkRate: sample.downlinkRate,
  connections: Math.round(sample.connections),
  onlineUsers: Math.round(sample.onlineUsers),
  xrayState: sample.xrayState,
  xrayError: sample.xrayError ?? null,
  configRevision: sample.configRevision ?? null,
});
