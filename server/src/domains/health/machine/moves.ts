import { GRACE_MS, RECOVERY_SPAN_MS } from './constants.js';
import type { Health } from './node-state.js';
import type { ReasonCause, Withheld } from './reason.js';
import { stretch } from './settings.js';
import {
  controlLostForLong,
  controlLostSinceMs,
  dataPathProved,
  goodRoundSince,
  sessionLostSinceMs,
  sessionUp,
  xrayDown,
  type Sight,
} from './sight.js';
import { VERDICT_RULES, verdictOn, type VerdictRules } from './verdict.js';

export interface Move {
  to: Health;
  cause: ReasonCause;
}

/** What a node does in each state: the state that it goes to and why, or null to stay. */
export interface MoveRules extends VerdictRules {
  fromUnknown(sight: Sight, rules: MoveRules): Move | null;
  fromHealthy(sight: Sight, rules: MoveRules): Move | null;
  fromSuspect(sight: Sight, rules: MoveRules): Move | null;
  fromDetached(sight: Sight, rules: MoveRules): Move | null;
  fromUnhealthy(sight: Sight, rules: MoveRules): Move | null;
  fromRecovering(sight: Sight, rules: MoveRules): Move | null;
}

/** What makes a node SUSPECT, the most telling first. */
function trouble(sight: Sight): ReasonCause | null {
  if (xrayDown(sight)) return 'xrayDown';
  if (sight.state.fails > 0) return 'probeFailed';
  return sessionLostSinceMs(sight) === null ? null : 'sessionLost';
}

const inStep = ({ state }: Sight): boolean =>
  state.desiredRevision === null || state.appliedRevision === state.desiredRevision;

const trusted = (sight: Sight): boolean =>
  sight.state.oks >= sight.settings.healthyAfter &&
  sessionUp(sight) &&
  !xrayDown(sight) &&
  inStep(sight) &&
  !sight.state.damped;

export const MOVE_RULES: MoveRules = {
  ...VERDICT_RULES,

  fromUnknown(sight) {
    const { state, now, score } = sight;
    if (state.session.state === 'never') return null;
    if (trusted(sight)) return { to: 'HEALTHY', cause: 'ready' };
    const cause = trouble(sight);
    return cause && now - state.graceFromMs >= GRACE_MS * stretch(score) ? { to: 'SUSPECT', cause } : null;
  },

  fromHealthy(sight) {
    const cause = trouble(sight);
    return cause && { to: 'SUSPECT', cause };
  },

  fromSuspect(sight, rules) {
    if (goodRoundSince(sight.state) && trouble(sight) === null && sessionUp(sight)) {
      return { to: 'HEALTHY', cause: 'falseAlarm' };
    }
    const { cause } = verdictOn(sight, rules);
    if (cause) return { to: 'UNHEALTHY', cause };
    const serves = dataPathProved(sight) && !xrayDown(sight) && provedSince(sight);
    return serves && controlLostForLong(sight) ? { to: 'DETACHED', cause: 'stillServing' } : null;
  },

  fromDetached(sight) {
    if (xrayDown(sight)) return { to: 'SUSPECT', cause: 'xrayDown' };
    // Control first: a session that is back is a better witness than two rounds that went wrong before it came.
    if (controlIsBack(sight)) return { to: 'RECOVERING', cause: 'sessionBack' };
    return sight.state.unproved >= 2 ? { to: 'SUSPECT', cause: 'notServing' } : null;
  },

  fromUnhealthy(sight) {
    const well = goodRoundSince(sight.state) && sessionUp(sight) && !xrayDown(sight);
    return well ? { to: 'RECOVERING', cause: 'answersAgain' } : null;
  },

  fromRecovering(sight, rules) {
    if (failedSince(sight)) return afterRelapse(sight, rules.permitted(sight));
    const { firstOkAtMs, lastRound } = sight.state;
    const spanMs = firstOkAtMs === null || lastRound === null ? 0 : lastRound.atMs - firstOkAtMs;
    return trusted(sight) && spanMs >= RECOVERY_SPAN_MS ? { to: 'HEALTHY', cause: 'recovered' } : null;
  },
};

/** A proof from before the suspicion proves nothing about the time after it. */
const provedSince = ({ state: { proofAtMs, sinceMs } }: Sight): boolean => proofAtMs !== null && proofAtMs >= sinceMs;

function controlIsBack(sight: Sight): boolean {
  const { session, sinceMs, lastRound } = sight.state;
  return controlLostSinceMs(sight) === null && (session.sinceMs >= sinceMs || (lastRound?.good ?? false));
}

function failedSince(sight: Sight): boolean {
  const lost = sessionLostSinceMs(sight);
  return sight.state.fails > 0 || (lost !== null && controlLostForLong(sight));
}

/** One failure sends a node that was UNHEALTHY back there. One that was DETACHED has never had a verdict: it gets a hearing. */
function afterRelapse({ state }: Sight, withheld: Withheld | null): Move | null {
  if (state.recoveringFrom === 'DETACHED')
    return { to: 'SUSPECT', cause: state.fails > 0 ? 'probeFailed' : 'sessionLost' };
  return withheld ? null : { to: 'UNHEALTHY', cause: 'relapsed' };
}
