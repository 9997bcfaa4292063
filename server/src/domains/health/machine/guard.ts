import {
  CORRELATED_MIN,
  CORRELATED_SHARE,
  CORRELATED_WITHIN_MS,
  HOLD_MS,
  HOLD_START_MS,
  PARTIAL_MORE_THAN,
  PARTIAL_SHARE,
} from './constants.js';
import type { Health } from './node-state.js';
import type { GuardView } from './sight.js';

/*
 * What the panel lets itself believe, given how far it trusts its own view of the network. Evaluated each second, the
 * first that applies:
 *
 *   HOLDING     after a start for 90 s, or until every node was heard; for 60 s after many sessions were lost together,
 *               and after the panel was asleep                                             no node becomes UNHEALTHY
 *   ISOLATED    of two or more nodes none serves: it is the panel that is cut off          no node becomes UNHEALTHY
 *   PAUSED      by an operator                                   verdicts as below, no failover
 *   CONFIRMING  too much of the fleet is down at once            only what others confirm
 *   ARMED       else                                             the thresholds decide
 */
export type GuardMode = 'ARMED' | 'HOLDING' | 'CONFIRMING' | 'ISOLATED' | 'PAUSED';

/** Every node that is checked: DISABLED ones are not among them. */
export interface FleetNode {
  id: string;
  health: Health;
  /** An agent has registered for it at some time. */
  enrolled: boolean;
  /** Its agent was heard since the panel's start. */
  heard: boolean;
  groupIds: readonly string[];
}

export interface FleetFacts {
  nodes: readonly FleetNode[];
  /** Whose session was lost since the last call, unplanned: not by deletion, revocation or a newer session. */
  sessionsLost: readonly string[];
  sessionsUp: number;
  /** An operator, or the breaker of cascades, has paused automatic failover. */
  paused: boolean;
}

export interface GuardSettings {
  /** Share of nodes that may be down at once before verdicts need confirmation (the setting suspendFailoverAbove). */
  suspendAbove: number;
  /**
   * A panel that has not looked at its clock for longer than this was asleep. A shorter pause cannot turn a probe that
   * was answered into one that was not, so this is the probes' time-out, and at least two turns of the guard.
   */
  lateAfterMs: number;
}

export const GUARD_EVERY_MS = 1_000;
export const GUARD_SETTINGS: GuardSettings = { suspendAbove: PARTIAL_SHARE, lateAfterMs: 4_000 };

export type HoldCause = 'started' | 'sessionsLost' | 'slept';

export interface GuardState {
  mode: GuardMode;
  sinceMs: number;
  verdicts: GuardView['verdicts'];
  /** Groups of which too much is down at once, though the fleet as a whole is well. */
  confirmingGroups: string[];
  /** Why it is HOLDING, when it is. */
  holdCause: HoldCause | null;
  startedAtMs: number;
  /** The hold after the start is over. */
  settled: boolean;
  holdUntilMs: number | null;
  isolated: boolean;
  lastAtMs: number;
  /** Sessions lost within the last ten seconds. */
  losses: { nodeId: string; atMs: number }[];
}

export type GuardEffect =
  | { type: 'modeChanged'; from: GuardMode; to: GuardMode; holdCause: HoldCause | null }
  /** Every node gets a recount: what was not seen meanwhile speaks against nobody. */
  | { type: 'recountAll'; cause: 'slept' | 'isolationEnded' };

export interface GuardStep {
  state: GuardState;
  effects: GuardEffect[];
}

export function initialGuard(now: number): GuardState {
  return {
    mode: 'HOLDING',
    sinceMs: now,
    verdicts: 'none',
    confirmingGroups: [],
    holdCause: 'started',
    startedAtMs: now,
    settled: false,
    holdUntilMs: null,
    isolated: false,
    lastAtMs: now,
    losses: [],
  };
}

/** The rules of the guard, one by one, so that a test can show what each of them is for. */
export interface GuardRules {
  settled(state: GuardState, facts: FleetFacts, now: number): boolean;
  correlated(losses: GuardState['losses'], facts: FleetFacts): boolean;
  slept(state: GuardState, now: number, settings: GuardSettings): boolean;
  isolated(facts: FleetFacts): boolean;
  partial(nodes: readonly FleetNode[], settings: GuardSettings): boolean;
}

const judged = (nodes: readonly FleetNode[]): FleetNode[] => nodes.filter(({ health }) => health !== 'UNKNOWN');

