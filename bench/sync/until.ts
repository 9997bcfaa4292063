import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Looks until it is so, and answers how long that took. */
export async function until(
  what: string,
  lookEveryMs: number,
  isSo: () => Promise<boolean> | boolean,
): Promise<number> {
  const startedMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedMs > PATIENCE_MS) throw new Error(`Waited in vain for ${what}`);
    await sleep(lookEveryMs);
  }
  return performance.now() - startedMs;
}
