/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation RegisterAgent($input: RegisterAgentInput!) {\n    registerAgent(input: $input) {\n      nodeId\n      nodeName\n      nodeToken\n      certificate\n      agentPort\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n    }\n  }\n": typeof types.RegisterAgentDocument,
    "\n  mutation ReportMetrics($samples: [MetricSampleInput!]!) {\n    reportMetrics(samples: $samples) {\n      accepted\n    }\n  }\n": typeof types.ReportMetricsDocument,
    "\n  mutation ReportLogs($lines: [LogLineInput!]!) {\n    reportLogs(lines: $lines) {\n      accepted\n    }\n  }\n": typeof types.ReportLogsDocument,
    "\n  mutation CompleteCommand($input: CompleteCommandInput!) {\n    completeCommand(input: $input) {\n      commandId\n    }\n  }\n": typeof types.CompleteCommandDocument,
    "\n  subscription AgentCommands {\n    agentCommands {\n      id\n      issuedAt\n      expiresAt\n      action {\n        __typename\n        ... on ControlXray {\n          kind\n        }\n        ... on ApplyConfig {\n          revision\n          config\n        }\n        ... on ApplyUsers {\n          baseRevision\n          revision\n          add\n          remove\n        }\n        ... on ChangeSettings {\n          metricsIntervalSeconds\n          trafficIntervalSeconds\n          agentPort\n        }\n        ... on ProbeTargets {\n          targets {\n            nodeId\n            address\n            port\n          }\n          timeoutMs\n        }\n        ... on CollectLogs {\n          last\n        }\n      }\n    }\n  }\n": typeof types.AgentCommandsDocument,
};
const documents: Documents = {
    "\n  mutation RegisterAgent($input: RegisterAgentInput!) {\n    registerAgent(input: $input) {\n      nodeId\n      nodeName\n      nodeToken\n      certificate\n      agentPort\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n    }\n  }\n": types.RegisterAgentDocument,
    "\n  mutation ReportMetrics($samples: [MetricSampleInput!]!) {\n    reportMetrics(samples: $samples) {\n      accepted\n    }\n  }\n": types.ReportMetricsDocument,
    "\n  mutation ReportLogs($lines: [LogLineInput!]!) {\n    reportLogs(lines: $lines) {\n      accepted\n    }\n  }\n": types.ReportLogsDocument,
    "\n  mutation CompleteCommand($input: CompleteCommandInput!) {\n    completeCommand(input: $input) {\n      commandId\n    }\n  }\n": types.CompleteCommandDocument,
    "\n  subscription AgentCommands {\n    agentCommands {\n      id\n      issuedAt\n      expiresAt\n      action {\n        __typename\n        ... on ControlXray {\n          kind\n        }\n        ... on ApplyConfig {\n          revision\n          config\n        }\n        ... on ApplyUsers {\n          baseRevision\n          revision\n          add\n          remove\n        }\n        ... on ChangeSettings {\n          metricsIntervalSeconds\n          trafficIntervalSeconds\n          agentPort\n        }\n        ... on ProbeTargets {\n          targets {\n            nodeId\n            address\n            port\n          }\n          timeoutMs\n        }\n        ... on CollectLogs {\n          last\n        }\n      }\n    }\n  }\n": types.AgentCommandsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterAgent($input: RegisterAgentInput!) {\n    registerAgent(input: $input) {\n      nodeId\n      nodeName\n      nodeToken\n      certificate\n      agentPort\n      metricsIntervalSeconds\n      trafficIntervalSeconds\n    }\n  }\n"): typeof import('./graphql.js').RegisterAgentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportMetrics($samples: [MetricSampleInput!]!) {\n    reportMetrics(samples: $samples) {\n      accepted\n    }\n  }\n"): typeof import('./graphql.js').ReportMetricsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportLogs($lines: [LogLineInput!]!) {\n    reportLogs(lines: $lines) {\n      accepted\n    }\n  }\n"): typeof import('./graphql.js').ReportLogsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteCommand($input: CompleteCommandInput!) {\n    completeCommand(input: $input) {\n      commandId\n    }\n  }\n"): typeof import('./graphql.js').CompleteCommandDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AgentCommands {\n    agentCommands {\n      id\n      issuedAt\n      expiresAt\n      action {\n        __typename\n        ... on ControlXray {\n          kind\n        }\n        ... on ApplyConfig {\n          revision\n          config\n        }\n        ... on ApplyUsers {\n          baseRevision\n          revision\n          add\n          remove\n        }\n        ... on ChangeSettings {\n          metricsIntervalSeconds\n          trafficIntervalSeconds\n          agentPort\n        }\n        ... on ProbeTargets {\n          targets {\n            nodeId\n            address\n            port\n          }\n          timeoutMs\n        }\n        ... on CollectLogs {\n          last\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').AgentCommandsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
