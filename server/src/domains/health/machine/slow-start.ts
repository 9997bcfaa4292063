import { SLOW_START_FROM, SLOW_START_MS } from './constants.js';

/**
 * The share of its weight that a node takes of new users. One that was down begins with 10 % and has all of it after
 * five minutes (Envoy's slow start with aggression 1); null, for a node that was not down, takes all of it at once.
 */
export function slowStartShare(slowStartFromMs: number | null, now: number): number {
  if (slowStartFromMs === null) return 1;
  return Math.min(1, Math.max(SLOW_START_FROM, (now - slowStartFromMs) / SLOW_START_MS));
}
