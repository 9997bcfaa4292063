import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from '../fleet/fleet.js';
import type { LoadResult } from '../fleet/load.js';
import {
  describeLimit,
  FULL_CORE,
  measureCpu,
  type CpuShares,
  type Measured,
  type Processes,
} from '../support/cpu-meter.js';
import { rssMib } from '../support/process-usage.js';
import { progress } from '../support/result.js';

const STEPS_IN_FLIGHT = [16, 64, 256, 1_024];
/** A panel serves at most 5 operations of a connection at a time, and one of them is the stream of commands. */
const MOST_PER_AGENT = 3;
const WARM_UP_SECONDS = 2;
/** The next step has to bring at least this much, or it was not worth its latency. */
const WORTHWHILE = 1.03;
const SETTLE_MS = 1_000;
const INTERVAL_SECONDS = 10;
const STEADY_SECONDS = 20;

export interface IngestFigures {
  values: {
    'reports per second, highest': number;
    'CPU per report': number;
    'reports per second of a whole core (1 / CPU per report)': number;
    'acknowledgement p50 at that load': number;
    'acknowledgement p99 at that load': number;
    'acknowledgement p50 at 70 % of it': number;
    'acknowledgement p99 at 70 % of it': number;
    'PostgreSQL CPU per report': number;
    'RSS of the process': number;
    'one report per agent per 10 s: acknowledgement p50': number;
    'one report per agent per 10 s: acknowledgement p99': number;
    'one report per agent per 10 s: share of a core': number;
    'one report per agent per 10 s: PostgreSQL share of a core': number;
    'one report per agent per 10 s: RSS': number;
  };
  /** What kept the highest rate from being higher. */
  limit: string;
}

type Step = Measured<LoadResult>;

/** Raises the load until it does not pay, then looks at 70 % of it and at what the fleet does from day to day. */
export async function measureIngest(fleet: Fleet, processes: Processes, seconds: number): Promise<IngestFigures> {
  const measure = async (name: string, work: () => Promise<LoadResult>): Promise<Step> => {
    await sleep(SETTLE_MS);
    const step = await measureCpu(processes, work);
    describe(name, step);
    return step;
  };
  await fleet.saturate(64, WARM_UP_SECONDS);
  const most = MOST_PER_AGENT * fleet.agents.length;
  const steps = STEPS_IN_FLIGHT.filter((inFlight) => inFlight <= most);
  const best = await raise(steps.length > 0 ? steps : [most], (inFlight) =>
    measure(`${inFlight} in flight`, () => fleet.saturate(inFlight, seconds)),
  );
  const rssAtLoad = rssMib(processes.pid);
  const moderate = await measure('70 %', () => fleet.runAt(0.7 * best.result.reportsPerSecond, seconds));
  const daily = fleet.agents.length / INTERVAL_SECONDS;
  const steady = await measure('one report per 10 s', () => fleet.runAt(daily, STEADY_SECONDS));
  const cpuMicros = microsPerReport(best, best.shares.server);
  return {
    values: {
      'reports per second, highest': best.result.reportsPerSecond,
      'CPU per report': cpuMicros,
      'reports per second of a whole core (1 / CPU per report)': 1e6 / cpuMicros,
      'acknowledgement p50 at that load': best.result.p50Ms,
      'acknowledgement p99 at that load': best.result.p99Ms,
      'acknowledgement p50 at 70 % of it': moderate.result.p50Ms,
      'acknowledgement p99 at 70 % of it': moderate.result.p99Ms,
      'PostgreSQL CPU per report': microsPerReport(best, best.shares.postgres),
      'RSS of the process': rssAtLoad,
      'one report per agent per 10 s: acknowledgement p50': steady.result.p50Ms,
      'one report per agent per 10 s: acknowledgement p99': steady.result.p99Ms,
      'one report per agent per 10 s: share of a core': 100 * steady.shares.server,
      'one report per agent per 10 s: PostgreSQL share of a core': 100 * steady.shares.postgres,
      'one report per agent per 10 s: RSS': rssMib(processes.pid),
    },
    limit: describeLimit(best.shares),
  };
}

/**
 * The step with the highest rate. A process with a full core cannot do more, so nothing beyond it is tried; nor after
 * two steps that brought nothing: a single one may have met a busy machine.
 */
async function raise(steps: readonly number[], run: (inFlight: number) => Promise<Step>): Promise<Step> {
  let best: Step | undefined;
  let inVain = 0;
  for (const inFlight of steps) {
    const step = await run(inFlight);
    const pays = !best || step.result.reportsPerSecond > WORTHWHILE * best.result.reportsPerSecond;
    inVain = pays ? 0 : inVain + 1;
    if (pays) best = step;
    if (inVain === 2 || step.shares.server >= FULL_CORE) break;
  }
  if (!best) throw new Error('nothing was measured');
  return best;
}

const microsPerReport = ({ result, shares }: Step, cores: number): number =>
  (1e6 * cores * shares.seconds) / result.reports;

function describe(name: string, { result, shares }: { result: LoadResult; shares: CpuShares }): void {
  const { reportsPerSecond, p50Ms, p99Ms, failures, firstFailure } = result;
  progress(
    `${name}: ${reportsPerSecond.toFixed(0)} reports/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ` +
      `cores: server ${shares.server.toFixed(2)}, PostgreSQL ${shares.postgres.toFixed(2)}, ` +
      `fleet ${shares.bench.toFixed(2)}${failures > 0 ? `; ${failures} failed: ${firstFailure ?? ''}` : ''}`,
  );
  if (failures > result.reports / 100) throw new Error(`${failures} reports failed: ${firstFailure ?? ''}`);
}
