/** Share of the memory that programs cannot have, 0 to 1. MemAvailable counts caches as free, as they are. */
export function memoryRatio(meminfo: string): number {
  const total = kilobytes(meminfo, 'MemTotal');
  return total === 0 ? 0 : 1 - kilobytes(meminfo, 'MemAvailable') / total;
}

function kilobytes(meminfo: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? 0);
}
