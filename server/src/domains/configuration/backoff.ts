const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * How long to wait after so many failures in a row: a second and a random time below a limit that doubles up to 5
 * minutes. The jitter spreads nodes that failed together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
export function backoffMs(failures: number, random: number): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 20));
  return Math.round(Math.min(LONGEST_MS, FIRST_MS + (limit - FIRST_MS) * random));
}
