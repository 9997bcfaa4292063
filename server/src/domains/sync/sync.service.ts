import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { badInput, notFound } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import { isUuid } from '../nodes/index.js';
import { SyncState, type SyncInput, type SyncStateCount, type SyncStatus } from './sync.types.js';

const MOST_NODES = 1_000;

interface Row {
  node_id: string;
  state: SyncState;
  desired_revision: string | null;
  applied_revision: string | null;
  attempts: number;
  last_error: string | null;
  last_synced_at: Date | null;
  next_retry_at: Date | null;
  drift_since: Date | null;
}

const COLUMNS = `y.node_id, y.state, y.desired_revision, y.applied_revision, y.attempts, y.last_error, y.last_synced_at,
  CASE WHEN y.state = 'FAILED' THEN y.next_retry_at END AS next_retry_at, y.drift_since`;

const toStatus = (row: Row): SyncStatus => ({
  nodeId: row.node_id,
  state: row.state,
  desiredRevision: row.desired_revision,
  appliedRevision: row.applied_revision,
  attempts: row.attempts,
  lastError: row.last_error,
  lastSyncedAt: row.last_synced_at,
  nextRetryAt: row.next_retry_at,
  driftSince: row.drift_since,
});

/** What is known of a node of which nothing is known. */
const unknownStatus = (nodeId: string): SyncStatus => ({
  nodeId,
  state: SyncState.NEVER,
  desiredRevision: null,
  appliedRevision: null,
  attempts: 0,
  lastError: null,
  lastSyncedAt: null,
  nextRetryAt: null,
  driftSince: null,
});

/** Reads how far nodes are, and asks for attempts by hand. */
export class SyncService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
  ) {}

  async list(states?: SyncState[] | null): Promise<SyncStatus[]> {
    const rows = await this.db.query<Row[]>(
      `SELECT ${COLUMNS} FROM node_sync y JOIN nodes n ON n.id = y.node_id
       WHERE $1::text[] IS NULL OR y.state = ANY($1) ORDER BY n.name`,
      [states ?? null],
    );
    return rows.map(toStatus);
  }

  async byIds(nodeIds: readonly string[]): Promise<SyncStatus[]> {
    const rows = await this.db.query<Row[]>(
      `SELECT ${COLUMNS} FROM node_sync y JOIN nodes n ON n.id = y.node_id WHERE y.node_id = ANY($1) ORDER BY n.name`,
      [nodeIds.filter(isUuid)],
    );
    return rows.map(toStatus);
  }

  async counts(): Promise<SyncStateCount[]> {
    return this.db.query<SyncStateCount[]>(
      'SELECT state, count(*)::int AS count FROM node_sync GROUP BY state ORDER BY state',
    );
  }

  /** Makes the nodes due now, whatever has failed before; an attempt under way is followed by another one. */
  async request(input: SyncInput): Promise<SyncStatus[]> {
    const { nodeIds, groupIds, all } = validate(input);
    const [rows] = await this.db.query<[{ node_id: string }[], number]>(
      `WITH locked AS (
         SELECT y.node_id FROM node_sync y WHERE $1 OR y.node_id = ANY($2)
           OR y.node_id IN (SELECT m.node_id FROM group_nodes m WHERE m.group_id = ANY($3))
         ORDER BY y.node_id FOR UPDATE)
       UPDATE node_sync y SET attempts = 0, next_retry_at = NULL, force_whole = y.force_whole OR $4,
         state = CASE WHEN y.state = 'NEVER' THEN y.state ELSE 'PENDING' END
       FROM locked WHERE y.node_id = locked.node_id RETURNING y.node_id`,
      [all, nodeIds, groupIds, input.force ?? false],
    );
    if (rows.length < nodeIds.length) throw notFound('A node of these ids');
    for (const { node_id: nodeId } of rows) this.events.publish('syncChanged', { nodeId });
    this.events.publish('configChanged', {});
    return this.byIds(rows.map(({ node_id: nodeId }) => nodeId));
  }
}

function validate(input: SyncInput): { nodeIds: string[]; groupIds: string[]; all: boolean } {
  const given = [input.nodeIds, input.groupIds, input.all === true ? true : null].filter((value) => value != null);
  if (given.length !== 1) {
    throw badInput([{ path: 'nodeIds', message: 'give exactly one of nodeIds, groupIds and all' }]);
  }
  const nodeIds = [...new Set(input.nodeIds ?? [])];
  if (input.nodeIds && (nodeIds.length === 0 || nodeIds.length > MOST_NODES)) {
    throw badInput([{ path: 'nodeIds', message: `must be 1 to ${MOST_NODES} nodes` }]);
  }
  if (!nodeIds.every(isUuid)) throw notFound('A node of these ids');
  return { nodeIds, groupIds: (input.groupIds ?? []).filter(isUuid), all: input.all ?? false };
}

/** Batches, never caches. */
export const syncStatusLoader = (db: DataSource) =>
  new DataLoader<string, SyncStatus>(
    async (nodeIds) => {
      const rows = await db.query<Row[]>(`SELECT ${COLUMNS} FROM node_sync y WHERE y.node_id = ANY($1)`, [nodeIds]);
      const byNode = new Map(rows.map((row) => [row.node_id, toStatus(row)]));
      return nodeIds.map((nodeId) => byNode.get(nodeId) ?? unknownStatus(nodeId));
    },
    { cache: false, maxBatchSize: 1_000 },
  );
