/** Time as everything here reads it, so that tests can move it by hand. */
export interface Clock {
  /** Wall clock in milliseconds since 1970; may jump. */
  now(): number;
  /** Never jumps; only differences mean anything. */
  monotonicMs(): number;
  /** Calls back once; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}
