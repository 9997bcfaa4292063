import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { DateTime, JsonValue } from '../../platform/graphql/scalars.js';
import { XrayState } from '../nodes/index.js';
import { NodeCommand, NodeCommandKind } from './node-command.entity.js';

export enum LogSource {
  XRAY = 'XRAY',
  AGENT = 'AGENT',
}
registerEnumType(LogSource, { name: 'LogSource', description: 'Whose log the line is from.' });

@ObjectType({ description: 'A line of a log.', simpleResolvers: true })
export class LogLine {
  @Field(() => DateTime, { description: 'When it was written.' }) at!: Date;
  @Field(() => LogSource, { description: 'By whom.' }) source!: LogSource;
  @Field(() => String, { description: 'The line.' }) text!: string;
}

@InputType({ description: 'A line of a log.' })
export class LogLineInput {
  @Field(() => DateTime, { description: 'When it was written.' }) at!: Date;
  @Field(() => LogSource, { description: 'By whom.' }) source!: LogSource;
  @Field(() => String, { description: 'The line, at most 2,000 characters.' }) text!: string;
}

export const NodeCommandConnection = connectionType('NodeCommand', () => NodeCommand);

@InputType({ description: 'One thing that many nodes shall do.' })
export class RunNodeCommandInput {
  @Field(() => [ID], { description: 'Which nodes, 1 to 1000.' }) nodeIds!: string[];
  @Field(() => NodeCommandKind, { description: 'What to do.' }) kind!: NodeCommandKind;
}

@ObjectType({ description: 'A command for each node, in the order in which they were named.', simpleResolvers: true })
export class RunNodeCommandPayload {
  @Field(() => [NodeCommand], { description: 'Follow them by commandChanged.' }) commands!: NodeCommand[];
}

@InputType({ description: 'What an agent says of itself when it starts.' })
export class RegisterAgentInput {
  @Field(() => String, { description: 'Version of the agent.' }) agentVersion!: string;
  @Field(() => String, { nullable: true, description: 'Version of Xray; null when there is none.' }) xrayVersion?:
    string | null;
  @Field(() => String, { description: 'Host name of the node.' }) hostname!: string;
  @Field(() => String, { description: 'PKCS #10 request with a P-256 key, PEM. Names in it do not count.' })
  csr!: string;
  @Field(() => DateTime, { description: 'When the agent started.' }) startedAt!: Date;
  @Field(() => String, {
    nullable: true,
    description: 'Revision that the node is at; null when it has none of the panel.',
  })
  configRevision?: string | null;
}

@ObjectType({ description: 'What an agent needs to work.', simpleResolvers: true })
export class RegisterAgentPayload {
  @Field(() => ID, { description: 'The node it is.' }) nodeId!: string;
  @Field(() => String, { description: 'The name of the node.' }) nodeName!: string;
  @Field(() => String, {
    nullable: true,
    description: "Set only when a join token was used: the node's own token, from then on the only one accepted.",
  })
  nodeToken!: string | null;
  @Field(() => String, { description: "PEM certificate for the agent's local API, signed by the panel's CA." })
  certificate!: string;
  @Field(() => Int, { description: "Port on which the agent's local HTTPS API has to listen." }) agentPort!: number;
  @Field(() => Int, { description: 'Seconds between two reports of metrics.' }) metricsIntervalSeconds!: number;
  @Field(() => Int, { description: 'Seconds between two reports of traffic.' }) trafficIntervalSeconds!: number;
}

@InputType({ description: 'How a node was at one moment. Ratios run from 0 to 1, rates are bytes per second.' })
export class MetricSampleInput {
  @Field(() => DateTime, { description: 'When it was taken, by the clock of the node.' }) at!: Date;
  @Field(() => Float, { description: 'Share of all cores in use.' }) cpu!: number;
  @Field(() => Float, { description: 'Share of memory that is not available.' }) memory!: number;
  @Field(() => Float, { description: 'Share of the root file system in use.' }) disk!: number;
  @Field(() => Float, { description: 'Load average over one minute.' }) loadAverage!: number;
  @Field(() => Float, { description: 'Bytes per second sent.' }) uplinkRate!: number;
  @Field(() => Float, { description: 'Bytes per second received.' }) downlinkRate!: number;
  @Field(() => Int, { description: 'Established TCP connections.' }) connections!: number;
  @Field(() => Int, { description: 'Users with an open connection.' }) onlineUsers!: number;
  @Field(() => XrayState, { description: 'State of Xray.' }) xrayState!: XrayState;
  @Field(() => String, {
    nullable: true,
    description: 'Revision that the node is at; null when it has none of the panel.',
  })
  configRevision?: string | null;
  @Field(() => String, { nullable: true, description: 'Version of Xray.' }) xrayVersion?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when Xray runs.' }) xrayStartedAt?: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why Xray does not run although it should: its exit code and last words, up to 500 characters.',
  })
  xrayError?: string | null;
}

@ObjectType({ description: 'The samples are durable.', simpleResolvers: true })
export class ReportMetricsPayload {
  @Field(() => Int, { description: 'How many were taken, those known before included.' }) accepted!: number;
}

@ObjectType({ description: 'The lines are durable.', simpleResolvers: true })
export class ReportLogsPayload {
  @Field(() => Int, { description: 'How many were taken.' }) accepted!: number;
}

