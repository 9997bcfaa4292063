import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { type Client, useClient } from 'urql';
import { graphql, readFragment } from '../graphql/gen';
import { whenReconnected } from '../graphql/live';
import type { SyncEntry } from './sync-status';

export const SyncStatusFields = graphql(`
  fragment SyncStatusFields on SyncStatus {
    state
    desiredRevision
    appliedRevision
    attempts
    lastError
    lastSyncedAt
    nextRetryAt
    driftSince
    node {
      id
      name
      agent {
        connected
      }
    }
  }
`);

const SyncStatuses = graphql(`
  query SyncStatuses {
    syncStatuses {
      ...SyncStatusFields
    }
  }
`);

const SyncStatusChanged = graphql(`
  subscription SyncStatusChanged {
    syncStatusChanged {
      ...SyncStatusFields
    }
  }
`);

const FleetChanged = graphql(`
  subscription FleetChanged {
    nodeChanged {
      kind
      nodeId
      node {
        id
        name
        agent {
          connected
        }
      }
    }
  }
`);

export interface SyncFeedState {
  /** In no order; undefined until the panel has answered. */
  entries: readonly SyncEntry[] | undefined;
  error: unknown;
}

export interface SyncListener {
  onEntry: (entry: SyncEntry) => void;
  onNode: (node: SyncEntry['node']) => void;
  onDeleted: (nodeIds: readonly string[]) => void;
  onCreated: () => void;
}

/** What a feed asks; a test answers by hand. */
export interface SyncSource {
  readAll: () => Promise<readonly SyncEntry[]>;
  watch: (listener: SyncListener) => () => void;
}

/**
 * How far every node is. A roll-out over a large fleet sends thousands of changes within a second, so they are kept outside
 * of the cache and of React, and are told to who watches once for each frame.
 */
export class SyncFeed {
  readonly #byNode = new Map<string, SyncEntry>();
  readonly #listeners = new Set<() => void>();
  #state: SyncFeedState = { entries: undefined, error: undefined };
  #loaded = false;
  #scheduled = false;
  #stop: (() => void) | undefined;

  constructor(
    private readonly source: SyncSource,
    private readonly schedule: (flush: () => void) => void = (flush) => requestAnimationFrame(flush),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#end();
    };
  };

  readonly getState = (): SyncFeedState => this.#state;
  readonly of = (nodeId: string): SyncEntry | undefined => this.#byNode.get(nodeId);

  /** What an answer says ahead of the event. */
  put(entries: readonly SyncEntry[]): void {
    for (const entry of entries) this.#byNode.set(entry.node.id, entry);
    this.#publishSoon();
  }

  /** Its agent comes and goes without a change of the status. */
  #putNode(node: SyncEntry['node']): void {
    const entry = this.#byNode.get(node.id);
    if (!entry) return;
    const { name, agent } = entry.node;
    if (name !== node.name || agent.connected !== node.agent.connected) this.put([{ ...entry, node }]);
  }

  #forget(nodeIds: readonly string[]): void {
    for (const nodeId of nodeIds) this.#byNode.delete(nodeId);
    this.#publishSoon();
  }

  /** Nodes may have gone meanwhile, which no event says. */
  readonly refresh = async (): Promise<void> => {
    try {
      const entries = await this.source.readAll();
      this.#byNode.clear();
      this.#loaded = true;
      this.#state = { ...this.#state, error: undefined };
      this.put(entries);
    } catch (error) {
      this.#state = { ...this.#state, error };
      this.#publishSoon();
    }
  };

  #start(): void {
    const stopWatching = this.source.watch({
      onEntry: (entry) => this.put([entry]),
      onNode: (node) => this.#putNode(node),
      onDeleted: (nodeIds) => this.#forget(nodeIds),
      onCreated: () => void this.refresh(),
    });
    const stopListening = whenReconnected(() => void this.refresh());
    this.#stop = () => {
      stopWatching();
      stopListening();
    };
    void this.refresh();
  }

  #end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #publishSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.schedule(() => {
      this.#scheduled = false;
      this.#state = { ...this.#state, entries: this.#loaded ? [...this.#byNode.values()] : undefined };
      for (const listener of this.#listeners) listener();
    });
  }
}

const sourceOf = (client: Client): SyncSource => ({
  async readAll() {
    const { data, error } = await client.query(SyncStatuses, {}, { requestPolicy: 'network-only' }).toPromise();
    if (!data) throw error ?? new Error('The panel answered nothing');
    return readFragment(SyncStatusFields, data.syncStatuses);
  },
  watch({ onEntry, onNode, onDeleted, onCreated }) {
    const statuses = client.subscription(SyncStatusChanged, {}).subscribe(({ data }) => {
      if (data) onEntry(readFragment(SyncStatusFields, data.syncStatusChanged));
    });
    const fleet = client.subscription(FleetChanged, {}).subscribe(({ data }) => {
      const changes = data?.nodeChanged ?? [];
      const deleted = changes.filter(({ kind }) => kind === 'DELETED').map(({ nodeId }) => nodeId);
      for (const { node } of changes) if (node) onNode(node);
      if (deleted.length > 0) onDeleted(deleted);
      if (changes.some(({ kind }) => kind === 'CREATED')) onCreated();
    });
    return () => {
      statuses.unsubscribe();
      fleet.unsubscribe();
    };
  },
});

const feeds = new WeakMap<Client, SyncFeed>();

/** One for all pages; it listens only while somebody watches. */
export function useSyncFeed(): SyncFeed {
  const client = useClient();
  let feed = feeds.get(client);
  if (!feed) feeds.set(client, (feed = new SyncFeed(sourceOf(client))));
  return feed;
}

export function useSyncStatuses(): SyncFeedState {
  const feed = useSyncFeed();
  return useSyncExternalStore(feed.subscribe, feed.getState);
}

const FeedContext = createContext<SyncFeed | undefined>(undefined);
export const SyncFeedProvider = FeedContext.Provider;

const noSubscription = () => () => {};

/** The status of one node, where a page has provided the feed; a row is drawn anew only when its own node has changed. */
export function useNodeSync(nodeId: string): SyncEntry | undefined {
  const feed = use(FeedContext);
  const read = useCallback(() => feed?.of(nodeId), [feed, nodeId]);
  return useSyncExternalStore(feed?.subscribe ?? noSubscription, read);
}
