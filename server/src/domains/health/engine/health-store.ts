import type { DataSource, EntityManager } from 'typeorm';
import type { Alert } from '../../alerts/index.js';
import type { EventBus } from '../../../platform/events/bus.js';
import type { Logger } from '../../../platform/log.js';
import type { TargetResult } from '../machine/evidence.js';
import type { Health, StoredHealth } from '../machine/node-state.js';
import type { EvidenceLine } from '../machine/reason.js';

const GATHER_MS = 25;
const RETRY_MS = 1_000;
/** Changes of health that wait for a database that does not answer; with more, the oldest are given up. */
const MOST_WAITING = 50_000;
const ROUNDS_EVERY_MS = 500;
const MOST_ROUNDS = 20_000;

/** Evidence with times that people and other panels can read. */
export type DatedLine = Omit<EvidenceLine, 'sinceMs'> & { since: string };

export interface Change {
  nodeId: string;
  at: Date;
  from: Health;
  to: Health;
  incarnation: number;
  damped: boolean;
  words: string;
  evidence: DatedLine[];
  stored: StoredHealth;
  alerts: Alert[];
}

export interface FinishedRound {
  nodeId: string;
  at: Date;
  results: TargetResult[];
  healthAfter: Health;
}

/** Where the alerts of a change go, in the transaction of the change. */
export interface AlertSink {
  raise(manager: EntityManager, ...alerts: Alert[]): Promise<number>;
  announce(): void;
}

