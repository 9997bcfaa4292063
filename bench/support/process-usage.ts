import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time for /proc in ticks of this length, whatever the kernel's own. */
const SECONDS_PER_TICK = 0.01;

interface Stat {
  parentPid: number;
  ownSeconds: number;
  /** Of children that have ended. */
  endedChildrenSeconds: number;
}

export const cpuSeconds = (pid: number): number => readStat(pid)?.ownSeconds ?? 0;

export function rssMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? 0) / 1_024;
}

/** Of a process, its living children and those that have ended: a PostgreSQL server is one process per connection. */
export function familyCpuSeconds(pid: number): number {
  const leader = readStat(pid);
  if (!leader) return 0;
  let seconds = leader.ownSeconds + leader.endedChildrenSeconds;
  for (const entry of readdirSync('/proc')) {
    const child = /^\d+$/.test(entry) ? readStat(Number(entry)) : undefined;
    if (child?.parentPid === pid) seconds += child.ownSeconds;
  }
  return seconds;
}

function readStat(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // it has just ended
  }
  // The program's name stands in brackets and may hold spaces; what follows it is field 3 of proc(5).
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (field: number): number => fields[field - 3] ?? 0;
  return {
    parentPid: ticks(4),
    ownSeconds: (ticks(14) + ticks(15)) * SECONDS_PER_TICK,
    endedChildrenSeconds: (ticks(16) + ticks(17)) * SECONDS_PER_TICK,
  };
}
