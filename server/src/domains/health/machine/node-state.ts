import type { NodeHealth, NodeMode, XrayState } from '../../nodes/index.js';
import type { PortResult, ProbeOutcome, ProbeTarget } from './evidence.js';
import type { Reason } from './reason.js';

export type Health = `${NodeHealth}`;
export type Mode = `${NodeMode}`;

/** What one probe target of the panel looks like now. */
export interface KnownTarget {
  target: ProbeTarget;
  outcome: ProbeOutcome;
  detail: string | null;
  latencyMs: number | null;
  /** Since when the outcome is this one. */
  sinceMs: number;
  atMs: number;
}

export interface KnownHelper {
  helperId: string;
  seq: number;
  /** ack: it reached a port; nack: it tried and reached none; silent: it did not answer. */
  answer: 'ack' | 'nack' | 'silent';
  ports: PortResult[];
  /** Since when the answer is this one. */
  sinceMs: number;
  atMs: number;
}

/**
 * never: no agent has ever connected. awaited: the panel has just started and had a session before. up: open (whether it
 * is still heard is a matter of time). down: closed.
 */
export interface KnownSession {
  state: 'never' | 'awaited' | 'up' | 'down';
  sinceMs: number;
  /** The last word of the agent. */
  heardAtMs: number;
  detail: string | null;
}

/** What the agent last said of Xray, by report, heartbeat or local API. */
export interface KnownXray {
  state: `${XrayState}`;
  exitCode: number | null;
  lastWords: string | null;
  sinceMs: number;
  atMs: number;
}

export interface KnownRound {
  good: boolean;
  startedAtMs: number;
  atMs: number;
}

/** Everything about the health of one node. Plain data: it can be stored, compared and replayed. */
export interface NodeState {
  health: Health;
  sinceMs: number;
  mode: Mode;

  /** Failed rounds in a row, and since when something is wrong. */
  fails: number;
  firstFailAtMs: number | null;
  /** Good rounds in a row, and when the first of them ended. */
  oks: number;
  firstOkAtMs: number | null;

  /** Grows by one each time the node becomes UNHEALTHY from SUSPECT: one failover each. */
  incarnation: number;
  /** Where RECOVERING came from decides what a failure then means. */
  recoveringFrom: 'UNHEALTHY' | 'DETACHED' | null;

  /** The penalty for flapping as it was at penaltyAtMs. */
  penalty: number;
  penaltyAtMs: number;
  damped: boolean;
  /** Since when it takes new users slowly; null: it takes its whole share. */
  slowStartFromMs: number | null;

  /** When any observer last reached a proxy port, and how many rounds of the panel have shown none since. */
  proofAtMs: number | null;
  unproved: number;

  session: KnownSession;
  xray: KnownXray | null;
  targets: Record<string, KnownTarget>;
  helpers: Record<string, KnownHelper>;
  lastRound: KnownRound | null;
  appliedRevision: string | null;
  desiredRevision: string | null;
  /** From when the failures of a new node are counted: its agent has come, or it was enabled. */
  graceFromMs: number;

  /** The newest number of each source; helpers carry their own, and what was forgotten of them is not older than this. */
  seen: { agent: number; panel: number; operator: number; helperFloor: number };
  /** What was last asked of the world, so that it is asked again only when it changes. */
  probeEveryMs: number | null;
  askedAtMs: number | null;
  /** What the operator was told last and has not been told to be over. */
  told: 'UNHEALTHY' | 'DETACHED' | null;
  withheldTold: boolean;

  /** Why it is in this state. */
  reason: Reason;
}

/** What survives a restart of the panel. Ages, because the monotonic clock begins anew. */
export interface StoredHealth {
  health: Health;
  mode: Mode;
  incarnation: number;
  penalty: number;
  penaltyAgeMs: number;
  damped: boolean;
  /** The agent has registered at some time. */
  enrolled: boolean;
  recoveringFrom: 'UNHEALTHY' | 'DETACHED' | null;
  told: 'UNHEALTHY' | 'DETACHED' | null;
  /** null: no slow start is going on. */
  slowStartAgeMs: number | null;
  appliedRevision: string | null;
  desiredRevision: string | null;
}

export const NEW_NODE: StoredHealth = {
  health: 'UNKNOWN',
  mode: 'ACTIVE',
  incarnation: 0,
  penalty: 0,
  penaltyAgeMs: 0,
  damped: false,
  enrolled: false,
  recoveringFrom: null,
  told: null,
  slowStartAgeMs: null,
  appliedRevision: null,
  desiredRevision: null,
};

/** A node as the panel takes it up: new, or as it was stored. No probe is running yet; the first tick asks for them. */
export function nodeState(stored: StoredHealth, now: number): NodeState {
  return {
    health: stored.mode === 'DISABLED' ? 'UNKNOWN' : stored.health,
    sinceMs: now,
    mode: stored.mode,
    fails: 0,
    firstFailAtMs: null,
    oks: 0,
    firstOkAtMs: null,
    incarnation: stored.incarnation,
    recoveringFrom: stored.health === 'RECOVERING' ? (stored.recoveringFrom ?? 'UNHEALTHY') : null,
    penalty: stored.penalty,
    penaltyAtMs: now - stored.penaltyAgeMs,
    damped: stored.damped,
    slowStartFromMs: stored.slowStartAgeMs === null ? null : now - stored.slowStartAgeMs,
    proofAtMs: null,
    unproved: 0,
    session: { state: stored.enrolled ? 'awaited' : 'never', sinceMs: now, heardAtMs: now, detail: null },
    xray: null,
    targets: {},
    helpers: {},
    lastRound: null,
    appliedRevision: stored.appliedRevision,
    desiredRevision: stored.desiredRevision,
    graceFromMs: now,
    seen: { agent: -1, panel: -1, operator: -1, helperFloor: -1 },
    probeEveryMs: null,
    askedAtMs: null,
    told: stored.told,
    withheldTold: false,
    reason: { cause: 'started', lines: [], failedRounds: 0, goodRounds: 0, withheld: null },
  };
}

export function storedHealth(state: NodeState, now: number): StoredHealth {
  return {
    health: state.health,
    mode: state.mode,
    incarnation: state.incarnation,
    penalty: state.penalty,
    penaltyAgeMs: now - state.penaltyAtMs,
    damped: state.damped,
    enrolled: state.session.state !== 'never',
    recoveringFrom: state.recoveringFrom,
    told: state.told,
    slowStartAgeMs: state.slowStartFromMs === null ? null : now - state.slowStartFromMs,
    appliedRevision: state.appliedRevision,
    desiredRevision: state.desiredRevision,
  };
}
