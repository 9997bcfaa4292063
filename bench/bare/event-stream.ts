export type Listener = (event: object) => void;

/** What a subscription yields: the events since it began, each once, kept until they are asked for. */
export class EventStream implements AsyncIterableIterator<object> {
  private readonly events: object[] = [];
  private waiting: ((result: IteratorResult<object, undefined>) => void) | undefined;
  private ended = false;

  constructor(private readonly listeners: Set<Listener>) {
    listeners.add(this.take);
  }

  next(): Promise<IteratorResult<object, undefined>> {
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    const value = this.events.shift();
    if (value) return Promise.resolve({ done: false, value });
    return new Promise((resolve) => (this.waiting = resolve));
  }

  return(): Promise<IteratorResult<object, undefined>> {
    this.ended = true;
    this.listeners.delete(this.take);
    this.waiting?.({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private readonly take = (event: object): void => {
    const waiting = this.waiting;
    this.waiting = undefined;
    if (waiting) waiting({ done: false, value: event });
    else this.events.push(event);
  };
}
