// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { SyncState } from '../graphql/gen/graphql';
import { advanceRollout, NO_ROLLOUT } from './rollout';
import { SyncFeed, type SyncListener } from './sync-feed';
import { arrange, countStates, shortRevision, type SyncEntry } from './sync-status';

const entry = (name: string, state: SyncState, more: Partial<SyncEntry> & { connected?: boolean } = {}): SyncEntry => ({
  state,
  desiredRevision: 'b0',
  appliedRevision: state === 'IN_SYNC' ? 'b0' : 'a0',
  attempts: 0,
  lastError: null,
  lastSyncedAt: null,
  nextRetryAt: null,
  driftSince: null,
  node: { id: name, name, agent: { connected: more.connected ?? true } },
  ...more,
});

const names = (entries: readonly SyncEntry[]) => entries.map(({ node }) => node.name);

describe('the states of the sync', () => {
  const fleet = [
    entry('b', 'IN_SYNC'),
    entry('a', 'IN_SYNC', { driftSince: '2026-01-01T00:00:00Z' }),
    entry('d', 'SYNCING'),
    entry('e', 'FAILED'),
    entry('c', 'FAILED'),
  ];

  it('[R7.4] are counted', () => {
    expect(countStates(fleet)).toEqual({
      FAILED: 2,
      PENDING: 0,
      SYNCING: 1,
      NEVER: 0,
      IN_SYNC: 2,
      total: 5,
      drifted: 1,
    });
  });

  it('[R7.4] stand with the failed first, and the drifted before those that are well', () => {
    expect(names(arrange(fleet, 'ALL', ''))).toEqual(['c', 'e', 'd', 'a', 'b']);
    expect(names(arrange(fleet, 'FAILED', ''))).toEqual(['c', 'e']);
    expect(names(arrange(fleet, 'DRIFTED', ''))).toEqual(['a']);
    expect(names(arrange(fleet, 'ALL', ' D '))).toEqual(['d']);
  });

  it('show enough of a revision to tell it from others', () => {
    expect(shortRevision('a0335a38560111a085f18f756fe4c982')).toBe('a0335a3856');
  });
});

describe('a roll-out', () => {
  it('[R7.1] counts from the first node that lags to the last that arrives', () => {
    const start = advanceRollout(NO_ROLLOUT, [entry('a', 'PENDING'), entry('b', 'PENDING'), entry('c', 'IN_SYNC')]);
    expect(start).toMatchObject({ state: 'running', done: 0 });
    expect(start.nodeIds.size).toBe(2);
    const half = advanceRollout(start, [entry('a', 'IN_SYNC'), entry('b', 'SYNCING'), entry('c', 'IN_SYNC')]);
    expect(half).toMatchObject({ state: 'running', done: 1 });
    const end = advanceRollout(half, [entry('a', 'IN_SYNC'), entry('b', 'FAILED'), entry('c', 'IN_SYNC')]);
    expect(end).toMatchObject({ state: 'over', done: 1, failed: 1 });
    expect(advanceRollout(end, [entry('c', 'SYNCING')]).nodeIds).toEqual(new Set(['c']));
  });

  it('does not wait for nodes whose agent is away', () => {
    const gone = entry('b', 'PENDING', { connected: false });
    expect(advanceRollout(NO_ROLLOUT, [gone])).toBe(NO_ROLLOUT);
    const start = advanceRollout(NO_ROLLOUT, [entry('a', 'PENDING'), gone]);
    expect(start).toMatchObject({ state: 'running', away: 1 });
    expect(advanceRollout(start, [entry('a', 'IN_SYNC'), gone])).toMatchObject({ state: 'over', done: 1, away: 1 });
  });
});

describe('the feed', () => {
  async function open(first: readonly SyncEntry[]) {
    let listener: SyncListener | undefined;
    const flushes: (() => void)[] = [];
    const source = {
      readAll: async () => first,
      watch: (next: SyncListener) => {
        listener = next;
        return () => (listener = undefined);
      },
    };
    const feed = new SyncFeed(source, (flush) => flushes.push(flush));
    let told = 0;
    const stop = feed.subscribe(() => (told += 1));
    await Promise.resolve();
    const flush = () => flushes.splice(0).forEach((run) => run());
    flush();
    return { feed, stop, flush, told: () => told, listener: () => listener };
  }

  it('[R7.4] tells a thousand changes at once, and the newest of each node', async () => {
    const { feed, flush, told, listener } = await open([entry('a', 'PENDING'), entry('b', 'PENDING')]);
    expect(told()).toBe(1);
    for (let change = 0; change < 1_000; change += 1) listener()?.onEntry(entry('a', 'SYNCING'));
    listener()?.onEntry(entry('a', 'IN_SYNC'));
    flush();
    expect(told()).toBe(2);
    expect(feed.of('a')?.state).toBe('IN_SYNC');
    listener()?.onDeleted(['b']);
    flush();
    expect(names(feed.getState().entries ?? [])).toEqual(['a']);
  });

  it('[R7.4] knows that an agent has gone although the status is the same, and draws nothing for other news', async () => {
    const { feed, flush, told, listener } = await open([entry('a', 'IN_SYNC')]);
    listener()?.onNode(entry('a', 'IN_SYNC', { connected: false }).node);
    flush();
    expect(feed.of('a')).toMatchObject({ state: 'IN_SYNC', node: { agent: { connected: false } } });
    listener()?.onNode(entry('a', 'IN_SYNC', { connected: false }).node);
    listener()?.onNode(entry('unknown', 'IN_SYNC').node);
    flush();
    expect(told()).toBe(2);
  });

  it('listens only while somebody watches', async () => {
    const { stop, listener } = await open([]);
    expect(listener()).toBeDefined();
    stop();
    expect(listener()).toBeUndefined();
  });
});
