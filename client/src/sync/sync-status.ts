import type { SyncState, SyncStatusFieldsFragment } from '../graphql/gen/graphql';

export type SyncEntry = SyncStatusFieldsFragment;

/** Worst first: the order of lists, legends and bars. */
export const SYNC_STATES = ['FAILED', 'PENDING', 'SYNCING', 'NEVER', 'IN_SYNC'] as const satisfies SyncState[];

export type SyncCounts = Record<SyncState, number> & { total: number; drifted: number };

export function countStates(entries: Iterable<Pick<SyncEntry, 'state' | 'driftSince'>>): SyncCounts {
  const counts: SyncCounts = { FAILED: 0, PENDING: 0, SYNCING: 0, NEVER: 0, IN_SYNC: 0, total: 0, drifted: 0 };
  for (const { state, driftSince } of entries) {
    counts[state] += 1;
    counts.total += 1;
    if (driftSince) counts.drifted += 1;
  }
  return counts;
}

export type SyncFilter = SyncState | 'ALL' | 'DRIFTED';

/** What needs somebody first: failures, then drift, then the others by state and name. */
export function arrange(entries: readonly SyncEntry[], filter: SyncFilter, search: string): SyncEntry[] {
  const wanted = search.trim().toLowerCase();
  const rank = ({ state, driftSince }: SyncEntry) => SYNC_STATES.indexOf(state) - (driftSince ? 0.5 : 0);
  return entries
    .filter(
      (entry) =>
        (filter === 'ALL' || (filter === 'DRIFTED' ? Boolean(entry.driftSince) : entry.state === filter)) &&
        (wanted === '' || entry.node.name.toLowerCase().includes(wanted)),
    )
    .toSorted((a, b) => rank(a) - rank(b) || a.node.name.localeCompare(b.node.name));
}

/** Enough of a revision to tell it from others. */
export const shortRevision = (revision: string) => revision.replace(/^[a-z0-9]+:/i, '').slice(0, 10);