export const GUARD_RULES: GuardRules = {
  settled(state, { nodes }, now) {
    if (state.settled || now - state.startedAtMs >= HOLD_START_MS) return true;
    return nodes.every(({ enrolled, heard }) => heard || !enrolled);
  },
  correlated(losses, { sessionsUp }) {
    const lost = new Set(losses.map(({ nodeId }) => nodeId)).size;
    return lost >= CORRELATED_MIN && lost >= CORRELATED_SHARE * (sessionsUp + lost);
  },
  slept: ({ lastAtMs }, now, { lateAfterMs }) => now - lastAtMs > Math.max(lateAfterMs, 2 * GUARD_EVERY_MS),
  isolated({ nodes }) {
    const known = judged(nodes);
    return known.length >= 2 && known.every(({ health }) => health !== 'HEALTHY' && health !== 'DETACHED');
  },
  partial(nodes, { suspendAbove }) {
    const known = judged(nodes);
    const down = known.filter(({ health }) => health !== 'HEALTHY').length;
    return down > PARTIAL_MORE_THAN && down >= suspendAbove * known.length;
  },
};

export function nextGuard(
  before: GuardState,
  facts: FleetFacts,
  now: number,
  settings: GuardSettings = GUARD_SETTINGS,
  rules: GuardRules = GUARD_RULES,
): GuardStep {
  const slept = rules.slept(before, now, settings);
  const isolated = rules.isolated(facts);
  const hold = holdAfter(before, facts, now, slept, rules);
  const effects: GuardEffect[] = [];
  if (slept) effects.push({ type: 'recountAll', cause: 'slept' });
  if (before.isolated && !isolated) effects.push({ type: 'recountAll', cause: 'isolationEnded' });

  const confirmsAll = rules.partial(facts.nodes, settings);
  const confirmingGroups = confirmsAll ? [] : groupsInDoubt(facts, settings, rules);
  const blind = hold.holdCause !== null || isolated;
  const mode = modeOf(hold.holdCause, isolated, facts.paused, confirmsAll || confirmingGroups.length > 0);
  if (mode !== before.mode)
    effects.push({ type: 'modeChanged', from: before.mode, to: mode, holdCause: hold.holdCause });
  const state: GuardState = {
    ...before,
    ...hold,
    mode,
    sinceMs: mode === before.mode ? before.sinceMs : now,
    verdicts: blind ? 'none' : confirmsAll ? 'confirmed' : 'all',
    confirmingGroups,
    isolated,
    lastAtMs: now,
  };
  return { state, effects };
}

function modeOf(hold: HoldCause | null, isolated: boolean, paused: boolean, confirming: boolean): GuardMode {
  if (hold) return 'HOLDING';
  if (isolated) return 'ISOLATED';
  if (paused) return 'PAUSED';
  return confirming ? 'CONFIRMING' : 'ARMED';
}

type Hold = Pick<GuardState, 'settled' | 'losses' | 'holdUntilMs' | 'holdCause'>;

function holdAfter(before: GuardState, facts: FleetFacts, now: number, slept: boolean, rules: GuardRules): Hold {
  const settled = rules.settled(before, facts, now);
  const recent = before.losses.filter(({ atMs }) => now - atMs <= CORRELATED_WITHIN_MS);
  const losses = [...recent, ...facts.sessionsLost.map((nodeId) => ({ nodeId, atMs: now }))];
  const correlated = rules.correlated(losses, facts);
  if (slept || correlated) {
    // What has been counted is used up: only as many lost sessions again prolong the hold.
    const holdCause = slept ? 'slept' : 'sessionsLost';
    return { settled, losses: [], holdUntilMs: now + HOLD_MS, holdCause };
  }
  const holds = before.holdUntilMs !== null && now < before.holdUntilMs;
  if (holds) {
    const holdCause = before.holdCause ?? 'sessionsLost';
    return { settled, losses, holdUntilMs: before.holdUntilMs, holdCause };
  }
  return { settled, losses, holdUntilMs: null, holdCause: settled ? null : 'started' };
}

/** A group that is down as a whole while others live is an outage of that group, not of the panel's view. */
function groupsInDoubt({ nodes }: FleetFacts, settings: GuardSettings, rules: GuardRules): string[] {
  const groups = new Map<string, FleetNode[]>();
  for (const node of nodes) {
    for (const groupId of node.groupIds) groups.set(groupId, [...(groups.get(groupId) ?? []), node]);
  }
  return [...groups]
    .filter(([, members]) => rules.partial(members, settings) && members.some(({ health }) => health === 'HEALTHY'))
    .map(([groupId]) => groupId);
}

/** What it means for one node. */
export function guardView(guard: GuardState, groupIds: readonly string[], helpersLeft: number): GuardView {
  const doubted = guard.verdicts === 'all' && groupIds.some((groupId) => guard.confirmingGroups.includes(groupId));
  return { verdicts: doubted ? 'confirmed' : guard.verdicts, helpersLeft };
}
