/**
 * An async iterable that keeps only the newest value of each key and hands out what has gathered at most once per
 * interval. Its memory is bounded by the number of keys, however slow the consumer is.
 */
export class ConflatedStream<K, V> implements AsyncIterableIterator<V[]> {
  private pending = new Map<K, V>();
  private waiting: ((result: IteratorResult<V[]>) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private lastFlushMs = 0;

  /** `start` begins to listen and answers how to stop; `push` is what it feeds. */
  constructor(
    private readonly intervalMs: number,
    start: (push: (key: K, value: V) => void) => () => void,
  ) {
    this.stop = start((key, value) => this.push(key, value));
  }

  private readonly stop: () => void;

  next(): Promise<IteratorResult<V[]>> {
    if (this.closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.schedule();
    });
  }

  return(): Promise<IteratorResult<V[]>> {
    this.close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private push(key: K, value: V): void {
    // Deleted first, so that a key which changes again moves to the end: order is that of the newest change.
    this.pending.delete(key);
    this.pending.set(key, value);
    this.schedule();
  }

  private schedule(): void {
    if (!this.waiting || this.timer || this.pending.size === 0) return;
    const waitMs = Math.max(0, this.lastFlushMs + this.intervalMs - performance.now());
    this.timer = setTimeout(() => this.flush(), waitMs);
  }

  private flush(): void {
    this.timer = undefined;
    const resolve = this.waiting;
    if (!resolve) return;
    const value = [...this.pending.values()];
    this.pending = new Map();
    this.waiting = undefined;
    this.lastFlushMs = performance.now();
    resolve({ value, done: false });
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stop();
    clearTimeout(this.timer);
    this.waiting?.({ value: undefined, done: true });
    this.waiting = undefined;
    this.pending.clear();
  }
}

/**
 * An async iterable of single values in order. Bounded: when `limit` values wait, the oldest are dropped and `onDrop`
 * may put a mark in their place.
 */
export class BoundedStream<V> implements AsyncIterableIterator<V> {
  private readonly pending: V[] = [];
  private dropped = 0;
  private waiting: ((result: IteratorResult<V>) => void) | undefined;
  private closed = false;

  constructor(
    private readonly limit: number,
    start: (push: (value: V) => void) => () => void,
    private readonly onDrop?: (count: number) => V,
  ) {
    this.stop = start((value) => this.push(value));
  }

  private readonly stop: () => void;

  next(): Promise<IteratorResult<V>> {
    if (this.closed) return Promise.resolve({ value: undefined, done: true });
    if (this.dropped > 0 && this.onDrop) {
      const value = this.onDrop(this.dropped);
      this.dropped = 0;
      return Promise.resolve({ value, done: false });
    }
    const value = this.pending.shift();
    if (value !== undefined) return Promise.resolve({ value, done: false });
    return new Promise((resolve) => (this.waiting = resolve));
  }

  return(): Promise<IteratorResult<V>> {
    if (!this.closed) {
      this.closed = true;
      this.stop();
      this.waiting?.({ value: undefined, done: true });
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private push(value: V): void {
    if (this.closed) return;
    if (this.waiting) {
      const resolve = this.waiting;
      this.waiting = undefined;
      resolve({ value, done: false });
      return;
    }
    this.pending.push(value);
    if (this.pending.length > this.limit) {
      this.pending.shift();
      this.dropped += 1;
    }
  }
}

/** The entries of each batch one by one, after `read` has made them of what was gathered: one query for a whole batch. */
export function flattened<K, V>(
  batches: ConflatedStream<unknown, K>,
  read: (batch: K[]) => Promise<V[]>,
): AsyncIterableIterator<V> {
  const entries = (async function* () {
    for await (const batch of batches) yield* await read(batch);
  })();
  return {
    next: () => entries.next(),
    // A generator that waits does not hear return(): what it waits for has to end.
    return: () => batches.return().then(() => ({ value: undefined, done: true as const })),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
