import type { DataSource } from 'typeorm';
import { Node, type Location, type NodeTag } from './node.entity.js';
import { NodeHealth, NodeMode, NodeStatus, XrayState } from './node.enums.js';
import { nodeIssues, THRESHOLDS } from './node.issues.js';

/** Whether something is wrong with the node; nodeIssues says the same, and what, of a single row. */
export const IS_PROBLEM = `(n.mode <> 'DISABLED' AND s.registered_at IS NOT NULL AND (
  NOT s.connected OR s.health = 'UNHEALTHY' OR s.xray_state <> 'RUNNING' OR s.xray_error IS NOT NULL OR y.state = 'FAILED' OR y.drift_since IS NOT NULL OR s.cpu >= ${THRESHOLDS.cpu}::real
  OR s.memory >= ${THRESHOLDS.memory}::real OR s.disk >= ${THRESHOLDS.disk}::real))`;

/** The NodeStatus of a row of nodes n, node_status s and node_sync y. */
export const STATUS = `CASE
  WHEN n.mode = 'DISABLED' THEN 'DISABLED'
  WHEN s.registered_at IS NULL THEN 'PENDING'
  WHEN NOT s.connected THEN 'OFFLINE'
  WHEN ${IS_PROBLEM} THEN 'DEGRADED'
  ELSE 'ONLINE' END`;

/** Tokens come last, so that they are looked up only for the rows that are left. */
const COLUMNS = `n.*, s.*, ${STATUS} AS status,
  y.state AS sync_state, y.last_error AS sync_error, y.attempted_at AS sync_attempted_at, y.drift_since,
  t.created_at AS token_created_at, t.last_used_at AS token_last_used_at, t.revoked_at AS token_revoked_at,
  j.created_at AS join_created_at, j.expires_at AS join_expires_at, j.used_at AS join_used_at, j.open AS join_open`;

const TOKENS = `
  LEFT JOIN node_sync y ON y.node_id = n.id  LEFT JOIN LATERAL (SELECT created_at, last_used_at, revoked_at FROM node_tokens
    WHERE node_id = n.id AND kind = 'NODE' ORDER BY created_at DESC LIMIT 1) t ON true
  LEFT JOIN LATERAL (SELECT created_at, expires_at, used_at,
      used_at IS NULL AND revoked_at IS NULL AND expires_at > now() AS open FROM node_tokens
    WHERE node_id = n.id AND kind = 'JOIN' ORDER BY created_at DESC LIMIT 1) j ON true`;

/** Nodes by their ids, in no order. */
export async function nodesByIds(db: Pick<DataSource, 'query'>, ids: readonly string[]): Promise<Node[]> {
  const rows = await db.query<NodeRow[]>(
    `SELECT ${COLUMNS} FROM nodes n JOIN node_status s ON s.node_id = n.id ${TOKENS} WHERE n.id = ANY($1)`,
    [ids],
  );
  return rows.map(toNode);
}

/** Nodes of a page in its order; `page` is a subquery with the columns `id`, `sort_key` and `sort_value`. */
export const nodesOfPage = (page: string, direction: string): string =>
  `SELECT ${COLUMNS}, page.sort_value FROM (${page}) page
   JOIN nodes n ON n.id = page.id JOIN node_status s ON s.node_id = n.id ${TOKENS} ORDER BY page.sort_key ${direction}, page.id`;

