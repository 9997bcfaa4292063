import type { DataSource } from 'typeorm';
import type { NodeMode, XrayState } from '../../nodes/index.js';
import { transportsOf, type ProxyService } from '../../proxies/index.js';
import type { StoredHealth } from '../machine/node-state.js';

/** What the engine has to know of a node besides what it sees itself. */
export interface NodeFacts {
  id: string;
  name: string;
  address: string;
  agentPort: number;
  mode: NodeMode;
  groupIds: string[];
  connected: boolean;
  enrolled: boolean;
  xrayState: XrayState;
  desiredRevision: string | null;
  appliedRevision: string | null;
  /** TCP ports of the proxies that it serves; undefined while it is not in step, since they may not be there yet. */
  ports: number[] | undefined;
  stored: StoredHealth | null;
  /** Age of what is stored, in milliseconds. */
  storedAgeMs: number;
}

interface Row extends Omit<NodeFacts, 'ports'> {
  inSync: boolean;
  proxyIds: string[];
}

/** Of these nodes, or of all in these shards; those that do not exist are left out. */
export async function loadNodeFacts(
  db: DataSource,
  proxies: ProxyService,
  nodeIds: readonly string[] | null,
): Promise<NodeFacts[]> {
  const rows = await db.query<Row[]>(
    `SELECT n.id, n.name, n.address, n.agent_port AS "agentPort", n.mode,
       ARRAY(SELECT m.group_id::text FROM group_nodes m WHERE m.node_id = n.id) AS "groupIds",
       s.connected, s.registered_at IS NOT NULL AS enrolled, s.xray_state AS "xrayState",
       y.desired_revision AS "desiredRevision", y.applied_revision AS "appliedRevision", y.state = 'IN_SYNC' AS "inSync",
       ARRAY(SELECT v.proxy_id::text FROM proxy_serving v JOIN proxies p ON p.id = v.proxy_id
         WHERE v.node_id = n.id AND p.enabled) AS "proxyIds",
       h.stored, coalesce(extract(epoch FROM now() - h.stored_at) * 1000, 0)::float8 AS "storedAgeMs"
     FROM nodes n JOIN node_status s ON s.node_id = n.id JOIN node_sync y ON y.node_id = n.id
     LEFT JOIN node_health h ON h.node_id = n.id
     WHERE $1::uuid[] IS NULL OR n.id = ANY($1)`,
    [nodeIds],
  );
  if (rows.length === 0) return [];
  const ports = new Map<string, number>();
  for (const { id, port, secretInbound } of await proxies.enabled(db)) {
    if (transportsOf(secretInbound).has('tcp')) ports.set(id, port);
  }
  return rows.map(({ proxyIds, inSync, ...row }) => ({
    ...row,
    ports: inSync ? proxyIds.flatMap((id) => ports.get(id) ?? []) : undefined,
  }));
}
