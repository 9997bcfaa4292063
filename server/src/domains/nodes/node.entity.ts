import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, Unique, UpdateDateColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MetricPoint } from './metric-point.js';
import { NodeHealth, NodeIssueKind, NodeMode, NodeStatus, Severity, XrayState } from './node.enums.js';

@ObjectType({ description: 'A label of a node, such as region=eu.', simpleResolvers: true })
export class NodeTag {
  @Field(() => String, { description: 'Letters, digits and . _ -, up to 64 characters.' }) key!: string;
  @Field(() => String, { description: 'Any text of up to 128 characters.' }) value!: string;
}

@ObjectType({ description: 'Where a node stands.', simpleResolvers: true })
export class Location {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' }) latitude!: number;
  @Field(() => Float, { description: 'Degrees east, -180 to 180.' }) longitude!: number;
  @Field(() => String, { nullable: true, description: 'Name of the city.' }) city!: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2, such as DE.' }) countryCode!: string | null;
}

@ObjectType({ description: 'Something that is wrong with a node now.', simpleResolvers: true })
export class NodeIssue {
  @Field(() => NodeIssueKind, { description: 'What it is.' }) kind!: NodeIssueKind;
  @Field(() => Severity, { description: 'How much it matters.' }) severity!: Severity;
  @Field(() => String, { description: 'In words, for an operator.' }) message!: string;
  @Field(() => DateTime, { description: 'Since when, as far as is known.' }) since!: Date;
}

@ObjectType({ description: "The node's agent and its connection to the panel.", simpleResolvers: true })
export class AgentInfo {
  @Field(() => Boolean, { description: 'Whether it is connected now.' }) connected!: boolean;
  @Field(() => String, { nullable: true, description: 'Version of the agent.' }) version!: string | null;
  @Field(() => String, { nullable: true, description: 'Host name as the node itself says.' }) hostname!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when it is connected.' }) connectedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was last heard of.' }) lastSeenAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Address that it connects from.' }) remoteAddress!: string | null;
}

@ObjectType({ description: 'The Xray process of a node.', simpleResolvers: true })
export class XrayInfo {
  @Field(() => XrayState, { description: 'Whether it runs.' }) state!: XrayState;
  @Field(() => String, { nullable: true, description: 'Version of Xray.' }) version!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when it runs.' }) startedAt!: Date | null;
}

@ObjectType({
  description: 'The token by which a node authenticates itself; the panel keeps its hash only.',
  simpleResolvers: true,
})
export class NodeTokenInfo {
  @Field(() => DateTime, { description: 'When it was issued; that of the join token until the node has joined.' })
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: 'When a connection last began with it.' })
  lastUsedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was revoked.' }) revokedAt!: Date | null;
  @Field(() => Boolean, { description: 'Whether a new token waits for the node to take it.' })
  rotationPending!: boolean;
}

@ObjectType({
  description: "How far a node's join has come. Each time is null until that step is done; they follow in this order.",
  simpleResolvers: true,
})
export class NodeOnboarding {
  @Field(() => DateTime, { nullable: true, description: 'When the open join token lapses; null when none is open.' })
  joinTokenExpiresAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When the join token was presented and spent.' })
  tokenUsedAt!: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When the agent had verified the panel over TLS and got a certificate of its own.',
  })
  tlsVerifiedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When the agent first registered.' })
  registeredAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When Xray was first seen running.' })
  xrayStartedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When the first metrics arrived.' })
  firstMetricsAt!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why the newest attempt to join was refused; null when none was.',
  })
  problem!: string | null;
}

/** Columns live in `nodes`; the fields without a column come from the tables that hold what is going on (node.rows). */
@ObjectType({ description: 'A server that runs Xray, managed through its agent.', simpleResolvers: true })
@Entity('nodes')
@Unique('nodes_address_agent_port_key', ['address', 'agentPort'])
@Index('nodes_created_at_id', ['createdAt', 'id'])
export class Node {
  @Field(() => ID, { description: 'Opaque and lasting.' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'nodes_pkey' })
  readonly id!: string;

  @Field(() => String, { description: 'Unique name.' })
  @Column('text')
  @Unique('nodes_name_key', ['name'])
  name!: string;

  @Field(() => String, {
    description: 'IP address or domain name that users connect to. A domain is resolved anew at each check.',
  })
  @Column('text')
  address!: string;

  @Field(() => Int, { description: "Port of the agent's local HTTPS API, probed by the health checker." })
  @Column('integer', { name: 'agent_port' })
  agentPort!: number;

  @Field(() => NodeMode, { description: 'What the administrator wants of it.' })
  @Column('text', { default: NodeMode.ACTIVE })
  mode!: NodeMode;

  @Field(() => [NodeTag], { description: 'Labels to filter by, sorted by key.' })
  @Column('jsonb', { default: [] })
  tags!: NodeTag[];

  @Field(() => Location, { nullable: true, description: 'Where it stands, as the administrator said.' })
  @Column('jsonb', { nullable: true })
  location!: Location | null;

  @Field(() => Int, { description: 'Share of users relative to the other nodes in weighted balancing, 1 to 1000.' })
  @Column('integer', { default: 1 })
  weight!: number;

  @Field(() => Int, { nullable: true, description: 'Most users that may be assigned; null is unlimited.' })
  @Column('integer', { nullable: true })
  capacity!: number | null;

  @Field(() => [String], { description: 'CIDR blocks from which the agent may connect; empty is anywhere.' })
  @Column('text', { name: 'ip_allowlist', array: true, default: [] })
  ipAllowlist!: string[];

  @Field(() => DateTime, { description: 'When it was added.' })
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When an administrator last changed it.' })
  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Field(() => NodeStatus, { description: 'What a list shows at first sight.' }) status!: NodeStatus;
  @Field(() => NodeHealth, { description: "The health checker's verdict." }) health!: NodeHealth;
  @Field(() => DateTime, { description: 'Since when that is so.' }) healthSince!: Date;
  @Field(() => Boolean, {
    description: 'Flapping: serves the users it has, gets no new ones until it has been quiet.',
  })
  damped!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'The evidence behind its health, in words; null before the first verdict.',
  })
  healthReason!: string | null;
  @Field(() => [NodeIssue], { description: 'All that is wrong now, worst first; empty when all is well.' })
  issues!: NodeIssue[];
  @Field(() => Int, { description: 'Established TCP connections, from the newest sample.' }) connectionCount!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'The busier of CPU and memory, 0 to 1; null before the first sample.',
  })
  load!: number | null;
  @Field(() => Float, { nullable: true, description: 'Milliseconds that the newest successful check took.' })
  latencyMs!: number | null;
  @Field(() => AgentInfo, { description: 'Its agent.' }) agent!: AgentInfo;
  @Field(() => XrayInfo, { description: 'Its Xray.' }) xray!: XrayInfo;
  @Field(() => NodeTokenInfo, { description: 'Its token.' }) token!: NodeTokenInfo;
  @Field(() => NodeOnboarding, { description: 'How far its join has come.' }) onboarding!: NodeOnboarding;
  @Field(() => MetricPoint, { nullable: true, description: 'The newest sample; null before the first.' })
  metrics!: MetricPoint | null;
}
