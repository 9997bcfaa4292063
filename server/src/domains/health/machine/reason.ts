import type { ProbeTarget } from './evidence.js';
import type { KnownHelper, NodeState } from './node-state.js';

/** Why a node is in its state, in one word. */
export type ReasonCause =
  /** Known from before the panel's start, nothing seen since. */
  | 'started'
  | 'disabled'
  /** First good rounds of a new node. */
  | 'ready'
  | 'sessionLost'
  | 'probeFailed'
  | 'xrayDown'
  /** Nobody reaches it. */
  | 'silent'
  /** Every observer is refused. */
  | 'refused'
  /** Control is lost, users are served. */
  | 'stillServing'
  /** A full good round after a suspicion. */
  | 'falseAlarm'
  | 'answersAgain'
  | 'sessionBack'
  | 'recovered'
  | 'relapsed'
  /** Nobody reaches a node that was DETACHED. */
  | 'notServing';

/**
 * Why a verdict that is due is not given: the panel does not trust itself, its guard forbids it, nobody confirms it,
 * or somebody still reaches the node.
 */
export type Withheld = 'panelSick' | 'guard' | 'unconfirmed' | 'reached';

/** One line of evidence, as the dashboard shows it. */
export interface EvidenceLine {
  kind: 'PROXY_PORT' | 'AGENT_API' | 'XRAY' | 'SESSION';
  /** The port's number, or empty. */
  target: string;
  /** 'panel', 'agent', or the id of the node that was asked. */
  vantage: string;
  /** A ProbeOutcome; `silent` of a helper; `up`, `down`, `awaited` or `never` of the session; of Xray what its agent says. */
  outcome: string;
  /** Since when, on the panel's monotonic clock. */
  sinceMs: number;
  /** Of Xray, when it has exited. */
  exitCode: number | null;
  /** Words of the system, of the agent or of Xray. */
  detail: string | null;
}

export interface Reason {
  cause: ReasonCause;
  lines: EvidenceLine[];
  failedRounds: number;
  goodRounds: number;
  withheld: Withheld | null;
}

/** More lines than this help nobody; a node with more ports than that is cut, not its session or Xray. */
export const LINES_MAX = 40;

const KINDS = { proxyPort: 'PROXY_PORT', agentApi: 'AGENT_API', xray: 'XRAY' } as const;
const port = (target: ProbeTarget): string => (target.kind === 'proxyPort' ? String(target.port) : '');

/** What is known of a node now, the agent's own words first, then the panel's eyes, then the helpers'. */
export function evidenceLines(state: NodeState): EvidenceLine[] {
  return [...agentLines(state), ...panelLines(state), ...Object.values(state.helpers).flatMap(helperLines)].slice(
    0,
    LINES_MAX,
  );
}

function agentLines({ session, xray }: NodeState): EvidenceLine[] {
  const lines: EvidenceLine[] = [
    {
      kind: 'SESSION',
      target: '',
      vantage: 'agent',
      outcome: session.state,
      sinceMs: session.state === 'up' ? session.heardAtMs : session.sinceMs,
      exitCode: null,
      detail: session.detail,
    },
  ];
  if (!xray) return lines;
  lines.push({
    kind: 'XRAY',
    target: '',
    vantage: 'agent',
    outcome: xray.state.toLowerCase(),
    sinceMs: xray.sinceMs,
    exitCode: xray.exitCode,
    detail: xray.lastWords,
  });
  return lines;
}

function panelLines({ targets }: NodeState): EvidenceLine[] {
  return Object.values(targets).map(({ target, outcome, sinceMs, detail }) => ({
    kind: KINDS[target.kind],
    target: port(target),
    vantage: 'panel',
    outcome,
    sinceMs,
    exitCode: null,
    detail,
  }));
}

function helperLines({ helperId, ports, sinceMs }: KnownHelper): EvidenceLine[] {
  const line = (target: string, outcome: string): EvidenceLine => ({
    kind: 'PROXY_PORT',
    target,
    vantage: helperId,
    outcome,
    sinceMs,
    exitCode: null,
    detail: null,
  });
  return ports.length === 0 ? [line('', 'silent')] : ports.map((result) => line(String(result.port), result.outcome));
}

export function reasonOf(state: NodeState, cause: ReasonCause, withheld: Withheld | null = null): Reason {
  return { cause, lines: evidenceLines(state), failedRounds: state.fails, goodRounds: state.oks, withheld };
}
