export interface CpuTicks {
  busy: number;
  total: number;
}

/** The first line of /proc/stat: ticks since boot. Waiting for the disk counts as idle; guests are part of user already. */
export function parseCpu(procStat: string): CpuTicks {
  const line = procStat.slice(0, procStat.indexOf('\n'));
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + irq + softirq + steal;
  return { busy, total: busy + idle + iowait };
}

/** Share of the time between two readings that was busy, 0 to 1; undefined when no time has passed. */
export function cpuRatio(before: CpuTicks, after: CpuTicks): number | undefined {
  const total = after.total - before.total;
  if (total <= 0) return undefined;
  return Math.min(1, Math.max(0, (after.busy - before.busy) / total));
}
