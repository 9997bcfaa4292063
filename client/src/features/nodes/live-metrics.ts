import { createContext, use, useCallback, useSyncExternalStore } from 'react';

/**
 * The newest value of each row, outside of React: a row watches only its own, and what came in since the last frame is told
 * once a frame. A thousand events a second cost one drawing of the rows on screen.
 */
export class LiveValues<T> {
  readonly #values = new Map<string, T>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #changed = new Set<string>();
  #scheduled = false;

  constructor(private readonly schedule: (flush: () => void) => void = (flush) => requestAnimationFrame(flush)) {}

  get(id: string): T | undefined {
    return this.#values.get(id);
  }

  put(id: string, value: T): void {
    this.#values.set(id, value);
    if (!this.#listeners.has(id)) return;
    this.#changed.add(id);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.schedule(() => this.#flush());
  }

  watch(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }

  clear(): void {
    this.#values.clear();
  }

  #flush(): void {
    this.#scheduled = false;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const id of changed) this.#listeners.get(id)?.forEach((listener) => listener());
  }
}

export interface RowMetrics {
  at: string;
  cpu: number;
  memory: number;
  uplinkRate: number;
  downlinkRate: number;
  connections: number;
}

const Context = createContext(new LiveValues<RowMetrics>());
export const LiveMetricsProvider = Context.Provider;

/** The newer of what the list was loaded with and what has been streamed since. */
export function useRowMetrics(id: string, loaded: RowMetrics | null | undefined): RowMetrics | null {
  const values = use(Context);
  const streamed = useSyncExternalStore(
    useCallback((listener) => values.watch(id, listener), [values, id]),
    () => values.get(id),
  );
  if (!loaded) return streamed ?? null;
  return streamed && streamed.at >= loaded.at ? streamed : loaded;
}
