import { setTimeout as sleep } from 'node:timers/promises';
import { percentileOfSorted } from '../support/percentile.js';
import type { SimulatedAgent } from './simulated-agent.js';

/** A panel closes a socket that sends more than 50 messages a second; agents stay clearly below. */
const LEAST_GAP_MS = 25;
const TICK_MS = 1;
const DRAIN_PATIENCE_MS = 30_000;

export interface LoadResult {
  reports: number;
  failures: number;
  firstFailure: string | undefined;
  reportsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Counts what happens to the reports of one run. */
class Tally {
  private readonly latenciesMs: number[] = [];
  private failures = 0;
  private firstFailure: string | undefined;
  private readonly startedMs = performance.now();

  acknowledged(latencyMs: number): void {
    this.latenciesMs.push(latencyMs);
  }

  failed(error: unknown): void {
    this.failures += 1;
    this.firstFailure ??= error instanceof Error ? error.message : String(error);
  }

  result(): LoadResult {
    const seconds = (performance.now() - this.startedMs) / 1_000;
    const sorted = this.latenciesMs.toSorted((a, b) => a - b);
    return {
      reports: sorted.length,
      failures: this.failures,
      firstFailure: this.firstFailure,
      reportsPerSecond: sorted.length / seconds,
      p50Ms: percentileOfSorted(sorted, 0.5),
      p99Ms: percentileOfSorted(sorted, 0.99),
    };
  }
}

/** Closed loop: as soon as one report is acknowledged the next agent in turn sends one. */
export async function saturate(
  agents: readonly SimulatedAgent[],
  inFlight: number,
  seconds: number,
): Promise<LoadResult> {
  const tally = new Tally();
  const endMs = performance.now() + seconds * 1_000;
  let turn = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const agent = agents[turn++ % agents.length];
      if (!agent) return;
      const waitMs = agent.lastReportMs + LEAST_GAP_MS - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      await agent.report().then(
        (latencyMs) => tally.acknowledged(latencyMs),
        async (error: unknown) => {
          tally.failed(error);
          await sleep(LEAST_GAP_MS); // agents that are all gone must not spin
        },
      );
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return tally.result();
}

/**
 * Open loop: reports are sent when they are due, whether or not earlier ones are acknowledged, and their latency counts
 * from when they were due; a server that stalls cannot hide it.
 */
export async function runAt(
  agents: readonly SimulatedAgent[],
  reportsPerSecond: number,
  seconds: number,
): Promise<LoadResult> {
  const tally = new Tally();
  const open = new Set<Promise<void>>();
  const startMs = performance.now();
  const total = Math.round(reportsPerSecond * seconds);
  for (let sent = 0; sent < total; await sleep(TICK_MS)) {
    // The first is due at once, so there is always one more than whole intervals have passed.
    const dueNow = Math.min(total, 1 + Math.floor(((performance.now() - startMs) / 1_000) * reportsPerSecond));
    for (; sent < dueNow; sent += 1) {
      const agent = agents[sent % agents.length];
      const dueMs = startMs + (sent / reportsPerSecond) * 1_000;
      if (!agent) return tally.result();
      const done: Promise<void> = agent
        .report()
        .then(
          () => tally.acknowledged(performance.now() - dueMs),
          (error: unknown) => tally.failed(error),
        )
        .finally(() => open.delete(done));
      open.add(done);
    }
  }
  await Promise.race([Promise.all(open), sleep(DRAIN_PATIENCE_MS, undefined, { ref: false })]);
  return tally.result();
}
