import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { NodeHealth } from '../nodes/index.js';

export enum ProbeKind {
  TCP = 'TCP',
  API = 'API',
  XRAY = 'XRAY',
}
registerEnumType(ProbeKind, {
  name: 'ProbeKind',
  description:
    "TCP: a connection to the port. API: the agent's HTTPS API, both certificates verified. XRAY: what the agent says of Xray.",
});

export enum FailoverGuard {
  ARMED = 'ARMED',
  HOLDING = 'HOLDING',
  CONFIRMING = 'CONFIRMING',
  ISOLATED = 'ISOLATED',
  PAUSED = 'PAUSED',
}
registerEnumType(FailoverGuard, {
  name: 'FailoverGuard',
  description:
    'How far the panel trusts its own view of the network. ARMED acts; HOLDING waits after a start or a mass disconnect; CONFIRMING acts on confirmed verdicts only; ISOLATED and PAUSED act on none.',
});

@ObjectType({
  description: 'One step of a check; what needs a step that has failed is not tried.',
  simpleResolvers: true,
})
export class ProbeResult {
  @Field(() => ProbeKind, { description: 'Which step.' }) kind!: ProbeKind;
  @Field(() => Int, { nullable: true, description: 'Port of a proxy; null for the agent.' }) port?: number | null;
  @Field(() => Boolean, { description: 'Whether it went well.' }) ok!: boolean;
  @Field(() => Float, { nullable: true, description: 'Milliseconds it took; null when it failed.' }) latencyMs!:
    number | null;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) error!: string | null;
}

@ObjectType({ description: 'One look at a node from outside.', simpleResolvers: true })
export class HealthCheck {
  @Field(() => ID, { description: 'Opaque and lasting.' }) id!: string;
  nodeId!: string;
  @Field(() => DateTime, { description: 'When it began.' }) at!: Date;
  @Field(() => Boolean, { description: 'Whether every step went well.' }) ok!: boolean;
  @Field(() => Float, { nullable: true, description: "Milliseconds of the agent's API; null when a step failed." })
  latencyMs!: number | null;
  @Field(() => [ProbeResult], { description: 'The steps.' }) probes!: ProbeResult[];
  @Field(() => NodeHealth, { description: "The node's health after it." }) healthAfter!: NodeHealth;
  @Field(() => String, { description: 'From where it was looked at.' }) vantage!: string;
}

export const HealthCheckConnection = connectionType('HealthCheck', () => HealthCheck);

@ObjectType({ description: 'What the look at the node has shown.', simpleResolvers: true })
export class TestNodeConnectionPayload {
  @Field(() => HealthCheck, { description: 'The check; it is kept in the history.' }) check!: HealthCheck;
}

@ObjectType({ description: 'A line of the evidence behind a verdict.', simpleResolvers: true })
export class HealthEvidence {
  @Field(() => String, { description: 'PROXY_PORT, AGENT_API, XRAY or SESSION.' }) kind!: string;
  @Field(() => String, { description: 'The port, or empty.' }) target!: string;
  @Field(() => String, { description: '`panel`, `agent`, or the id of the node that was asked.' }) vantage!: string;
  @Field(() => String, { description: 'ok, refused, timeout and so on; up, down or silent of a session.' })
  outcome!: string;
  @Field(() => DateTime, { description: 'Since when it is so.' }) since!: Date;
  @Field(() => String, { nullable: true, description: 'What the system or the agent says.' }) detail!: string | null;
}

@ObjectType({ description: "A change of a node's health.", simpleResolvers: true })
export class HealthTransition {
  @Field(() => ID, { description: 'Grows with time.' }) id!: string;
  @Field(() => NodeHealth, { description: 'What it was.' }) from!: NodeHealth;
  @Field(() => NodeHealth, { description: 'What it became.' }) to!: NodeHealth;
  @Field(() => DateTime, { description: 'When.' }) at!: Date;
  @Field(() => String, { description: 'Why, in words.' }) reason!: string;
  @Field(() => [HealthEvidence], { description: 'The evidence at that moment.' }) evidence!: HealthEvidence[];
}

@ObjectType({ description: "A node's health has changed.", simpleResolvers: true })
export class NodeHealthEvent {
  nodeId!: string;
  @Field(() => NodeHealth, { description: 'What it was; the same as `to` when the subscription begins.' })
  from!: NodeHealth;
  @Field(() => NodeHealth, { description: 'What it is.' }) to!: NodeHealth;
  @Field(() => DateTime, { description: 'Since when.' }) at!: Date;
  @Field(() => String, { nullable: true, description: 'Why, in words.' }) reason!: string | null;
}