/** A row of COLUMNS, as the driver hands it over. */
export interface NodeRow {
  id: string;
  name: string;
  address: string;
  agent_port: number;
  mode: NodeMode;
  tags: NodeTag[];
  location: Location | null;
  weight: number;
  capacity: number | null;
  ip_allowlist: string[];
  created_at: Date;
  updated_at: Date;
  status: NodeStatus;
  connected: boolean;
  connected_at: Date | null;
  disconnected_at: Date | null;
  last_seen_at: Date | null;
  remote_address: string | null;
  agent_version: string | null;
  hostname: string | null;
  tls_verified_at: Date | null;
  registered_at: Date | null;
  first_xray_at: Date | null;
  first_sample_at: Date | null;
  join_problem: string | null;
  xray_state: XrayState;
  xray_state_since: Date | null;
  xray_version: string | null;
  xray_started_at: Date | null;
  health: NodeHealth;
  health_since: Date;
  damped: boolean;
  health_reason: { words: string } | null;
  xray_error: string | null;
  latency_ms: number | null;
  sampled_at: Date | null;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  load_average: number | null;
  uplink_rate: number | null;
  downlink_rate: number | null;
  connections: number | null;
  online_users: number | null;
  load: number | null;
  token_created_at: Date | null;
  token_last_used_at: Date | null;
  token_revoked_at: Date | null;
  join_created_at: Date | null;
  join_expires_at: Date | null;
  join_used_at: Date | null;
  join_open: boolean | null;
  sync_state: string | null;
  sync_error: string | null;
  sync_attempted_at: Date | null;
  drift_since: Date | null;
  sort_value: string | number | null;
}

export function toNode(row: NodeRow): Node {
  const node: Node = Object.create(Node.prototype) as Node;
  return Object.assign(node, {
    id: row.id,
    name: row.name,
    address: row.address,
    agentPort: row.agent_port,
    mode: row.mode,
    tags: row.tags,
    location: row.location,
    weight: row.weight,
    capacity: row.capacity,
    ipAllowlist: row.ip_allowlist,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    status: row.status,
    health: row.health,
    healthSince: row.health_since,
    damped: row.damped,
    healthReason: row.health_reason?.words ?? null,
    connectionCount: row.connections ?? 0,
    load: row.load,
    latencyMs: row.latency_ms,
    issues: issuesOf(row),
    agent: agentOf(row),
    xray: { state: row.xray_state, version: row.xray_version, startedAt: row.xray_started_at },
    token: tokenOf(row),
    onboarding: onboardingOf(row),
    metrics: metricsOf(row),
  });
}

const issuesOf = (row: NodeRow): Node['issues'] =>
  nodeIssues({
    mode: row.mode,
    registered: row.registered_at !== null,
    connected: row.connected,
    disconnectedAt: row.disconnected_at,
    tokenRevokedAt: row.token_revoked_at,
    xrayState: row.xray_state,
    xrayStateSince: row.xray_state_since,
    sampledAt: row.sampled_at,
    cpu: row.cpu,
    memory: row.memory,
    disk: row.disk,
    health: row.health,
    healthSince: row.health_since,
    healthReason: row.health_reason?.words ?? null,
    xrayError: row.xray_error,
    syncError: row.sync_state === 'FAILED' ? (row.sync_error ?? '') : null,
    syncFailedAt: row.sync_attempted_at,
    driftSince: row.drift_since,
  });

const agentOf = (row: NodeRow): Node['agent'] => ({
  connected: row.connected,
  version: row.agent_version,
  hostname: row.hostname,
  connectedAt: row.connected ? row.connected_at : null,
  lastSeenAt: row.last_seen_at,
  remoteAddress: row.remote_address,
});

const tokenOf = (row: NodeRow): Node['token'] => ({
  createdAt: row.token_created_at ?? row.join_created_at ?? row.created_at,
  lastUsedAt: row.token_last_used_at,
  revokedAt: row.token_revoked_at,
  rotationPending: row.registered_at !== null && row.join_open === true,
});

const onboardingOf = (row: NodeRow): Node['onboarding'] => ({
  joinTokenExpiresAt: row.join_open ? row.join_expires_at : null,
  tokenUsedAt: row.join_used_at,
  tlsVerifiedAt: row.tls_verified_at,
  registeredAt: row.registered_at,
  xrayStartedAt: row.first_xray_at,
  firstMetricsAt: row.first_sample_at,
  problem: row.join_problem,
});

function metricsOf(row: NodeRow): Node['metrics'] {
  if (row.sampled_at === null) return null;
  return {
    at: row.sampled_at,
    cpu: row.cpu ?? 0,
    memory: row.memory ?? 0,
    disk: row.disk ?? 0,
    loadAverage: row.load_average ?? 0,
    uplinkRate: row.uplink_rate ?? 0,
    downlinkRate: row.downlink_rate ?? 0,
    connections: row.connections ?? 0,
    onlineUsers: row.online_users ?? 0,
  };
}
