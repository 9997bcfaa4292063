import {
  EXPLICIT_WINDOW_MS,
  HELPERS,
  SCORE_SICK,
  WINDOW_MAX_MS,
  WINDOW_MIN_MS,
  WITHHELD_ALERT_MS,
} from './constants.js';
import type { ReasonCause, Withheld } from './reason.js';
import { stretch } from './settings.js';
import { nacks, refusals, xrayDown, type Sight } from './sight.js';

/**
 * How long a silent node stays SUSPECT when so many others have tried and reached nothing: 90 s alone, 52.5 s with one,
 * 30.6 s with two, 15 s with three (memberlist's suspicion timer). In a simulation of packet loss the window is what
 * keeps fast probes from taking each burst for a death.
 */
export function windowMs(nackCount: number): number {
  const certainty = Math.log(nackCount + 1) / Math.log(HELPERS + 1);
  return WINDOW_MAX_MS - certainty * (WINDOW_MAX_MS - WINDOW_MIN_MS);
}

/** The rules of the verdict, one by one, so that a test can show what each of them is for. */
export interface VerdictRules {
  /** Since something is wrong for long enough. */
  windowOver(sight: Sight, windowLengthMs: number): boolean;
  /** Enough failures in a row; the agent's own word that Xray is gone is one of them. */
  enoughFailures(sight: Sight): boolean;
  /** Anybody has reached a port of it since the trouble began, within the window. */
  reached(sight: Sight): boolean;
  /** Somebody else, or the node itself, agrees. */
  confirmed(sight: Sight): boolean;
  /** The panel is well and its guard lets it judge. */
  permitted(sight: Sight): Withheld | null;
  /** A verdict that is due has been waiting for so long that somebody should know. */
  withheldForLong(sight: Sight): boolean;
}

const failures = (sight: Sight): number => sight.state.fails + (xrayDown(sight) ? 1 : 0);

export const VERDICT_RULES: VerdictRules = {
  windowOver({ state, now, score }, windowLengthMs) {
    return state.firstFailAtMs !== null && now - state.firstFailAtMs >= windowLengthMs * stretch(score);
  },
  enoughFailures(sight) {
    return sight.state.fails > 0 && failures(sight) >= sight.settings.unhealthyAfter;
  },
  reached(sight) {
    const { proofAtMs, firstFailAtMs } = sight.state;
    if (proofAtMs === null || (firstFailAtMs !== null && proofAtMs < firstFailAtMs)) return false;
    return sight.now - proofAtMs <= windowMs(nacks(sight)) * stretch(sight.score);
  },
  confirmed(sight) {
    const needed = Math.max(1, Math.min(2, sight.guard.helpersLeft));
    return xrayDown(sight) || refusals(sight) > 0 || nacks(sight) >= needed;
  },
  permitted({ guard, score }) {
    if (score >= SCORE_SICK) return 'panelSick';
    return guard.verdicts === 'none' ? 'guard' : null;
  },
  withheldForLong({ state, now, score }) {
    return state.firstFailAtMs !== null && now - state.firstFailAtMs >= WITHHELD_ALERT_MS * stretch(score);
  },
};

export interface Verdict {
  /** UNHEALTHY, and why; null: not now. */
  cause: Extract<ReasonCause, 'xrayDown' | 'refused' | 'silent'> | null;
  /** It would be, but for this. */
  withheld: Withheld | null;
}

/** Whether a SUSPECT node is UNHEALTHY now. */
export function verdictOn(sight: Sight, rules: VerdictRules = VERDICT_RULES): Verdict {
  const cause = dueCause(sight, rules);
  if (!cause) return { cause: null, withheld: reachedForLong(sight, rules) ? 'reached' : null };
  const withheld =
    rules.permitted(sight) ?? (sight.guard.verdicts === 'confirmed' && !rules.confirmed(sight) ? 'unconfirmed' : null);
  return withheld ? { cause: null, withheld } : { cause, withheld: null };
}

function dueCause(sight: Sight, rules: VerdictRules): Verdict['cause'] {
  if (!rules.enoughFailures(sight)) return null;
  const reached = rules.reached(sight);
  // A port that still connects may belong to something in front of a dead Xray; against it the agent's word needs every
  // failure to be a round.
  if (xrayDown(sight) && rules.windowOver(sight, EXPLICIT_WINDOW_MS)) {
    if (!reached || sight.state.fails >= sight.settings.unhealthyAfter) return 'xrayDown';
  }
  if (reached) return null;
  if (refusals(sight) >= 2 && rules.windowOver(sight, EXPLICIT_WINDOW_MS)) return 'refused';
  return rules.windowOver(sight, windowMs(nacks(sight))) ? 'silent' : null;
}

function reachedForLong(sight: Sight, rules: VerdictRules): boolean {
  return rules.enoughFailures(sight) && rules.reached(sight) && rules.withheldForLong(sight);
}
