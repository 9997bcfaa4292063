/** Load average of the last minute from /proc/loadavg. */
export function parseLoad(loadavg: string): number {
  return Number(loadavg.split(' ')[0]) || 0;
}
