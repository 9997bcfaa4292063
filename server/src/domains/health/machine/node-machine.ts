import { absorb, acceptsNewer, type Accepts } from './absorb.js';
import { HELPERS, PENALTY_OUTAGE, PENALTY_RELAPSE } from './constants.js';
import { decayed, penalised, stillDamped, type Penalty } from './damping.js';
import type { HealthInput } from './evidence.js';
import { MOVE_RULES, type Move, type MoveRules } from './moves.js';
import type { Health, NodeState } from './node-state.js';
import { probeEveryMs } from './pace.js';
import { reasonOf, type Reason } from './reason.js';
import { confirmEveryMs, type HealthSettings } from './settings.js';
import type { GuardView, Sight } from './sight.js';
import { verdictOn } from './verdict.js';

/*
 * The health of one node.
 *
 *   UNKNOWN     no verdict yet: never joined, just joined, or DISABLED
 *   HEALTHY     every probe is good and the agent is heard
 *   SUSPECT     something is wrong; looked at faster, other nodes are asked to look too. Takes no new users, loses none
 *   DETACHED    the panel cannot steer it, and somebody has proof that it serves: never fails over
 *   UNHEALTHY   the verdict: its users are moved
 *   RECOVERING  it answers again, and has to go on doing so for a while
 *
 *   UNKNOWN     --good rounds, session, configuration-->           HEALTHY
 *   UNKNOWN     --trouble after the grace-->                       SUSPECT
 *   HEALTHY     --failed round, session lost, Xray down-->         SUSPECT
 *   SUSPECT     --a full good round and a session-->               HEALTHY
 *   SUSPECT     --control lost for 25 s, a port proved since-->    DETACHED
 *   SUSPECT     --failures, window over, nobody reaches it-->      UNHEALTHY, a new incarnation
 *   DETACHED    --control is back-->                               RECOVERING
 *   DETACHED    --every observer fails, or Xray down-->            SUSPECT
 *   UNHEALTHY   --a good round and a session-->                    RECOVERING
 *   RECOVERING  --good rounds over 20 s, configuration, trust-->   HEALTHY, slowly when it was UNHEALTHY
 *   RECOVERING  --a failure-->                                     UNHEALTHY, the same incarnation; SUSPECT when it was DETACHED
 *   any         --DISABLED-->                                      UNKNOWN
 */

export type AlertKind = 'UNHEALTHY' | 'DETACHED' | 'RECOVERED' | 'FLAPPING' | 'VERDICT_WITHHELD';

export type HealthEffect =
  /** At once, or right after the round that is under way: that one may have begun before the trouble. */
  | { type: 'probeNow' }
  /** From now on, with jitter; null: no more. */
  | { type: 'probeEvery'; ms: number | null }
  /** Healthy nodes with a session, from other groups, providers and countries if possible. */
  | { type: 'askHelpers'; count: number }
  /** One row of history each. */
  | { type: 'transition'; from: Health; to: Health; atMs: number; incarnation: number; reason: Reason }
  | { type: 'alert'; kind: AlertKind; reason: Reason };

export interface HealthStep {
  state: NodeState;
  effects: HealthEffect[];
}

/** Every rule that a test may exchange for a wrong one, to show that the right one is needed. */
export interface HealthRules extends MoveRules {
  accepts: Accepts;
  incarnationAfter(state: NodeState, move: Move): number;
  penalised(before: Penalty, points: number, now: number): Penalty;
  stillDamped(before: Penalty, now: number): boolean;
  /** Whether anything is judged at all. */
  judges(state: NodeState): boolean;
}

export const HEALTH_RULES: HealthRules = {
  ...MOVE_RULES,
  accepts: acceptsNewer,
  incarnationAfter: ({ health, incarnation }, { to }) =>
    to === 'UNHEALTHY' && health === 'SUSPECT' ? incarnation + 1 : incarnation,
  penalised,
  stillDamped,
  judges: ({ mode }) => mode !== 'DISABLED',
};

export type NextHealth = (
  state: NodeState,
  input: HealthInput,
  settings: HealthSettings,
  guard: GuardView,
  now: number,
  score: number,
) => HealthStep;

