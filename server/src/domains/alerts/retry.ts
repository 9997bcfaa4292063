const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses after the first failure, the second and so on: the schedule that Standard Webhooks proposes, ten attempts. */
const PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;
/** Up to this part of a pause is added, so that what failed together does not come back together. */
const JITTER = 0.1;
const LONGEST_WISH_MS = 24 * HOUR_MS;
/** From here on a wish of the receiver counts as a failure too: one that always asks for a pause is not waited for. */
const MOST_ATTEMPTS_BY_WISH = 20;

export interface Failure {
  /** All attempts up to now. */
  attempts: number;
  /** Those of them that took a step of the schedule, without this one. */
  failures: number;
  /** What the receiver has asked for by 429 or 503. */
  retryAfterMs?: number | undefined;
}

export interface NextAttempt {
  failures: number;
  /** Undefined: there is none, it is given up. */
  waitMs: number | undefined;
}

/** A pause that the receiver asks for takes no step of the schedule: it is busy, not broken. */
export function nextAttempt({ attempts, failures, retryAfterMs }: Failure, random: number): NextAttempt {
  const wishMs = retryAfterMs === undefined ? 0 : Math.min(retryAfterMs, LONGEST_WISH_MS) + SECOND_MS * random;
  if (retryAfterMs !== undefined && attempts < MOST_ATTEMPTS_BY_WISH) return { failures, waitMs: Math.round(wishMs) };
  const pause = PAUSES_MS[failures];
  if (pause === undefined) return { failures: failures + 1, waitMs: undefined };
  return { failures: failures + 1, waitMs: Math.round(Math.max(wishMs, pause * (1 + JITTER * random))) };
}

/** Retry-After in seconds or as a date; undefined when there is none, or none that can be read. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND_MS;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