/** Writes what the engine has decided and seen: changes each once and in order, rounds in batches. */
export class HealthStore {
  private changes: Change[] = [];
  private rounds: FinishedRound[] = [];
  private timer: NodeJS.Timeout | undefined;
  private roundTimer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private stopped = false;
  /** How long the slowest write of the last seconds has taken, for the panel's trust in itself. */
  slowestMs = 0;

  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly alerts: AlertSink,
    private readonly log: Logger,
  ) {}

  changed(change: Change): void {
    this.changes.push(change);
    if (this.changes.length > MOST_WAITING) this.changes.shift();
    this.schedule(GATHER_MS);
  }

  finished(round: FinishedRound): void {
    if (this.rounds.length >= MOST_ROUNDS) return;
    this.rounds.push(round);
    this.roundTimer ??= setTimeout(() => void this.writeRounds(), ROUNDS_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.roundTimer);
    await this.writing;
    await this.writeChanges().catch((error: unknown) => this.log.error({ err: error }, 'changes of health were lost'));
    await this.writeRounds();
  }

  private schedule(waitMs: number): void {
    if (this.timer || this.writing || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      let failed = false;
      this.writing = this.writeChanges()
        .catch((error: unknown) => {
          failed = true;
          this.log.error({ err: error }, 'changes of health could not be written, trying again');
        })
        .finally(() => {
          this.writing = undefined;
          if (this.changes.length > 0) this.schedule(failed ? RETRY_MS : 0);
        });
    }, waitMs);
  }

  private async writeChanges(): Promise<void> {
    const batch = this.changes.slice(0, 1_000);
    if (batch.length === 0) return;
    const started = performance.now();
    await this.db.transaction((manager) => this.write(manager, batch));
    this.slowestMs = Math.max(this.slowestMs, performance.now() - started);
    this.changes = this.changes.slice(batch.length);
    for (const { nodeId, from, to, at, words } of batch) {
      if (from !== to) {
        this.events.publish('nodeHealthChanged', { nodeId, from, to, at: at.toISOString(), reason: words });
      }
      this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
    if (batch.some(({ alerts }) => alerts.length > 0)) this.alerts.announce();
  }

  private async write(manager: EntityManager, batch: Change[]): Promise<void> {
    // The newest of each node is its state; all of them are its history.
    const newest = [...new Map(batch.map((change) => [change.nodeId, change])).values()].toSorted((a, b) =>
      a.nodeId < b.nodeId ? -1 : 1,
    );
    await manager.query(
      `WITH c AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::boolean[], $5::jsonb[], $6::jsonb[])
           c (node_id, health, at, damped, reason, stored)),
         locked AS (SELECT s.node_id FROM node_status s WHERE s.node_id = ANY($1) ORDER BY s.node_id FOR UPDATE),
         kept AS (INSERT INTO node_health (node_id, stored, stored_at)
           SELECT c.node_id, c.stored, now() FROM c JOIN locked USING (node_id)
           ON CONFLICT (node_id) DO UPDATE SET stored = excluded.stored, stored_at = excluded.stored_at)
       UPDATE node_status s SET health = c.health, damped = c.damped, health_reason = c.reason,
         health_since = CASE WHEN s.health = c.health THEN s.health_since ELSE c.at END
       FROM c JOIN locked USING (node_id) WHERE s.node_id = c.node_id`,
      [
        newest.map(({ nodeId }) => nodeId),
        newest.map(({ to }) => to),
        newest.map(({ at }) => at.toISOString()),
        newest.map(({ damped }) => damped),
        newest.map(({ words, evidence }) => storable({ words, evidence })),
        newest.map(({ stored }) => storable(stored)),
      ],
    );
    const moves = batch.filter(({ from, to }) => from !== to);
    await manager.query(
      `INSERT INTO health_transitions (node_id, at, from_health, to_health, incarnation, reason, evidence)
       SELECT t.* FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::jsonb[])
         t (node_id, at, f, t, i, r, e) JOIN nodes n ON n.id = t.node_id`,
      [
        moves.map(({ nodeId }) => nodeId),
        moves.map(({ at }) => at.toISOString()),
        moves.map(({ from }) => from),
        moves.map(({ to }) => to),
        moves.map(({ incarnation }) => incarnation),
        moves.map(({ words }) => words.replaceAll('\0', '')),
        moves.map(({ evidence }) => storable(evidence)),
      ],
    );
    const alerts = batch.flatMap((change) => change.alerts);
    if (alerts.length > 0) await this.alerts.raise(manager, ...alerts);
  }

  private async writeRounds(): Promise<void> {
    this.roundTimer = undefined;
    const rounds = this.rounds.splice(0);
    if (rounds.length === 0) return;
    const rows = rounds.map(({ nodeId, at, results, healthAfter }) => {
      const ok = results.length > 0 && results.every(({ outcome }) => outcome === 'ok');
      return { nodeId, at, ok, latencyMs: ok ? latencyOf(results) : null, results, healthAfter };
    });
    const started = performance.now();
    try {
      await this.db.query(
        `INSERT INTO health_checks (node_id, at, ok, latency_ms, probes, health_after, vantage)
         SELECT *, 'panel' FROM unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::real[], $5::jsonb[], $6::text[])`,
        [
          rows.map(({ nodeId }) => nodeId),
          rows.map(({ at }) => at.toISOString()),
          rows.map(({ ok }) => ok),
          rows.map(({ latencyMs }) => latencyMs),
          rows.map(({ results }) => storable(results.map(toProbe))),
          rows.map(({ healthAfter }) => healthAfter),
        ],
      );
      const good = rows.filter(({ ok }) => ok);
      await this.db.query(
        `WITH c AS (SELECT * FROM unnest($1::uuid[], $2::real[]) c (node_id, latency_ms)),
           locked AS (SELECT s.node_id FROM node_status s WHERE s.node_id = ANY($1) ORDER BY s.node_id FOR UPDATE)
         UPDATE node_status s SET latency_ms = c.latency_ms
         FROM c JOIN locked USING (node_id) WHERE s.node_id = c.node_id`,
        [good.map(({ nodeId }) => nodeId), good.map(({ latencyMs }) => latencyMs)],
      );
    } catch (error) {
      // History is worth less than the verdicts that go on: it is not repeated.
      this.log.error({ err: error }, 'checks were not written down');
    }
    this.slowestMs = Math.max(this.slowestMs, performance.now() - started);
  }
}

const storable = (value: unknown): string => JSON.stringify(value).replaceAll(String.raw`\u0000`, '');

/** Of the agent's API: it is asked of every node, and each time in the same way. */
export const latencyOf = (results: readonly TargetResult[]): number | null =>
  results.find(({ target }) => target.kind === 'agentApi')?.latencyMs ?? results[0]?.latencyMs ?? null;

/** One step of a check as the API shows it. */
function toProbe({ target, outcome, latencyMs, detail }: TargetResult) {
  const kind = { proxyPort: 'TCP', agentApi: 'API', xray: 'XRAY' }[target.kind];
  const port = target.kind === 'proxyPort' ? target.port : null;
  return { kind, port, ok: outcome === 'ok', latencyMs, error: outcome === 'ok' ? null : (detail ?? outcome) };
}
