/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The outcome of a command. */
export type CompleteCommandInput = {
  /** For ApplyConfig and ApplyUsers: the revision that the node is at now, also after a failure. */
  appliedRevision?: string | null | undefined;
  /** Which command. */
  commandId: string | number;
  /** Why it failed. */
  error?: string | null | undefined;
  /** For CollectLogs, at most 1000. */
  logs?: Array<LogLineInput> | null | undefined;
  /** Whether it succeeded. */
  ok: boolean;
  /** What happened, in a line. */
  output?: string | null | undefined;
  /** For ProbeTargets: one for each target. */
  probes?: Array<ProbeReportInput> | null | undefined;
};

/** A line of a log. */
export type LogLineInput = {
  /** When it was written. */
  at: string;
  /** By whom. */
  source: LogSource;
  /** The line, at most 2,000 characters. */
  text: string;
};

/** Whose log the line is from. */
export type LogSource =
  | 'AGENT'
  | 'XRAY';

/** How a node was at one moment. Ratios run from 0 to 1, rates are bytes per second. */
export type MetricSampleInput = {
  /** When it was taken, by the clock of the node. */
  at: string;
  /** Revision that the node is at; null when it has none of the panel. */
  configRevision?: string | null | undefined;
  /** Established TCP connections. */
  connections: number;
  /** Share of all cores in use. */
  cpu: number;
  /** Share of the root file system in use. */
  disk: number;
  /** Bytes per second received. */
  downlinkRate: number;
  /** Load average over one minute. */
  loadAverage: number;
  /** Share of memory that is not available. */
  memory: number;
  /** Users with an open connection. */
  onlineUsers: number;
  /** Bytes per second sent. */
  uplinkRate: number;
  /** Why Xray does not run although it should: its exit code and last words, up to 500 characters. */
  xrayError?: string | null | undefined;
  /** Since when Xray runs. */
  xrayStartedAt?: string | null | undefined;
  /** State of Xray. */
  xrayState: XrayState;
  /** Version of Xray. */
  xrayVersion?: string | null | undefined;
};

/** STOP_XRAY lasts until a start. RELOAD_CONFIG tests the configuration on the node before Xray is restarted with it. */
export type NodeCommandKind =
  | 'COLLECT_LOGS'
  | 'RELOAD_CONFIG'
  | 'RESTART_XRAY'
  | 'START_XRAY'
  | 'STOP_XRAY';

/** What an agent has seen of a port of another node. */
export type ProbeReportInput = {
  /** Why it was not: an error code such as ECONNREFUSED, or ETIMEDOUT. */
  error?: string | null | undefined;
  /** Milliseconds until it was; null when it was not. */
  latencyMs?: number | null | undefined;
  /** The node that was looked at. */
  nodeId: string | number;
  /** Whether the connection was accepted. */
  ok: boolean;
  /** The port of it. */
  port: number;
};

/** What an agent says of itself when it starts. */
export type RegisterAgentInput = {
  /** Version of the agent. */
  agentVersion: string;
  /** Revision that the node is at; null when it has none of the panel. */
  configRevision?: string | null | undefined;
  /** PKCS #10 request with a P-256 key, PEM. Names in it do not count. */
  csr: string;
  /** Host name of the node. */
  hostname: string;
  /** When the agent started. */
  startedAt: string;
  /** Version of Xray; null when there is none. */
  xrayVersion?: string | null | undefined;
};

/** STOPPED on purpose, CRASHED by itself (the agent keeps trying), UNKNOWN when there is no Xray on the node. */
export type XrayState =
  | 'CRASHED'
  | 'RUNNING'
  | 'STOPPED'
  | 'UNKNOWN';

export type RegisterAgentMutationVariables = Exact<{
  input: RegisterAgentInput;
}>;


export type RegisterAgentMutation = { registerAgent: { nodeId: string, nodeName: string, nodeToken: string | null, certificate: string, agentPort: number, metricsIntervalSeconds: number, trafficIntervalSeconds: number } };

export type ReportMetricsMutationVariables = Exact<{
  samples: Array<MetricSampleInput> | MetricSampleInput;
}>;


export type ReportMetricsMutation = { reportMetrics: { accepted: number } };

export type ReportLogsMutationVariables = Exact<{
  lines: Array<LogLineInput> | LogLineInput;
}>;


export type ReportLogsMutation = { reportLogs: { accepted: number } };

export type CompleteCommandMutationVariables = Exact<{
  input: CompleteCommandInput;
}>;


export type CompleteCommandMutation = { completeCommand: { commandId: string } };

export type AgentCommandsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AgentCommandsSubscription = { agentCommands: { id: string, issuedAt: string, expiresAt: string, action:
      | { __typename: 'ApplyConfig', revision: string, config: unknown }
      | { __typename: 'ApplyUsers', baseRevision: string, revision: string, add: Array<unknown>, remove: Array<unknown> }
      | { __typename: 'ChangeSettings', metricsIntervalSeconds: number, trafficIntervalSeconds: number, agentPort: number }
      | { __typename: 'CollectLogs', last: number }
      | { __typename: 'ControlXray', kind: NodeCommandKind }
      | { __typename: 'ProbeTargets', timeoutMs: number, targets: Array<{ nodeId: string, address: string, port: number }> }
     } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const RegisterAgentDocument = new TypedDocumentString(`
    mutation RegisterAgent($input: RegisterAgentInput!) {
  registerAgent(input: $input) {
    nodeId
    nodeName
    nodeToken
    certificate
    agentPort
    metricsIntervalSeconds
    trafficIntervalSeconds
  }
}
    `) as unknown as TypedDocumentString<RegisterAgentMutation, RegisterAgentMutationVariables>;
export const ReportMetricsDocument = new TypedDocumentString(`
    mutation ReportMetrics($samples: [MetricSampleInput!]!) {
  reportMetrics(samples: $samples) {
    accepted
  }
}
    `) as unknown as TypedDocumentString<ReportMetricsMutation, ReportMetricsMutationVariables>;
export const ReportLogsDocument = new TypedDocumentString(`
    mutation ReportLogs($lines: [LogLineInput!]!) {
  reportLogs(lines: $lines) {
    accepted
  }
}
    `) as unknown as TypedDocumentString<ReportLogsMutation, ReportLogsMutationVariables>;
export const CompleteCommandDocument = new TypedDocumentString(`
    mutation CompleteCommand($input: CompleteCommandInput!) {
  completeCommand(input: $input) {
    commandId
  }
}
    `) as unknown as TypedDocumentString<CompleteCommandMutation, CompleteCommandMutationVariables>;
export const AgentCommandsDocument = new TypedDocumentString(`
    subscription AgentCommands {
  agentCommands {
    id
    issuedAt
    expiresAt
    action {
      __typename
      ... on ControlXray {
        kind
      }
      ... on ApplyConfig {
        revision
        config
      }
      ... on ApplyUsers {
        baseRevision
        revision
        add
        remove
      }
      ... on ChangeSettings {
        metricsIntervalSeconds
        trafficIntervalSeconds
        agentPort
      }
      ... on ProbeTargets {
        targets {
          nodeId
          address
          port
        }
        timeoutMs
      }
      ... on CollectLogs {
        last
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AgentCommandsSubscription, AgentCommandsSubscriptionVariables>;