/** Two moves in one step are rare (an old suspicion and then its end), more cannot be; see the test of the fixed point. */
const MOVES_MAX = 4;

export function healthMachine(rules: HealthRules): NextHealth {
  return (before, input, settings, guard, now, score) => {
    const known = input.type === 'tick' ? before : absorb(before, input, rules.accepts);
    if (input.type !== 'tick' && known === before) return { state: before, effects: [] };
    const effects: HealthEffect[] = [];
    const sight: Sight = { state: undamped(known, now, rules), settings, guard, now, score };
    for (let moves = 0; moves < MOVES_MAX; moves++) {
      const move = nextMove(sight, rules);
      if (!move) break;
      const step = enter(sight, move, rules, input);
      sight.state = step.state;
      effects.push(...step.effects);
    }
    for (const follow of [tellWithheld, lookCloser, setPace]) {
      const step = follow(sight, { before, input, rules });
      sight.state = step.state;
      effects.push(...step.effects);
    }
    return { state: sight.state, effects: withoutRepeats(effects) };
  };
}

/** The health of a node after one piece of evidence, or after nothing but time. */
export const nextHealth: NextHealth = healthMachine(HEALTH_RULES);

function undamped(state: NodeState, now: number, rules: HealthRules): NodeState {
  return state.damped && !rules.stillDamped(state, now) ? { ...state, damped: false } : state;
}

function nextMove(sight: Sight, rules: HealthRules): Move | null {
  const { state } = sight;
  if (!rules.judges(state)) return state.health === 'UNKNOWN' ? null : { to: 'UNKNOWN', cause: 'disabled' };
  switch (state.health) {
    case 'UNKNOWN':
      return rules.fromUnknown(sight, rules);
    case 'HEALTHY':
      return rules.fromHealthy(sight, rules);
    case 'SUSPECT':
      return rules.fromSuspect(sight, rules);
    case 'DETACHED':
      return rules.fromDetached(sight, rules);
    case 'UNHEALTHY':
      return rules.fromUnhealthy(sight, rules);
    case 'RECOVERING':
      return rules.fromRecovering(sight, rules);
  }
}

function enter({ state, settings, now }: Sight, move: Move, rules: HealthRules, input: HealthInput): HealthStep {
  const { health: from } = state;
  const { to, cause } = move;
  const reason = reasonOf(state, cause);
  const incarnation = rules.incarnationAfter(state, move);
  const entered: NodeState = { ...state, health: to, sinceMs: now, incarnation, reason };
  const step = onEntry[to](entered, { from, now, rules, settings, reason, byRound: input.type === 'round' });
  const transition: HealthEffect = { type: 'transition', from, to, atMs: now, incarnation, reason };
  return { state: step.state, effects: [transition, ...step.effects] };
}

interface Entry {
  from: Health;
  now: number;
  rules: HealthRules;
  settings: HealthSettings;
  reason: Reason;
  /** A round has just ended: it is the first of those that count in the new state. */
  byRound: boolean;
}

