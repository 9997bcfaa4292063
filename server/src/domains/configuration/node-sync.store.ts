import type { DataSource } from 'typeorm';

/** A node that is connected to this panel and has to be looked at. */
export interface DueNode {
  nodeId: string;
  connectionId: string;
  appliedRevision: string | null;
  appliedVersion: string | null;
  appliedStructure: string | null;
  forceWhole: boolean;
}

/** A node that was found to run what it should. */
export interface Settled {
  nodeId: string;
  revision: string;
  structure: string;
}

/** A command that is about to be offered to a node. */
export interface Attempt {
  nodeId: string;
  id: string;
  connectionId: string;
  revision: string;
  structure: string;
  isWhole: boolean;
}

export interface Outcome {
  nodeId: string;
  attemptId: string;
  ok: boolean;
  appliedRevision: string | null;
  error: string | null;
  /** In case it has failed. */
  retryInMs: number;
}

/** A row that has changed, with what a list shows of it. */
export interface Changed {
  nodeId: string;
  state: string;
}

type ChangedRow = { node_id: string; state: string };

const toChanged = (rows: ChangedRow[]): Changed[] => rows.map(({ node_id: nodeId, state }) => ({ nodeId, state }));

/** An agent that has not answered by then will not. */
const PATIENCE_SECONDS = 120;
/** A report that was on its way while the newest attempt succeeded has arrived by then. */
const SETTLED_SECONDS = 2;

/** The rows of node_sync as the reconciler moves them. Every statement locks rows in the order of their ids. */
export class NodeSyncStore {
  constructor(
    private readonly db: DataSource,
    private readonly panelId: string,
  ) {}

  /** Nodes of this panel that are neither in step nor busy; those that wait longest first. */
  async due(limit: number): Promise<DueNode[]> {
    return this.db.query<DueNode[]>(
      `SELECT y.node_id AS "nodeId", s.connection_id AS "connectionId", y.applied_revision AS "appliedRevision",
         y.applied_version AS "appliedVersion", y.applied_structure AS "appliedStructure", y.force_whole AS "forceWhole"
       FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
       WHERE y.state <> 'IN_SYNC' AND s.connected AND s.panel_id = $1 AND s.registered_at IS NOT NULL AND (
         y.state IN ('NEVER', 'PENDING') OR (y.state = 'FAILED' AND y.next_retry_at <= now())
         OR (y.state = 'SYNCING' AND y.connection_id IS DISTINCT FROM s.connection_id))
       ORDER BY y.attempted_at NULLS FIRST LIMIT $2`,
      [this.panelId, limit],
    );
  }

