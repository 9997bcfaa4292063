import { SCORE_MAX, SLOW_LOOP_MS, SLOW_WRITE_MS } from './constants.js';

/**
 * How little the panel should trust its own eyes, 0 to 7 (Lifeguard's local health multiplier, arxiv.org/abs/1707.00788).
 * A helper that answers "I cannot reach it either" proves that the panel's link works; one that stays silent says that
 * the fault may be the panel's.
 */
export type ScoreEvent =
  | { type: 'goodRound' }
  /** A failed round, with the number of asked helpers that did not answer. */
  | { type: 'failedRound'; silentHelpers: number }
  /** How the panel itself has fared in the last ten seconds. */
  | { type: 'selfCheck'; loopLagP99Ms: number; slowestWriteMs: number };

export function nextScore(score: number, event: ScoreEvent): number {
  return Math.min(SCORE_MAX, Math.max(0, score + scoreChange(event)));
}

function scoreChange(event: ScoreEvent): number {
  switch (event.type) {
    case 'goodRound':
      return -1;
    case 'failedRound':
      return event.silentHelpers;
    case 'selfCheck':
      return event.loopLagP99Ms > SLOW_LOOP_MS || event.slowestWriteMs > SLOW_WRITE_MS ? 1 : 0;
  }
}
