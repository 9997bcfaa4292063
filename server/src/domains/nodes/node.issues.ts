import { NodeHealth, NodeIssueKind, NodeMode, Severity, XrayState } from './node.enums.js';
import type { NodeIssue } from './node.entity.js';

/** Shares of a resource from which on it is an issue; the same figures that colour the bars of the dashboard. */
export const THRESHOLDS = { cpu: 0.9, memory: 0.9, disk: 0.9 } as const;

/** What the issues of a node follow from. */
export interface NodeFacts {
  mode: NodeMode;
  registered: boolean;
  connected: boolean;
  disconnectedAt: Date | null;
  tokenRevokedAt: Date | null;
  xrayState: XrayState;
  xrayStateSince: Date | null;
  sampledAt: Date | null;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  health: NodeHealth;
  healthSince: Date;
  /** The evidence behind the health, in words. */
  healthReason: string | null;
  /** Why Xray does not run, or does not answer. */
  xrayError: string | null;
  /** Why the newest configuration could not be applied; null when that is not so. */
  syncError: string | null;
  syncFailedAt: Date | null;
  driftSince: Date | null;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * All that is wrong with a node now, worst first. The list's filter says the same in SQL (IS_PROBLEM in node.rows).
 */
export function nodeIssues(facts: NodeFacts): NodeIssue[] {
  if (facts.mode === NodeMode.DISABLED || !facts.registered) return [];
  const issues: NodeIssue[] = [];
  const add = (kind: NodeIssueKind, severity: Severity, message: string, since: Date | null): void => {
    issues.push({ kind, severity, message, since: since ?? facts.sampledAt ?? new Date(0) });
  };
  if (facts.health === NodeHealth.UNHEALTHY) {
    add(NodeIssueKind.UNHEALTHY, Severity.CRITICAL, facts.healthReason ?? 'Nobody reaches it', facts.healthSince);
  }
  // A connection whose token was revoked is being closed at this moment.
  if (facts.tokenRevokedAt && !facts.connected) {
    add(NodeIssueKind.TOKEN_REVOKED, Severity.CRITICAL, 'Its token was revoked', facts.tokenRevokedAt);
  }
  if (!facts.connected) {
    add(NodeIssueKind.AGENT_DISCONNECTED, Severity.CRITICAL, 'The agent is not connected', facts.disconnectedAt);
    return issues;
  }
  if (facts.xrayState !== XrayState.RUNNING) {
    const [severity, message] = XRAY_DOWN[facts.xrayState];
    const words = facts.xrayError ? `${message}: ${facts.xrayError}` : message;
    add(NodeIssueKind.XRAY_DOWN, severity, words, facts.xrayStateSince);
  } else if (facts.xrayError) {
    add(NodeIssueKind.XRAY_DOWN, Severity.CRITICAL, `Xray runs, but ${facts.xrayError}`, facts.sampledAt);
  }
  if (facts.syncError !== null) {
    const message = `The configuration could not be applied: ${facts.syncError}`;
    add(NodeIssueKind.SYNC_FAILED, Severity.CRITICAL, message, facts.syncFailedAt);
  }
  if (facts.driftSince) {
    const message = "The configuration was changed behind the panel's back and is being put right";
    add(NodeIssueKind.CONFIG_DRIFT, Severity.WARNING, message, facts.driftSince);
  }
  addPressure(facts, add);
  return issues;
}

const XRAY_DOWN: Record<Exclude<XrayState, XrayState.RUNNING>, [Severity, string]> = {
  [XrayState.CRASHED]: [Severity.CRITICAL, 'Xray has crashed; the agent keeps starting it'],
  [XrayState.UNKNOWN]: [Severity.CRITICAL, 'There is no Xray on the node'],
  [XrayState.STOPPED]: [Severity.WARNING, 'Xray is stopped'],
};

function addPressure(
  { cpu, memory, disk, sampledAt }: NodeFacts,
  add: (kind: NodeIssueKind, severity: Severity, message: string, since: Date | null) => void,
): void {
  if (disk !== null && disk >= THRESHOLDS.disk) {
    add(NodeIssueKind.DISK_FULL, Severity.WARNING, `Disk is ${percent(disk)} full`, sampledAt);
  }
  if (cpu !== null && cpu >= THRESHOLDS.cpu) {
    add(NodeIssueKind.HIGH_CPU, Severity.WARNING, `CPU is at ${percent(cpu)}`, sampledAt);
  }
  if (memory !== null && memory >= THRESHOLDS.memory) {
    add(NodeIssueKind.HIGH_MEMORY, Severity.WARNING, `Memory is at ${percent(memory)}`, sampledAt);
  }
}
