import type { NodeDocument, NodeUser } from './node-configuration.js';

/** What an agent asks of a panel, as docs/agent-protocol.md has it. */
export const REGISTER_AGENT = `mutation RegisterAgent($input: RegisterAgentInput!) {
  registerAgent(input: $input) { nodeId nodeName nodeToken certificate agentPort metricsIntervalSeconds trafficIntervalSeconds }
}`;

export const REPORT_METRICS = `mutation ReportMetrics($samples: [MetricSampleInput!]!) {
  reportMetrics(samples: $samples) { accepted }
}`;

export const REPORT_LOGS = `mutation ReportLogs($lines: [LogLineInput!]!) {
  reportLogs(lines: $lines) { accepted }
}`;

export const COMPLETE_COMMAND = `mutation CompleteCommand($input: CompleteCommandInput!) {
  completeCommand(input: $input) { commandId }
}`;

export const AGENT_COMMANDS = `subscription AgentCommands {
  agentCommands {
    id issuedAt expiresAt
    action {
      __typename
      ... on ControlXray { kind }
      ... on ChangeSettings { metricsIntervalSeconds trafficIntervalSeconds agentPort }
      ... on CollectLogs { last }
      ... on ApplyConfig { revision config }
      ... on ApplyUsers { baseRevision revision add remove }
    }
  }
}`;

export interface Registration {
  nodeId: string;
  nodeName: string;
  nodeToken: string | null;
  metricsIntervalSeconds: number;
}

export type XrayState = 'RUNNING' | 'STOPPED' | 'CRASHED' | 'UNKNOWN';

export interface Sample {
  at: string;
  cpu: number;
  memory: number;
  disk: number;
  loadAverage: number;
  uplinkRate: number;
  downlinkRate: number;
  connections: number;
  onlineUsers: number;
  xrayState: XrayState;
  xrayVersion: string;
  xrayStartedAt: string | null;
  configRevision: string | null;
}

export interface LogLine {
  at: string;
  source: 'XRAY' | 'AGENT';
  text: string;
}

/** What an operator has asked for, to be done once. */
export type Task =
  | { __typename: 'ControlXray'; kind: 'START_XRAY' | 'STOP_XRAY' | 'RESTART_XRAY' | 'RELOAD_CONFIG' }
  | { __typename: 'CollectLogs'; last: number };

export interface ApplyConfig {
  __typename: 'ApplyConfig';
  revision: string;
  config: NodeDocument;
}

export interface ApplyUsers {
  __typename: 'ApplyUsers';
  baseRevision: string;
  revision: string;
  add: NodeUser[];
  remove: string[];
}

export type Action =
  | Task
  | ApplyConfig
  | ApplyUsers
  | { __typename: 'ChangeSettings'; metricsIntervalSeconds: number; trafficIntervalSeconds: number; agentPort: number };

export interface AgentCommand {
  id: string;
  issuedAt: string;
  expiresAt: string;
  action: Action;
}

export interface Outcome {
  ok: boolean;
  output?: string;
  error?: string | undefined;
  logs?: LogLine[];
  appliedRevision?: string | null;
}
