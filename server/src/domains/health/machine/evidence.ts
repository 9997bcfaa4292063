import type { NodeMode, XrayState } from '../../nodes/index.js';

/*
 * All that the verdict on a node is made of. Each piece is stamped by the panel on receipt with its monotonic clock
 * (the node's clock is never used) and with a number that grows within its source. A piece whose number is not greater
 * than the last one of the same source is ignored, so duplicates and late arrivals change nothing.
 *
 *   source     numbered by                                           pieces
 *   agent      a counter of the panel per node, over all sessions    sessionOpened, sessionClosed, heartbeat, xrayReport
 *   panel      the number that a round got when it started           round
 *   helper     the question, counted per node asked about            helperAnswer (compared per helper)
 *   operator   a counter of the panel per node                       mode, desiredRevision, recount
 *
 * `tick` is no evidence: it only says what time it is, and may come at any time.
 */

/** How one attempt to reach something has ended. */
export type ProbeOutcome =
  /** It went well. */
  | 'ok'
  /** An RST: the host is there, nothing listens. */
  | 'refused'
  /** Nothing came back in time. */
  | 'timeout'
  /** No route to the host or network. */
  | 'unreachable'
  /** The connection broke off. */
  | 'reset'
  /** The name does not resolve. */
  | 'dns'
  /** The certificate is not the node's, or no TLS is spoken. */
  | 'tls'
  /** Something answered that is no agent. */
  | 'protocol'
  /** The agent says that Xray does not run or does not answer. */
  | 'down'
  /** Anything else. */
  | 'error';

export type ProbeTarget = { kind: 'proxyPort'; port: number } | { kind: 'agentApi' } | { kind: 'xray' };

export interface TargetResult {
  target: ProbeTarget;
  outcome: ProbeOutcome;
  latencyMs: number | null;
  /** Words of the system or of the agent, for people. */
  detail: string | null;
}

export interface PortResult {
  port: number;
  outcome: ProbeOutcome;
}

interface Stamped {
  /** The panel's monotonic clock at receipt, in milliseconds. */
  atMs: number;
  /** Grows within the source. */
  seq: number;
}

export interface SessionOpened extends Stamped {
  type: 'sessionOpened';
}

export interface SessionClosed extends Stamped {
  type: 'sessionClosed';
  /** Why, for people. */
  detail: string | null;
}

/** A report of the agent: it also proves that the session lives. */
export interface Heartbeat extends Stamped {
  type: 'heartbeat';
  xray: `${XrayState}`;
  exitCode: number | null;
  lastWords: string | null;
  /** The revision of the configuration that the node runs. */
  revision: string | null;
}

/** The agent says, out of turn, what has become of Xray: it has exited, it refuses to start, it runs again. */
export interface XrayReport extends Stamped {
  type: 'xrayReport';
  xray: `${XrayState}`;
  exitCode: number | null;
  lastWords: string | null;
}

/**
 * One look of the panel at the node. It went well when it has results and every one is ok; a target that was not tried
 * because an earlier one failed is left out.
 */
export interface Round extends Stamped {
  type: 'round';
  /** When it started: what happened after that it may not have seen. */
  startedAtMs: number;
  results: TargetResult[];
}

/** What another node saw when it was asked to try the ports. No ports: it stayed silent. */
export interface HelperAnswer extends Stamped {
  type: 'helperAnswer';
  helperId: string;
  ports: PortResult[];
}

export interface ModeChanged extends Stamped {
  type: 'mode';
  mode: `${NodeMode}`;
}

/** The configuration that the node should run; null when there is none for it. */
export interface DesiredRevision extends Stamped {
  type: 'desiredRevision';
  revision: string | null;
}

/** What was counted so far is worth nothing: the panel slept, or was cut off from every node. */
export interface Recount extends Stamped {
  type: 'recount';
  cause: 'slept' | 'isolationEnded';
}

export type AgentEvidence = SessionOpened | SessionClosed | Heartbeat | XrayReport;
export type OperatorEvidence = ModeChanged | DesiredRevision | Recount;
export type Evidence = AgentEvidence | Round | HelperAnswer | OperatorEvidence;

export interface Tick {
  type: 'tick';
}

export type HealthInput = Evidence | Tick;
