import type { DataSource } from 'typeorm';
import { badInput } from '../../platform/errors.js';
import { decodeCursor, pageSize, toConnection, type Connection } from '../../platform/graphql/paging.js';
import { isUuid, type NodeHealth } from '../nodes/index.js';
import type { DatedLine } from './engine/health-store.js';
import type { HealthCheck, HealthTransition } from './health.types.js';

const MOST_TRANSITIONS = 500;

type CheckRow = HealthCheck & { exact: string };

const CHECK_COLUMNS = `c.id, c.node_id AS "nodeId", c.at, c.ok, c.latency_ms AS "latencyMs", c.probes,
  c.health_after AS "healthAfter", c.vantage, c.at::text AS exact`;

/** What was seen of nodes, and what was made of it. */
export class HealthHistory {
  constructor(private readonly db: DataSource) {}

  /** Newest first. */
  async checks(nodeId: string, first: number, after: string | null | undefined): Promise<Connection<HealthCheck>> {
    const size = pageSize(first);
    const [at, id] = after ? decodeCursor(after) : [null, null];
    if (id !== null && (!isUuid(id) || Number.isNaN(Date.parse(String(at))))) {
      throw badInput([{ path: 'after', message: 'is not a cursor of this list' }]);
    }
    const rows = await this.db.query<CheckRow[]>(
      `SELECT ${CHECK_COLUMNS} FROM health_checks c
       WHERE c.node_id = $1 AND ($2::timestamptz IS NULL OR (c.at <= $2 AND (c.at, c.id) < ($2, $3::uuid)))
       ORDER BY c.at DESC, c.id DESC LIMIT $4`,
      [nodeId, at, id, size + 1],
    );
    const count = async (): Promise<number> => {
      const [row] = await this.db.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM health_checks WHERE node_id = $1',
        [nodeId],
      );
      return row?.count ?? 0;
    };
    return toConnection<HealthCheck>(rows, size, after, (row) => [(row as CheckRow).exact, row.id], count);
  }

  async store(check: Omit<HealthCheck, 'id'>): Promise<HealthCheck> {
    const { nodeId, at, ok, latencyMs, probes, healthAfter, vantage } = check;
    const [row] = await this.db.query<{ id: string }[]>(
      `INSERT INTO health_checks (node_id, at, ok, latency_ms, probes, health_after, vantage)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [nodeId, at, ok, latencyMs, JSON.stringify(probes), healthAfter, vantage],
    );
    return { ...check, id: row!.id };
  }

  /** Newest first. */
  async transitions(nodeId: string, first: number): Promise<HealthTransition[]> {
    const limit = pageSize(first, MOST_TRANSITIONS);
    const rows = await this.db.query<(Omit<HealthTransition, 'evidence'> & { evidence: DatedLine[] })[]>(
      `SELECT id, at, from_health AS "from", to_health AS "to", reason, evidence FROM health_transitions
       WHERE node_id = $1 ORDER BY id DESC LIMIT $2`,
      [nodeId, limit],
    );
    return rows.map((row) => ({
      ...row,
      evidence: row.evidence.map((line) => ({ ...line, since: new Date(line.since) })),
    }));
  }

  /**
   * Share of the range in which the node served its users as far as the panel knows: UNHEALTHY, RECOVERING and UNKNOWN do
   * not count; SUSPECT and DETACHED do, since nobody has proved otherwise. Null when the node was not known in it.
   */
  async availability(nodeId: string, from: Date, to: Date): Promise<number | null> {
    if (from >= to) throw badInput([{ path: 'range', message: 'has to end after it begins' }]);
    const rows = await this.db.query<{ at: Date; to: NodeHealth }[]>(
      `(SELECT at, to_health AS "to" FROM health_transitions WHERE node_id = $1 AND at <= $2 ORDER BY id DESC LIMIT 1)
       UNION ALL
       (SELECT at, to_health AS "to" FROM health_transitions WHERE node_id = $1 AND at > $2 AND at < $3 ORDER BY id)`,
      [nodeId, from, to],
    );
    let good = 0;
    let known = 0;
    const end = Math.min(to.getTime(), Date.now());
    rows.forEach((row, index) => {
      const begins = Math.max(row.at.getTime(), from.getTime());
      const ends = Math.min(rows[index + 1]?.at.getTime() ?? end, end);
      const length = Math.max(0, ends - begins);
      known += length;
      if (SERVING.has(row.to)) good += length;
    });
    return known === 0 ? null : good / known;
  }
}

const SERVING = new Set<string>(['HEALTHY', 'SUSPECT', 'DETACHED']);