  /** Whole configurations that agents of this panel are working on. */
  async wholeUnderWay(): Promise<number> {
    const [row] = await this.db.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
       WHERE y.state = 'SYNCING' AND y.attempt_is_whole AND s.panel_id = $1 AND y.connection_id = s.connection_id`,
      [this.panelId],
    );
    return row?.count ?? 0;
  }

  /** Nodes that are away and of which it is not known what they should run. */
  async awayAndUnplanned(limit: number): Promise<{ nodeId: string; appliedRevision: string | null }[]> {
    return this.db.query(
      `SELECT y.node_id AS "nodeId", y.applied_revision AS "appliedRevision"
       FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
       WHERE y.state <> 'IN_SYNC' AND NOT s.connected AND y.planned_version < y.wanted_version LIMIT $1`,
      [limit],
    );
  }

  async settle(version: string, settled: readonly Settled[]): Promise<Changed[]> {
    if (settled.length === 0) return [];
    const [rows] = await this.db.query<[ChangedRow[], number]>(
      `WITH c AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) c (node_id, revision, structure)),
         locked AS (SELECT node_id FROM node_sync WHERE node_id = ANY($2) ORDER BY node_id FOR UPDATE)
       UPDATE node_sync y SET
         state = CASE WHEN y.wanted_version > $1::bigint THEN 'PENDING' ELSE 'IN_SYNC' END,
         planned_version = $1, applied_version = $1, desired_revision = c.revision, applied_structure = c.structure,
         attempts = 0, last_error = NULL, next_retry_at = NULL, drift_since = NULL, attempt_id = NULL,
         last_synced_at = coalesce(y.last_synced_at, now())
       FROM c, locked WHERE y.node_id = c.node_id AND y.node_id = locked.node_id AND y.applied_revision = c.revision
       RETURNING y.node_id, y.state`,
      [version, ...columns(settled, ['nodeId', 'revision', 'structure'])],
    );
    return toChanged(rows);
  }

  async begin(version: string, attempts: readonly Attempt[]): Promise<Changed[]> {
    if (attempts.length === 0) return [];
    const [rows] = await this.db.query<[ChangedRow[], number]>(
      `WITH c AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::boolean[])
           c (node_id, id, connection_id, revision, structure, is_whole)),
         locked AS (SELECT node_id FROM node_sync WHERE node_id = ANY($2) ORDER BY node_id FOR UPDATE)
       UPDATE node_sync y SET state = 'SYNCING', planned_version = $1, desired_revision = c.revision,
         attempt_id = c.id, attempt_version = $1, attempt_revision = c.revision, attempt_structure = c.structure,
         attempt_is_whole = c.is_whole, attempted_at = now(), connection_id = c.connection_id, next_retry_at = NULL
       FROM c, locked WHERE y.node_id = c.node_id AND y.node_id = locked.node_id
       RETURNING y.node_id, y.state`,
      [version, ...columns(attempts, ['nodeId', 'id', 'connectionId', 'revision', 'structure', 'isWhole'])],
    );
    return toChanged(rows);
  }

  async plan(version: string, planned: readonly { nodeId: string; revision: string }[]): Promise<void> {
    if (planned.length === 0) return;
    await this.db.query(
      `WITH c AS (SELECT * FROM unnest($2::uuid[], $3::text[]) c (node_id, revision)),
         locked AS (SELECT node_id FROM node_sync WHERE node_id = ANY($2) ORDER BY node_id FOR UPDATE)
       UPDATE node_sync y SET planned_version = $1, desired_revision = c.revision
       FROM c, locked WHERE y.node_id = c.node_id AND y.node_id = locked.node_id`,
      [version, ...columns(planned, ['nodeId', 'revision'])],
    );
  }

  /** Only the answer to the attempt that is under way counts. A failed change of users is followed by the whole. */
  async finish(outcomes: readonly Outcome[]): Promise<Changed[]> {
    const [rows] = await this.db.query<[ChangedRow[], number]>(
      `WITH c AS (
           SELECT t.*, t.ok AND t.applied IS NOT DISTINCT FROM y.attempt_revision AS done
           FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::text[], $6::bigint[])
             t (node_id, id, ok, applied, error, retry_ms)
           JOIN node_sync y ON y.node_id = t.node_id AND y.attempt_id = t.id AND y.state = 'SYNCING'
           ORDER BY t.node_id FOR UPDATE OF y)
       UPDATE node_sync y SET
         state = CASE WHEN c.done AND y.wanted_version <= y.attempt_version THEN 'IN_SYNC'
                      WHEN c.done OR NOT y.attempt_is_whole THEN 'PENDING' ELSE 'FAILED' END,
         applied_version = CASE WHEN c.done THEN y.attempt_version END,
         applied_revision = coalesce(c.applied, y.applied_revision),
         applied_structure = CASE WHEN c.done THEN y.attempt_structure END,
         attempts = CASE WHEN c.done THEN 0 ELSE y.attempts + 1 END,
         last_error = CASE WHEN c.done THEN NULL ELSE coalesce(c.error,
           'The node is at revision ' || coalesce(c.applied, 'unknown') || ' instead of ' || y.attempt_revision) END,
         last_synced_at = CASE WHEN c.done THEN now() ELSE y.last_synced_at END,
         next_retry_at = CASE WHEN c.done OR NOT y.attempt_is_whole THEN NULL
                              ELSE now() + c.retry_ms * interval '1 millisecond' END,
         force_whole = NOT c.done AND y.force_whole, drift_since = CASE WHEN c.done THEN NULL ELSE y.drift_since END,
         attempt_id = NULL
       FROM c WHERE y.node_id = c.node_id RETURNING y.node_id, y.state`,
      columns(outcomes, ['nodeId', 'attemptId', 'ok', 'appliedRevision', 'error', 'retryInMs']),
    );
    return toChanged(rows);
  }

  /** Failures in a row of the nodes, for the time of the next attempt. */
  async failures(nodeIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.db.query<{ node_id: string; attempts: number }[]>(
      'SELECT node_id, attempts FROM node_sync WHERE node_id = ANY($1)',
      [nodeIds],
    );
    return new Map(rows.map((row) => [row.node_id, row.attempts]));
  }

  /** Attempts whose connection is gone: their nodes wait again, and are given something new when they are back. */
  async releaseDisconnected(): Promise<Changed[]> {
    const [rows] = await this.db.query<[ChangedRow[], number]>(
      `WITH locked AS (
         SELECT y.node_id FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
         WHERE y.state = 'SYNCING' AND (NOT s.connected OR y.connection_id IS DISTINCT FROM s.connection_id)
         ORDER BY y.node_id FOR UPDATE OF y)
       UPDATE node_sync y SET state = 'PENDING', attempt_id = NULL FROM locked WHERE y.node_id = locked.node_id
       RETURNING y.node_id, y.state`,
    );
    return toChanged(rows);
  }

  /** Attempts whose agents have gone silent on an open connection. */
  async overdue(): Promise<{ nodeId: string; attemptId: string }[]> {
    return this.db.query(
      `SELECT y.node_id AS "nodeId", y.attempt_id AS "attemptId"
       FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
       WHERE y.state = 'SYNCING' AND s.panel_id = $1 AND y.connection_id = s.connection_id
         AND y.attempted_at < now() - $2 * interval '1 second'`,
      [this.panelId, PATIENCE_SECONDS],
    );
  }

  /** An agent has started and said what it is at. */
  async registered(nodeId: string, revision: string | null): Promise<Changed[]> {
    const [rows] = await this.db.query<[ChangedRow[], number]>(
      `UPDATE node_sync SET
         state = CASE WHEN state IN ('IN_SYNC', 'FAILED') AND applied_revision IS NOT DISTINCT FROM $2 THEN state
                      ELSE 'PENDING' END,
         applied_version = CASE WHEN applied_revision IS NOT DISTINCT FROM $2 THEN applied_version END,
         drift_since = CASE WHEN $2 LIKE 'drift-%' THEN coalesce(drift_since, now()) ELSE drift_since END,
         applied_revision = $2, attempt_id = NULL, suspect_sample_at = NULL
       WHERE node_id = $1 RETURNING node_id, state`,
      [nodeId, revision],
    );
    return toChanged(rows);
  }

  /**
   * Nodes in step whose reports say otherwise. A report may be older than the newest attempt: one that names just another
   * revision counts only when it has come a while after that, and has to be followed by a second one. "drift-" is what an
   * agent says that has seen it itself.
   */
  async findDrift(): Promise<string[]> {
    const mismatch = `y.state = 'IN_SYNC' AND s.connected AND s.panel_id = $1
      AND s.config_revision IS DISTINCT FROM y.applied_revision AND s.sampled_at IS NOT NULL`;
    const settled = `(y.last_synced_at IS NULL OR s.last_seen_at > y.last_synced_at + interval '${SETTLED_SECONDS} seconds')`;
    const [rows] = await this.db.query<[{ node_id: string }[], number]>(
      `WITH locked AS (
         SELECT y.node_id, s.config_revision, s.sampled_at FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
         WHERE ${mismatch} AND s.sampled_at IS DISTINCT FROM y.suspect_sample_at
           AND (s.config_revision LIKE 'drift-%' OR (${settled} AND s.sampled_at > y.suspect_sample_at))
         ORDER BY y.node_id FOR UPDATE OF y)
       UPDATE node_sync y SET state = 'PENDING', drift_since = coalesce(y.drift_since, now()), applied_version = NULL,
         applied_revision = locked.config_revision, suspect_sample_at = locked.sampled_at
       FROM locked WHERE y.node_id = locked.node_id RETURNING y.node_id`,
      [this.panelId],
    );
    await this.db.query(
      `WITH locked AS (
         SELECT y.node_id, s.sampled_at FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
         WHERE ${mismatch} AND ${settled} AND y.suspect_sample_at IS NULL ORDER BY y.node_id FOR UPDATE OF y)
       UPDATE node_sync y SET suspect_sample_at = locked.sampled_at FROM locked WHERE y.node_id = locked.node_id`,
      [this.panelId],
    );
    await this.db.query(
      `WITH locked AS (
         SELECT y.node_id FROM node_sync y JOIN node_status s ON s.node_id = y.node_id
         WHERE y.suspect_sample_at IS NOT NULL AND s.sampled_at > y.suspect_sample_at
           AND s.config_revision IS NOT DISTINCT FROM y.applied_revision ORDER BY y.node_id FOR UPDATE OF y)
       UPDATE node_sync y SET suspect_sample_at = NULL FROM locked WHERE y.node_id = locked.node_id`,
    );
    return rows.map((row) => row.node_id);
  }
}

/** An array for each column, for unnest. */
function columns<T extends object>(rows: readonly T[], names: readonly (keyof T)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}
