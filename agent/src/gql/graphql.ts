/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CompleteCommandInput = {
  commandId: string | number;
  error?: string | null | undefined;
  logs?: Array<LogLineInput> | null | undefined;
  ok: boolean;
  output?: string | null | undefined;
};

export type LogLineInput = {
  at: string;
  source: LogSource;
  text: string;
};

export type LogSource = 'AGENT' | 'XRAY';

export type MetricSampleInput = {
  at: string;
  configRevision?: string | null | undefined;
  connections: number;
  cpu: number;
  disk: number;
  downlinkRate: number;
  loadAverage: number;
  memory: number;
  onlineUsers: number;
  uplinkRate: number;
  xrayStartedAt?: string | null | undefined;
  xrayState: XrayState;
  xrayVersion?: string | null | undefined;
};

export type NodeCommandKind = 'COLLECT_LOGS' | 'RELOAD_CONFIG' | 'RESTART_XRAY' | 'START_XRAY' | 'STOP_XRAY';

export type RegisterAgentInput = {
  agentVersion: string;
  configRevision?: string | null | undefined;
  csr: string;
  hostname: string;
  startedAt: string;
  xrayVersion?: string | null | undefined;
};

export type XrayState = 'CRASHED' | 'RUNNING' | 'STOPPED' | 'UNKNOWN';

export type RegisterAgentMutationVariables = Exact<{
  input: RegisterAgentInput;
}>;

export type RegisterAgentMutation = {
  registerAgent: {
    nodeId: string;
    nodeName: string;
    nodeToken: string | null;
    certificate: string;
    agentPort: number;
    metricsIntervalSeconds: number;
    trafficIntervalSeconds: number;
  };
};

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

export type AgentCommandsSubscriptionVariables = Exact<{ [key: string]: never }>;

export type AgentCommandsSubscription = {
  agentCommands: {
    id: string;
    issuedAt: string;
    expiresAt: string;
    action:
      | {
          __typename: 'ChangeSettings';
          metricsIntervalSeconds: number;
          trafficIntervalSeconds: number;
          agentPort: number;
        }
      | { __typename: 'CollectLogs'; last: number }
      | { __typename: 'ControlXray'; kind: NodeCommandKind };
  };
};

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
      ... on ChangeSettings {
        metricsIntervalSeconds
        trafficIntervalSeconds
        agentPort
      }
      ... on CollectLogs {
        last
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AgentCommandsSubscription, AgentCommandsSubscriptionVariables>;
