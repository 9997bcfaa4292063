import type { SimulatedAgent } from '../fleet/simulated-agent.js';
import { forEachBounded } from '../support/bounded.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FINE_MS = 10_000;
/** The newest hour is as fine as live samples are, so that its chart does not show where the demo began. */
const FINE_HOURS = 1;
const HOURS = 24;
const SAMPLES_PER_CALL = 360;
const AGENTS_AT_A_TIME = 6;

/** Gives every node a past of one day. */
export async function backfill(agents: readonly SimulatedAgent[], onProgress: (done: number) => void): Promise<void> {
  const now = Date.now();
  const times = [
    ...moments(now - HOURS * HOUR_MS, now - FINE_HOURS * HOUR_MS, MINUTE_MS),
    ...moments(now - FINE_HOURS * HOUR_MS, now, FINE_MS),
  ];
  let done = 0;
  await forEachBounded(agents, AGENTS_AT_A_TIME, async (agent) => {
    for (let start = 0; start < times.length; start += SAMPLES_PER_CALL) {
      await agent.send(times.slice(start, start + SAMPLES_PER_CALL).map((time) => agent.sample(new Date(time))));
    }
    onProgress((done += 1));
  });
}

const moments = (from: number, to: number, stepMs: number): number[] =>
  Array.from({ length: Math.floor((to - from) / stepMs) }, (_, index) => from + index * stepMs);
