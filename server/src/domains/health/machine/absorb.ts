import { HELPERS_REMEMBERED } from './constants.js';
import type { AgentEvidence, Evidence, HelperAnswer, OperatorEvidence, ProbeTarget, Round } from './evidence.js';
import type { KnownHelper, KnownTarget, KnownXray, NodeState } from './node-state.js';

/** Whether a piece is news, given the newest number of its source. */
export type Accepts = (newestSeq: number, seq: number) => boolean;

export const acceptsNewer: Accepts = (newestSeq, seq) => seq > newestSeq;

/** What is known once this piece is in; the same state when it is old news. Nothing is judged here. */
export function absorb(state: NodeState, evidence: Evidence, accepts: Accepts = acceptsNewer): NodeState {
  switch (evidence.type) {
    case 'sessionOpened':
    case 'sessionClosed':
    case 'heartbeat':
    case 'xrayReport':
      return accepts(state.seen.agent, evidence.seq) ? absorbAgent(state, evidence) : state;
    case 'round':
      return accepts(state.seen.panel, evidence.seq) ? absorbRound(state, evidence) : state;
    case 'helperAnswer': {
      const newest = state.helpers[evidence.helperId]?.seq ?? state.seen.helperFloor;
      return accepts(newest, evidence.seq) ? absorbHelper(state, evidence) : state;
    }
    case 'mode':
    case 'desiredRevision':
    case 'recount':
      return accepts(state.seen.operator, evidence.seq) ? absorbOperator(state, evidence) : state;
  }
}

function absorbAgent(state: NodeState, evidence: AgentEvidence): NodeState {
  const { atMs, seq } = evidence;
  const { session } = state;
  const seen = { ...state.seen, agent: seq };
  if (evidence.type === 'sessionClosed') {
    return { ...state, seen, session: { ...session, state: 'down', sinceMs: atMs, detail: evidence.detail } };
  }
  const opens = evidence.type === 'sessionOpened' || session.state !== 'up';
  const said = evidence.type !== 'sessionOpened';
  return {
    ...state,
    seen,
    session: { state: 'up', sinceMs: opens ? atMs : session.sinceMs, heardAtMs: atMs, detail: null },
    graceFromMs: session.state === 'never' ? atMs : state.graceFromMs,
    xray: said ? xrayAfter(state.xray, evidence.xray, atMs, evidence.exitCode, evidence.lastWords) : state.xray,
    appliedRevision: evidence.type === 'heartbeat' ? evidence.revision : state.appliedRevision,
  };
}

function xrayAfter(
  before: KnownXray | null,
  xrayState: KnownXray['state'],
  atMs: number,
  exitCode: number | null,
  lastWords: string | null,
): KnownXray {
  const same = before?.state === xrayState;
  // A later report without words does not take away those of the report that had them.
  return {
    state: xrayState,
    exitCode: exitCode ?? (same ? before.exitCode : null),
    lastWords: lastWords ?? (same ? before.lastWords : null),
    sinceMs: same ? before.sinceMs : atMs,
    atMs,
  };
}

export function targetKey(target: ProbeTarget): string {
  return target.kind === 'proxyPort' ? `proxyPort:${target.port}` : target.kind;
}

function absorbRound(state: NodeState, round: Round): NodeState {
  const { atMs, startedAtMs, results, seq } = round;
  const seen = { ...state.seen, panel: seq };
  if (results.length === 0) return { ...state, seen };
  const good = results.every(({ outcome }) => outcome === 'ok');
  const ports = results.filter(({ target }) => target.kind === 'proxyPort');
  const xrayOk = results.some(({ target, outcome }) => target.kind === 'xray' && outcome === 'ok');
  // A node without proxies has no port that could prove anything; then the word of its agent has to do.
  const proved = ports.length > 0 ? ports.some(({ outcome }) => outcome === 'ok') : xrayOk;

  const targets: Record<string, KnownTarget> = {};
  for (const { target, outcome, detail, latencyMs } of results) {
    const key = targetKey(target);
    const before = state.targets[key];
    const sinceMs = before?.outcome === outcome ? before.sinceMs : atMs;
    targets[key] = { target, outcome, detail, latencyMs, sinceMs, atMs };
  }
  // What the agent said while the round was under way is newer than what the round saw.
  const runs = xrayOk && startedAtMs > (state.xray?.atMs ?? -Infinity);
  return {
    ...state,
    seen,
    fails: good ? 0 : state.fails + 1,
    firstFailAtMs: good ? null : (state.firstFailAtMs ?? atMs),
    oks: good ? state.oks + 1 : 0,
    firstOkAtMs: good ? (state.firstOkAtMs ?? atMs) : null,
    // The connection may have been made as early as that.
    proofAtMs: proved ? Math.max(startedAtMs, state.proofAtMs ?? -Infinity) : state.proofAtMs,
    unproved: proved ? 0 : state.unproved + 1,
    targets,
    xray: runs ? xrayAfter(state.xray, 'RUNNING', atMs, null, null) : state.xray,
    lastRound: { good, startedAtMs, atMs },
  };
}

function absorbHelper(state: NodeState, { helperId, seq, atMs, ports }: HelperAnswer): NodeState {
  const reached = ports.some(({ outcome }) => outcome === 'ok');
  const answer = reached ? 'ack' : ports.length > 0 ? 'nack' : 'silent';
  const before = state.helpers[helperId];
  const sinceMs = before?.answer === answer ? before.sinceMs : atMs;
  const helpers: Record<string, KnownHelper> = {
    ...state.helpers,
    [helperId]: { helperId, seq, answer, ports, sinceMs, atMs },
  };
  let { helperFloor } = state.seen;
  const known = Object.values(helpers);
  if (known.length > HELPERS_REMEMBERED) {
    const oldest = known.reduce((a, b) => (b.seq < a.seq ? b : a));
    delete helpers[oldest.helperId];
    helperFloor = Math.max(helperFloor, oldest.seq);
  }
  return {
    ...state,
    helpers,
    seen: { ...state.seen, helperFloor },
    proofAtMs: reached ? atMs : state.proofAtMs,
    unproved: reached ? 0 : state.unproved,
  };
}

function absorbOperator(before: NodeState, evidence: OperatorEvidence): NodeState {
  const state: NodeState = { ...before, seen: { ...before.seen, operator: evidence.seq } };
  switch (evidence.type) {
    case 'desiredRevision':
      return { ...state, desiredRevision: evidence.revision };
    case 'recount':
      return countedAnew(state, evidence.atMs);
    case 'mode': {
      const { mode, atMs } = evidence;
      const switched = (mode === 'DISABLED') !== (state.mode === 'DISABLED');
      return switched ? { ...state, mode, ...NOTHING_SEEN, graceFromMs: atMs } : { ...state, mode };
    }
  }
}

const NOTHING_SEEN = {
  fails: 0,
  firstFailAtMs: null,
  oks: 0,
  firstOkAtMs: null,
  proofAtMs: null,
  unproved: 0,
  targets: {},
  lastRound: null,
} satisfies Partial<NodeState>;

/** Nobody is judged by what was not seen while the panel could not look (Kubernetes re-stamps its nodes likewise). */
function countedAnew(state: NodeState, atMs: number): NodeState {
  const { session } = state;
  const waits = session.state === 'awaited' ? { sinceMs: atMs } : {};
  return {
    ...state,
    fails: 0,
    firstFailAtMs: state.firstFailAtMs === null ? null : atMs,
    unproved: 0,
    session: { ...session, ...waits, heardAtMs: session.state === 'up' ? atMs : session.heardAtMs },
  };
}
