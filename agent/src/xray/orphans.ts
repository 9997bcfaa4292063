import { allPids, argumentsOf, startTicksOf } from '../processes.js';
import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';

const GRACE_MS = 5_000;
const POLL_MS = 50;

/**
 * Ends what a killed agent has left running on this configuration file. Its path, which lies in the data directory that
 * this agent has locked, is the proof that the process is ours. It covers an agent that was killed between starting Xray
 * and writing a pid file as well, and a pid that has been used again cannot be taken for Xray.
 *
 * Two Xrays on one port would share its connections (SO_REUSEPORT) without any error.
 */
export async function endOrphans(configPath: string, clock: Clock): Promise<number[]> {
  const orphans = allPids().filter((pid) => isOurs(pid, configPath));
  await Promise.all(orphans.map((pid) => endProcess(pid, configPath, clock)));
  return orphans;
}

function isOurs(pid: number, configPath: string): boolean {
  const [, command, flag, path, ...more] = argumentsOf(pid);
  return command === 'run' && flag === '-c' && path === configPath && more.length === 0;
}

async function endProcess(pid: number, configPath: string, clock: Clock): Promise<void> {
  const startTicks = startTicksOf(pid);
  if (startTicks === undefined) return;
  const alive = () => startTicksOf(pid) === startTicks && isOurs(pid, configPath);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadlineMs = clock.monotonicMs() + GRACE_MS;
    if (alive()) process.kill(pid, signal);
    while (alive() && clock.monotonicMs() < deadlineMs) await sleep(clock, POLL_MS);
  }
  if (alive()) throw new Error(`The Xray of an earlier agent (process ${pid}) cannot be ended`);
}
