import type { DataSource } from 'typeorm';
import { attemptsLoader, deliveriesLoader, lastDeliveryLoader } from './domains/alerts/index.js';
import { groupsOfLoader, groupStatsLoader } from './domains/groups/index.js';
import { loadTrendLoader, type MetricHistory } from './domains/metrics/index.js';
import { nodeLoader } from './domains/nodes/index.js';
import { proxyTargetsLoader } from './domains/proxies/index.js';
import { syncStatusLoader } from './domains/sync/index.js';
import { pendingNodesOfUserLoader } from './domains/users/index.js';

/**
 * One set for each request or subscription, each made when it is first asked for: most operations, an agent's report
 * above all, need none. They batch and never cache.
 */
export class Loaders {
  private readonly made = new Map<string, unknown>();

  constructor(
    private readonly db: DataSource,
    private readonly history: MetricHistory,
  ) {}

  get node() {
    return this.once('node', () => nodeLoader(this.db));
  }

  get loadTrend() {
    return this.once('loadTrend', () => loadTrendLoader(this.history));
  }

  get syncStatus() {
    return this.once('syncStatus', () => syncStatusLoader(this.db));
  }

  get groupStats() {
    return this.once('groupStats', () => groupStatsLoader(this.db));
  }

  get groupsOfNode() {
    return this.once('groupsOfNode', () => groupsOfLoader(this.db, { table: 'group_nodes', column: 'node_id' }));
  }

  get groupsOfUser() {
    return this.once('groupsOfUser', () => groupsOfLoader(this.db, { table: 'user_groups', column: 'user_id' }));
  }

  get groupsOfProxy() {
    return this.once('groupsOfProxy', () => groupsOfLoader(this.db, { table: 'proxy_groups', column: 'proxy_id' }));
  }

  get proxyTargets() {
    return this.once('proxyTargets', () => proxyTargetsLoader(this.db));
  }

  get pendingNodesOfUser() {
    return this.once('pendingNodesOfUser', () => pendingNodesOfUserLoader(this.db));
  }

  get lastDeliveryOfChannel() {
    return this.once('lastDeliveryOfChannel', () => lastDeliveryLoader(this.db));
  }

  get deliveriesOfChannel() {
    return this.once('deliveriesOfChannel', () => deliveriesLoader(this.db));
  }

  get attemptsOfDelivery() {
    return this.once('attemptsOfDelivery', () => attemptsLoader(this.db));
  }

  private once<T>(name: string, make: () => T): T {
    let loader = this.made.get(name) as T | undefined;
    if (loader === undefined) this.made.set(name, (loader = make()));
    return loader;
  }
}
