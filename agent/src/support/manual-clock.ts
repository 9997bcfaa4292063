import type { Clock } from '../clock.js';

interface Timer {
  dueMs: number;
  callback: () => void;
}

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
  private nowMs = Date.parse('2026-01-01T00:00:00Z');
  private timers = new Set<Timer>();

  now(): number {
    return this.nowMs;
  }

  monotonicMs(): number {
    return this.nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.nowMs + delayMs, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Delays that are waited for, the shortest first. */
  get waiting(): number[] {
    return [...this.timers].map(({ dueMs }) => dueMs - this.nowMs).toSorted((a, b) => a - b);
  }

  pass(ms: number): void {
    this.nowMs += ms;
    for (const timer of [...this.timers].filter(({ dueMs }) => dueMs <= this.nowMs)) {
      this.timers.delete(timer);
      timer.callback();
    }
  }
}