const onEntry: Record<Health, (state: NodeState, entry: Entry) => HealthStep> = {
  UNKNOWN: (state) => ({
    state: { ...state, recoveringFrom: null, slowStartFromMs: null, told: null, withheldTold: false },
    effects: [],
  }),

  SUSPECT: (state, { from, now }) => ({
    state: {
      ...state,
      recoveringFrom: null,
      // While it was DETACHED failures meant nothing; only the rounds in which nobody reached it count now.
      ...(from === 'DETACHED'
        ? { firstFailAtMs: now, fails: state.unproved }
        : { firstFailAtMs: state.firstFailAtMs ?? now }),
    },
    effects: [{ type: 'probeNow' }],
  }),

  DETACHED: (state, { reason }) => ({
    state: { ...state, told: 'DETACHED' },
    effects: state.told === null ? [{ type: 'alert', kind: 'DETACHED', reason }] : [],
  }),

  UNHEALTHY: (state, { from, now, rules, reason }) => {
    const points = from === 'RECOVERING' ? PENALTY_RELAPSE : PENALTY_OUTAGE;
    const { penalty, penaltyAtMs, damped } = rules.penalised(state, points, now);
    const effects: HealthEffect[] = [];
    if (state.told !== 'UNHEALTHY') effects.push({ type: 'alert', kind: 'UNHEALTHY', reason });
    if (damped && !state.damped) effects.push({ type: 'alert', kind: 'FLAPPING', reason });
    return {
      state: {
        ...state,
        penalty,
        penaltyAtMs,
        damped,
        recoveringFrom: null,
        slowStartFromMs: null,
        told: 'UNHEALTHY',
        withheldTold: false,
      },
      effects,
    };
  },

  RECOVERING: (state, { from, byRound }) => ({
    state: {
      ...state,
      recoveringFrom: from === 'DETACHED' ? 'DETACHED' : 'UNHEALTHY',
      ...(byRound && state.lastRound?.good
        ? { oks: 1, firstOkAtMs: state.lastRound.atMs }
        : { oks: 0, firstOkAtMs: null }),
      fails: 0,
      firstFailAtMs: null,
    },
    effects: byRound ? [] : [{ type: 'probeNow' }],
  }),

  HEALTHY: (state, { now, reason }) => ({
    state: {
      ...state,
      firstFailAtMs: null,
      slowStartFromMs: state.recoveringFrom === 'UNHEALTHY' ? now : state.slowStartFromMs,
      recoveringFrom: null,
      told: null,
      withheldTold: false,
    },
    // What was told is taken back, whichever way the node came: a DETACHED one may become well through SUSPECT.
    effects: state.told === null ? [] : [{ type: 'alert', kind: 'RECOVERED', reason }],
  }),
};

interface Around {
  before: NodeState;
  input: HealthInput;
  rules: HealthRules;
}

/** A verdict that is due and not given for 90 s is something that an operator must know, once. */
function tellWithheld(sight: Sight, { rules }: Around): HealthStep {
  const { state } = sight;
  if (state.health !== 'SUSPECT' || !rules.judges(state)) return { state, effects: [] };
  const { withheld } = verdictOn(sight, rules);
  const named = state.reason.withheld === withheld ? state : { ...state, reason: { ...state.reason, withheld } };
  if (withheld === null || state.withheldTold || !rules.withheldForLong(sight)) return { state: named, effects: [] };
  const reason = reasonOf(state, state.reason.cause, withheld);
  return { state: { ...named, withheldTold: true }, effects: [{ type: 'alert', kind: 'VERDICT_WITHHELD', reason }] };
}

/** Others are asked when a suspicion begins and after each round that has not ended it; a session that is back is looked at. */
function lookCloser({ state, settings, now }: Sight, { before, input, rules }: Around): HealthStep {
  if (!rules.judges(state)) return { state, effects: [] };
  const effects: HealthEffect[] = [];
  const back = before.session.state !== 'up' && state.session.state === 'up';
  if (back && state.health !== 'HEALTHY') effects.push({ type: 'probeNow' });

  const entered = state.health === 'SUSPECT' && before.health !== 'SUSPECT';
  const doubtful = state.health === 'SUSPECT' || (state.health === 'DETACHED' && state.unproved > 0);
  const due = state.askedAtMs === null || now - state.askedAtMs >= confirmEveryMs(settings) / 2;
  if (!doubtful || !due || !(entered || input.type === 'round')) return { state, effects };
  effects.push({ type: 'askHelpers', count: HELPERS });
  return { state: { ...state, askedAtMs: now }, effects };
}

function setPace({ state, settings, now }: Sight): HealthStep {
  const ms = probeEveryMs(state, settings, now);
  if (ms === state.probeEveryMs) return { state, effects: [] };
  return { state: { ...state, probeEveryMs: ms }, effects: [{ type: 'probeEvery', ms }] };
}

function withoutRepeats(effects: HealthEffect[]): HealthEffect[] {
  const first = effects.findIndex(({ type }) => type === 'probeNow');
  return effects.filter(({ type }, index) => type !== 'probeNow' || index === first);
}

/** The penalty for flapping as it is now. */
export const currentPenalty = ({ penalty, penaltyAtMs }: NodeState, now: number): number =>
  decayed(penalty, now - penaltyAtMs);

export type { GuardView } from './sight.js';
export type { Reason, Withheld } from './reason.js';
