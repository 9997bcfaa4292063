import { graphql } from './gql/index.js';

// Everything that an agent ever asks of a panel (docs/agent-protocol.md, "Operations").

export const RegisterAgent = graphql(`
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
`);

export const ReportMetrics = graphql(`
  mutation ReportMetrics($samples: [MetricSampleInput!]!) {
    reportMetrics(samples: $samples) {
      accepted
    }
  }
`);

export const ReportLogs = graphql(`
  mutation ReportLogs($lines: [LogLineInput!]!) {
    reportLogs(lines: $lines) {
      accepted
    }
  }
`);

export const CompleteCommand = graphql(`
  mutation CompleteCommand($input: CompleteCommandInput!) {
    completeCommand(input: $input) {
      commandId
    }
  }
`);

export const AgentCommands = graphql(`
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
`);
