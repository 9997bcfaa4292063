import type { Fleet } from '../fleet/fleet.js';
import type { NodeConfiguration } from '../fleet/node-configuration.js';
import type { ConfigurationTraffic, SimulatedAgent } from '../fleet/simulated-agent.js';

interface Waiting {
  userId: string;
  missing: Set<SimulatedAgent>;
  resolve(atMs: number): void;
}

/** Follows what the simulated nodes have, as far as the panel has answered that it knows. */
export class FleetWatch {
  private readonly known = new Map<SimulatedAgent, NodeConfiguration>();
  private waiting: Waiting[] = [];

  constructor(private readonly fleet: Fleet) {
    for (const agent of fleet.agents) {
      agent.onInStep = (configuration) => this.heard(agent, configuration);
      if (agent.running) this.known.set(agent, agent.running);
    }
  }

  /** Resolves with the time at which the last of the nodes has this user. */
  everyoneHas(userId: string): Promise<number> {
    return new Promise((resolve) => {
      const missing = this.fleet.agents.filter((agent) => !this.known.get(agent)?.users.has(userId));
      if (missing.length === 0) resolve(performance.now());
      else this.waiting.push({ userId, missing: new Set(missing), resolve });
    });
  }

  /** Of all nodes together, up to now. */
  traffic(): ConfigurationTraffic {
    const sum = { whole: 0, users: 0, receivedBytes: 0, sentBytes: 0 };
    for (const { configurationTraffic } of this.fleet.agents) {
      for (const key of Object.keys(sum) as (keyof ConfigurationTraffic)[]) sum[key] += configurationTraffic[key];
    }
    return sum;
  }

  private heard(agent: SimulatedAgent, configuration: NodeConfiguration): void {
    this.known.set(agent, configuration);
    for (const { userId, missing } of this.waiting) if (configuration.users.has(userId)) missing.delete(agent);
    const done = this.waiting.filter(({ missing }) => missing.size === 0);
    if (done.length === 0) return;
    this.waiting = this.waiting.filter(({ missing }) => missing.size > 0);
    for (const { resolve } of done) resolve(performance.now());
  }
}

/** What came between two moments. */
export const trafficBetween = (before: ConfigurationTraffic, after: ConfigurationTraffic): ConfigurationTraffic => ({
  whole: after.whole - before.whole,
  users: after.users - before.users,
  receivedBytes: after.receivedBytes - before.receivedBytes,
  sentBytes: after.sentBytes - before.sentBytes,
});
