import { AppError } from './errors.js';

export interface BatcherOptions<T> {
  /** Items after which a batch is written without waiting longer. */
  mostItems: number;
  /** How long the first item of a batch waits for company. */
  gatherMs: number;
  /** Items that may wait; more are refused with RATE_LIMITED, so that memory stays bounded. */
  mostWaiting: number;
  /** Batches that may be written at the same time. Default 1, which keeps them in order. */
  concurrency?: number;
  write(items: T[]): Promise<void>;
}

interface Waiting<T> {
  item: T;
  weight: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Gathers what many callers want written into few statements; each caller hears when its own item is durable. */
export class Batcher<T> {
  private queue: Waiting<T>[] = [];
  private queuedWeight = 0;
  private timer: NodeJS.Timeout | undefined;
  private active = 0;
  private idle: (() => void)[] = [];

  constructor(private readonly options: BatcherOptions<T>) {}

  /** `weight` is the number of rows that the item stands for. */
  add(item: T, weight = 1): Promise<void> {
    if (this.queuedWeight + weight > this.options.mostWaiting) {
      return Promise.reject(new AppError('RATE_LIMITED', 'The panel is busy, try again', { retryAfterSeconds: 2 }));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ item, weight, resolve, reject });
      this.queuedWeight += weight;
      if (this.queuedWeight >= this.options.mostItems) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.options.gatherMs);
    });
  }

  /** Writes what waits and resolves when nothing is left. */
  async drain(): Promise<void> {
    this.flush();
    if (this.active > 0 || this.queue.length > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.queue.length > 0 && this.active < (this.options.concurrency ?? 1)) void this.writeOne(this.take());
    if (this.active === 0 && this.queue.length === 0) this.idle.splice(0).forEach((resolve) => resolve());
  }

  private take(): Waiting<T>[] {
    let weight = 0;
    let count = 0;
    for (const entry of this.queue) {
      if (count > 0 && weight + entry.weight > this.options.mostItems) break;
      weight += entry.weight;
      count += 1;
    }
    this.queuedWeight -= weight;
    return this.queue.splice(0, count);
  }

  private async writeOne(batch: Waiting<T>[]): Promise<void> {
    this.active += 1;
    try {
      await this.options.write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.active -= 1;
      this.flush();
    }
  }
}
