import { setTimeout as sleep } from 'node:timers/promises';
import { Fleet } from '../fleet/fleet.js';
import { plainNodes } from '../fleet/plain-nodes.js';
import { forEachBounded } from '../support/bounded.js';
import { measureCpu, type CpuShares } from '../support/cpu-meter.js';
import type { Panel } from '../support/panel.js';
import { percentile } from '../support/percentile.js';
import { createService } from './service.js';
import { until } from './until.js';

const AT_A_TIME = 50;
/** Whatever a panel has to say to a node that has come back is said by then. */
const SETTLE_MS = 8_000;

export interface ReconnectFigures {
  seconds: number;
  shares: CpuShares;
  receivedBytes: { p50: number; most: number };
  sentBytes: { p50: number; most: number };
  configurationCommands: number;
}

interface Wanted {
  agents: number;
  users: number;
  borrowed: string;
}

/** All agents of a fleet in step lose their connection and come back at the same time. */
export async function measureReconnect(panel: Panel, { agents, ...wanted }: Wanted): Promise<ReconnectFigures> {
  const { groupId } = await createService(panel.api, wanted);
  const nodes = plainNodes(agents).map((spec) => ({ ...spec, groupIds: [groupId] }));
  const fleet = await Fleet.join({ api: panel.api, nodes, concurrency: AT_A_TIME });
  try {
    await forEachBounded(fleet.agents, AT_A_TIME, (agent) => agent.report());
    const commands = (): number =>
      fleet.agents.reduce((sum, { configurationTraffic: { whole, users } }) => sum + whole + users, 0);
    const before = commands();
    fleet.close();
    await until('the connections to end', 50, () => fleet.agents.every(({ connected }) => !connected));
    await sleep(SETTLE_MS);
    const { shares } = await measureCpu({ pid: panel.pid, postgresPid: panel.postgresPid }, () =>
      forEachBounded(fleet.agents, AT_A_TIME, (agent) => agent.connect()),
    );
    await sleep(SETTLE_MS);
    const traffic = fleet.agents.map((agent) => agent.traffic);
    return {
      seconds: shares.seconds,
      shares,
      receivedBytes: spread(traffic.map(({ receivedBytes }) => receivedBytes)),
      sentBytes: spread(traffic.map(({ sentBytes }) => sentBytes)),
      configurationCommands: commands() - before,
    };
  } finally {
    fleet.close();
  }
}

const spread = (values: number[]) => ({ p50: percentile(values, 0.5), most: Math.max(...values) });
