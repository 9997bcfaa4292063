import { PENALTY_CAP, PENALTY_HALF_LIFE_MS, PENALTY_MAX_MS, PENALTY_REUSE, PENALTY_SUPPRESS } from './constants.js';

/** A node that falls over again and again is not trusted after each recovery: RFC 2439, as routers do it for routes. */
export interface Penalty {
  penalty: number;
  penaltyAtMs: number;
  damped: boolean;
}

/** What is left of a penalty after a while: half in each half-life. */
export function decayed(penalty: number, ageMs: number): number {
  return penalty * 2 ** (-Math.max(0, ageMs) / PENALTY_HALF_LIFE_MS);
}

export const penaltyNow = ({ penalty, penaltyAtMs }: Penalty, now: number): number =>
  decayed(penalty, now - penaltyAtMs);

export function penalised(before: Penalty, points: number, now: number): Penalty {
  const penalty = Math.min(PENALTY_CAP, penaltyNow(before, now) + points);
  return { penalty, penaltyAtMs: now, damped: before.damped || penalty >= PENALTY_SUPPRESS };
}

/** Whether it is still damped now. An hour after the last fall it never is. */
export function stillDamped(before: Penalty, now: number): boolean {
  if (!before.damped) return false;
  return penaltyNow(before, now) >= PENALTY_REUSE && now - before.penaltyAtMs < PENALTY_MAX_MS;
}
