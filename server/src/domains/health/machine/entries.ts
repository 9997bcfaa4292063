import { ENTRY_EVERY_CONFIRMING_MS, ENTRY_EVERY_MS, ENTRY_SHARE, ENTRY_SHARE_WITHIN_MS } from './constants.js';
import type { GuardMode } from './guard.js';

/**
 * How fast nodes may enter failover. A verdict is only a word and is never delayed by this; moving users is what could
 * cascade. One node in 10 s (in 30 s while verdicts need confirmation), and no more than 15 % of the fleet in a minute.
 */
export interface EntryLimiter {
  /** When nodes entered, within the last minute, oldest first. */
  enteredAtMs: number[];
}

export const NO_ENTRIES: EntryLimiter = { enteredAtMs: [] };

const PACE: Record<GuardMode, number> = {
  ARMED: ENTRY_EVERY_MS,
  CONFIRMING: ENTRY_EVERY_CONFIRMING_MS,
  HOLDING: Infinity,
  ISOLATED: Infinity,
  PAUSED: Infinity,
};

export const entriesPerMinute = (fleetSize: number): number => Math.max(1, Math.ceil(ENTRY_SHARE * fleetSize));

export interface Admission {
  limiter: EntryLimiter;
  /** The node that may enter now, if any. */
  admitted: string | null;
}

/**
 * One of those that wait, by chance: in the order of names or ages one group would be emptied first (Eureka evicts in
 * random order for that reason). `random` is in [0, 1).
 */
export function admit(
  limiter: EntryLimiter,
  waiting: readonly string[],
  mode: GuardMode,
  fleetSize: number,
  now: number,
  random: number,
): Admission {
  const enteredAtMs = limiter.enteredAtMs.filter((atMs) => now - atMs < ENTRY_SHARE_WITHIN_MS);
  const last = enteredAtMs.at(-1);
  const paced = PACE[mode] !== Infinity && (last === undefined || now - last >= PACE[mode]);
  const chosen = waiting[Math.floor(random * waiting.length)];
  if (!paced || chosen === undefined || enteredAtMs.length >= entriesPerMinute(fleetSize)) {
    return { limiter: { enteredAtMs }, admitted: null };
  }
  return { limiter: { enteredAtMs: [...enteredAtMs, now] }, admitted: chosen };
}
