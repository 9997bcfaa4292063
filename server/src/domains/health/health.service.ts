import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { AppError, notFound } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import { isUuid, type ConnectionCheck, type NodeHealth } from '../nodes/index.js';
import type { HealthHistory } from './health.history.js';
import { ProbeKind, type HealthCheck, type NodeHealthEvent, type ProbeResult } from './health.types.js';
import { probeNode, type ProbeIdentity } from './probe.js';

const VANTAGE = 'panel';

const STEP_NAMES: Record<ProbeKind, string> = {
  [ProbeKind.TCP]: 'TCP connection',
  [ProbeKind.API]: 'Agent API',
  [ProbeKind.XRAY]: 'Xray',
};

interface Target {
  address: string;
  agent_port: number;
  health: NodeHealth;
}

const totalLatency = (probes: ProbeResult[]): number =>
  probes.reduce((sum, { latencyMs }) => sum + (latencyMs ?? 0), 0);

export class HealthService implements ConnectionCheck {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly identity: () => Promise<ProbeIdentity>,
    private readonly clock: Clock,
    private readonly history: HealthHistory,
  ) {}

  /** Before a node is stored nothing but its port can be tried: it has no certificate yet. */
  async assertReachable(address: string, agentPort: number): Promise<void> {
    const probes = await probeNode({ nodeId: undefined, address, agentPort }, await this.identity());
    const failed = probes.find(({ ok }) => !ok);
    if (!failed) return;
    const message = `${STEP_NAMES[failed.kind]} to ${address} port ${agentPort} failed: ${failed.error}`;
    throw new AppError('NODE_UNREACHABLE', message, { fields: [{ path: 'address', message }] });
  }

  /** Looks at the node now and keeps what it has seen. */
  async check(nodeId: string): Promise<HealthCheck> {
    const target = await this.target(nodeId);
    const at = this.clock.now();
    const { address, agent_port: agentPort, health } = target;
    const probes = await probeNode({ nodeId, address, agentPort }, await this.identity());
    const ok = probes.length > 0 && probes.every((probe) => probe.ok);
    const latencyMs = ok ? totalLatency(probes) : null;
    if (ok) await this.db.query('UPDATE node_status SET latency_ms = $2 WHERE node_id = $1', [nodeId, latencyMs]);
    const seen = { nodeId, at, ok, latencyMs, probes, healthAfter: health, vantage: VANTAGE };
    const check = await this.history.store(seen);
    this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    return check;
  }

  private async target(nodeId: string): Promise<Target> {
    if (!isUuid(nodeId)) throw notFound('Node');
    const [row] = await this.db.query<Target[]>(
      'SELECT n.address, n.agent_port, s.health FROM nodes n JOIN node_status s ON s.node_id = n.id WHERE n.id = $1',
      [nodeId],
    );
    if (!row) throw notFound(`Node ${nodeId}`);
    return row;
  }

  /** How the chosen nodes stand, as the beginning of a subscription; all of them when nothing is chosen. */
  async standing(nodeIds: readonly string[] | null, groupIds: readonly string[] | null): Promise<NodeHealthEvent[]> {
    const rows = await this.db.query<(Omit<NodeHealthEvent, 'from'> & { to: NodeHealth })[]>(
      `SELECT s.node_id AS "nodeId", s.health AS "to", s.health_since AS at, s.health_reason ->> 'words' AS reason
       FROM node_status s WHERE ($1::uuid[] IS NULL OR s.node_id = ANY($1)) AND ($2::uuid[] IS NULL
         OR s.node_id IN (SELECT m.node_id FROM group_nodes m WHERE m.group_id = ANY($2)))`,
      [nodeIds?.filter(isUuid) ?? null, groupIds?.filter(isUuid) ?? null],
    );
    return rows.map((row) => ({ ...row, from: row.to }));
  }

  async inGroups(events: readonly NodeHealthEvent[], groupIds: readonly string[]): Promise<NodeHealthEvent[]> {
    const rows = await this.db.query<{ node_id: string }[]>(
      'SELECT DISTINCT node_id FROM group_nodes WHERE node_id = ANY($1) AND group_id = ANY($2)',
      [events.map(({ nodeId }) => nodeId), groupIds.filter(isUuid)],
    );
    const members = new Set(rows.map((row) => row.node_id));
    return events.filter(({ nodeId }) => members.has(nodeId));
  }
}
