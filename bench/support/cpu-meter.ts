import { cpus } from 'node:os';
import { cpuSeconds, familyCpuSeconds } from './process-usage.js';
import { progress } from './result.js';

/** Cores that each party kept busy on average over some work. */
export interface CpuShares {
  seconds: number;
  server: number;
  postgres: number;
  /** This process: the simulated fleet or the clients. */
  bench: number;
  /** Programs that have nothing to do with the measurement. */
  others: number;
  cores: number;
}

export interface Measured<Result> {
  result: Result;
  shares: CpuShares;
}

export interface Processes {
  pid: number;
  postgresPid?: number;
}

/** Cores in foreign use from which on the figures say more about the machine than about the panel. */
const DISTURBANCE = 0.3;

/** Runs the work and says who kept the processors busy meanwhile. */
export async function measureCpu<Result>(
  { pid, postgresPid }: Processes,
  work: () => Promise<Result>,
): Promise<Measured<Result>> {
  const read = () => ({
    atMs: performance.now(),
    server: cpuSeconds(pid),
    postgres: postgresPid === undefined ? 0 : familyCpuSeconds(postgresPid),
    bench: cpuSeconds(process.pid),
    // The servers and helpers are children of this process, except PostgreSQL, which is the panel's.
    ours: familyCpuSeconds(process.pid),
    machine: busySecondsOfMachine(),
  });
  const before = read();
  const result = await work();
  const after = read();
  const seconds = (after.atMs - before.atMs) / 1_000;
  const share = (party: Exclude<keyof typeof before, 'atMs'>) => (after[party] - before[party]) / seconds;
  const shares = {
    seconds,
    server: share('server'),
    postgres: share('postgres'),
    bench: share('bench'),
    others: Math.max(0, share('machine') - share('ours') - share('postgres')),
    cores: cpus().length,
  };
  tellOfOthers(shares.others);
  return { result, shares };
}

/** Says how many cores programs kept busy that have nothing to do with the measurement, where that spoils it. */
export function tellOfOthers(cores: number): void {
  if (cores > DISTURBANCE) progress(`other programs keep ${cores.toFixed(1)} cores busy meanwhile`);
}

export function busySecondsOfMachine(): number {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1_000, 0);
}

/** From here on a process that runs JavaScript on one thread cannot do more. */
export const FULL_CORE = 0.95;
const FULL_MACHINE = 0.88;

/** What kept the rate from rising, in words. */
export function describeLimit({ server, postgres, bench, others, cores }: CpuShares): string {
  const used =
    `cores: server ${server.toFixed(2)}, PostgreSQL ${postgres.toFixed(2)}, fleet ${bench.toFixed(2)}, ` +
    `others ${others.toFixed(2)}, of ${cores}`;
  if (server >= FULL_CORE) return `limited by the server's core; ${used}`;
  if (bench >= FULL_CORE) return `limited by the fleet's core, not by the server; ${used}`;
  if (server + postgres + bench + others >= FULL_MACHINE * cores)
    return `limited by the machine, no core is left; ${used}`;
  return `limited by waiting (commits, timers), no core is full; ${used}`;
}
