import type { SyncEntry } from './sync-status';

/**
 * Nodes that are on their way to a new configuration, from the first one that was seen to lag until all are through.
 *
 * none    -> running  a node is PENDING or SYNCING
 * running -> running  more nodes join, some arrive, some fail
 * running -> over     none is on its way any more: those left have failed, or wait for their agent
 * over    -> running  another change
 */
export interface Rollout {
  state: 'none' | 'running' | 'over';
  /** All that took part, those that are through as well. */
  nodeIds: ReadonlySet<string>;
  done: number;
  failed: number;
  /** Of no use to wait for: their agent is away. */
  away: number;
}

export const NO_ROLLOUT: Rollout = { state: 'none', nodeIds: new Set(), done: 0, failed: 0, away: 0 };

const isUnderWay = ({ state }: SyncEntry) => state === 'PENDING' || state === 'SYNCING';

export function advanceRollout(before: Rollout, entries: readonly SyncEntry[]): Rollout {
  const lagging = entries.filter(isUnderWay);
  const moving = lagging.some(({ node }) => node.agent.connected);
  if (before.state !== 'running' && !moving) return before.state === 'over' ? before : NO_ROLLOUT;
  const kept = before.state === 'running' ? before.nodeIds : NO_ROLLOUT.nodeIds;
  const nodeIds = new Set([...kept, ...lagging.map(({ node }) => node.id)]);
  const concerned = entries.filter(({ node }) => nodeIds.has(node.id));
  return {
    state: moving ? 'running' : 'over',
    nodeIds,
    done: concerned.filter(({ state }) => state === 'IN_SYNC').length,
    failed: concerned.filter(({ state }) => state === 'FAILED').length,
    away: concerned.filter((entry) => isUnderWay(entry) && !entry.node.agent.connected).length,
  };
}