@ObjectType({ description: 'Start, stop or restart Xray, or load its configuration anew.', simpleResolvers: true })
export class ControlXray {
  @Field(() => NodeCommandKind, { description: 'Which of them.' }) kind!: NodeCommandKind;
}

@ObjectType({ description: 'Settings in force; they act at once.', simpleResolvers: true })
export class ChangeSettings {
  @Field(() => Int, { description: 'Seconds between two reports of metrics.' }) metricsIntervalSeconds!: number;
  @Field(() => Int, { description: 'Seconds between two reports of traffic.' }) trafficIntervalSeconds!: number;
  @Field(() => Int, { description: 'Port of the local API.' }) agentPort!: number;
}

@ObjectType({ description: 'Answer with the newest lines of the logs.', simpleResolvers: true })
export class CollectLogs {
  @Field(() => Int, { description: 'How many.' }) last!: number;
}

@ObjectType({
  description:
    'The whole configuration: the agent tests it, applies it with the least disruption and falls back to the last good one.',
  simpleResolvers: true,
})
export class ApplyConfig {
  @Field(() => String, { description: 'Names the configuration by its content; see docs/agent-protocol.md.' })
  revision!: string;
  @Field(() => JsonValue, { description: '`base`, `inbounds` and `users`; see docs/agent-protocol.md.' })
  config!: unknown;
}

@ObjectType({
  description: 'Users added and removed live, without a restart, to move from one revision to the next.',
  simpleResolvers: true,
})
export class ApplyUsers {
  @Field(() => String, { description: 'The revision that the node has to be at; otherwise the command fails.' })
  baseRevision!: string;
  @Field(() => String, { description: 'The revision that comes of it.' }) revision!: string;
  @Field(() => [JsonValue], {
    description: 'Users to add, or to replace when their id is known: `id`, `uuid`, `password`.',
  })
  add!: unknown[];
  @Field(() => [JsonValue], { description: 'Ids of users to remove; unknown ones are no error.' }) remove!: unknown[];
}

@ObjectType({ description: 'A port of another node, looked at for the panel.', simpleResolvers: true })
export class ProbeTarget {
  @Field(() => ID, { description: 'The node it belongs to.' }) nodeId!: string;
  @Field(() => String, { description: 'IP address or domain name.' }) address!: string;
  @Field(() => Int, { description: 'TCP port.' }) port!: number;
}

@ObjectType({
  description:
    'Look at ports of other nodes for the panel: a TCP connection to each, closed at once. The outcome comes as probes of completeCommand.',
  simpleResolvers: true,
})
export class ProbeTargets {
  @Field(() => [ProbeTarget], { description: 'At most 32.' }) targets!: ProbeTarget[];
  @Field(() => Int, { description: 'Milliseconds after which a port counts as silent.' }) timeoutMs!: number;
}

@InputType({ description: 'What an agent has seen of a port of another node.' })
export class ProbeReportInput {
  @Field(() => ID, { description: 'The node that was looked at.' }) nodeId!: string;
  @Field(() => Int, { description: 'The port of it.' }) port!: number;
  @Field(() => Boolean, { description: 'Whether the connection was accepted.' }) ok!: boolean;
  @Field(() => Float, { nullable: true, description: 'Milliseconds until it was; null when it was not.' }) latencyMs?:
    number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why it was not: an error code such as ECONNREFUSED, or ETIMEDOUT.',
  })
  error?: string | null;
}

export const AgentAction = createUnionType({
  name: 'AgentAction',
  description: 'What an agent is to do.',
  types: () => [ControlXray, ApplyConfig, ApplyUsers, ProbeTargets, ChangeSettings, CollectLogs] as const,
});

export type AgentActionValue = ControlXray | ApplyConfig | ApplyUsers | ProbeTargets | ChangeSettings | CollectLogs;

@ObjectType({ description: 'Delivered at least once; an agent carries out each id once.', simpleResolvers: true })
export class AgentCommand {
  @Field(() => ID, { description: 'For completeCommand.' }) id!: string;
  @Field(() => DateTime, { description: 'When it was issued.' }) issuedAt!: Date;
  @Field(() => DateTime, { description: 'Not to be begun after this.' }) expiresAt!: Date;
  @Field(() => AgentAction, { description: 'What to do.' }) action!: AgentActionValue;
}

@InputType({ description: 'The outcome of a command.' })
export class CompleteCommandInput {
  @Field(() => ID, { description: 'Which command.' }) commandId!: string;
  @Field(() => Boolean, { description: 'Whether it succeeded.' }) ok!: boolean;
  @Field(() => String, { nullable: true, description: 'What happened, in a line.' }) output?: string | null;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) error?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'For ApplyConfig and ApplyUsers: the revision that the node is at now, also after a failure.',
  })
  appliedRevision?: string | null;
  @Field(() => [ProbeReportInput], { nullable: true, description: 'For ProbeTargets: one for each target.' }) probes?:
    ProbeReportInput[] | null;
  @Field(() => [LogLineInput], { nullable: true, description: 'For CollectLogs, at most 1000.' }) logs?:
    LogLineInput[] | null;
}

@ObjectType({ description: 'The outcome is recorded.', simpleResolvers: true })
export class CompleteCommandPayload {
  @Field(() => ID, { description: 'Which command.' }) commandId!: string;
}
