import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { AppError, badInput, notFound } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import { decodeCursor, pageSize, toConnection, type Connection } from '../../platform/graphql/paging.js';
import { isUuid, type ConnectionCheck, type NodeHealth } from '../nodes/index.js';
import { HealthCheck, ProbeKind, type ProbeResult } from './health.types.js';
import { probeNode, type ProbeIdentity } from './probe.js';

const VANTAGE = 'panel';
const RETENTION_DAYS = 30;

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
    const check = await this.db.transaction(async (manager) => {
      if (ok) await manager.query('UPDATE node_status SET latency_ms = $2 WHERE node_id = $1', [nodeId, latencyMs]);
      const checks = manager.getRepository(HealthCheck);
      return checks.save(checks.create({ nodeId, at, ok, latencyMs, probes, healthAfter: health, vantage: VANTAGE }));
    });
    this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    return check;
  }

  /** Newest first. */
  async list(nodeId: string, first: number, after: string | null | undefined): Promise<Connection<HealthCheck>> {
    const size = pageSize(first);
    const query = this.db.getRepository(HealthCheck).createQueryBuilder('c').where('c.nodeId = :nodeId', { nodeId });
    if (after) {
      const [at, id] = decodeCursor(after);
      if (!isUuid(id) || Number.isNaN(Date.parse(String(at)))) {
        throw badInput([{ path: 'after', message: 'is not a cursor of this list' }]);
      }
      query.andWhere('(c.at, c.id) < (:at::timestamptz, :id::uuid)', { at, id });
    }
    const rows = await query
      .orderBy('c.at', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(size + 1)
      .getMany();
    const count = () => this.db.getRepository(HealthCheck).countBy({ nodeId });
    return toConnection(rows, size, after, (row) => [row.at.toISOString(), row.id], count);
  }

  async removeOld(): Promise<void> {
    await this.db.query(`DELETE FROM health_checks WHERE at < now() - $1 * interval '1 day'`, [RETENTION_DAYS]);
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
}
