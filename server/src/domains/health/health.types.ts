import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { connectionType } from '../../platform/graphql/paging.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Node, NodeHealth } from '../nodes/index.js';

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

@ObjectType({ description: 'One step of a check; a step after a failed one is not tried.', simpleResolvers: true })
export class ProbeResult {
  @Field(() => ProbeKind, { description: 'Which step.' }) kind!: ProbeKind;
  @Field(() => Boolean, { description: 'Whether it went well.' }) ok!: boolean;
  @Field(() => Float, { nullable: true, description: 'Milliseconds it took; null when it failed.' }) latencyMs!:
    number | null;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) error!: string | null;
}

@ObjectType({ description: 'One look at a node from outside.', simpleResolvers: true })
@Entity('health_checks')
@Index('health_checks_node_id_at', ['nodeId', 'at', 'id'])
export class HealthCheck {
  @Field(() => ID, { description: 'Opaque and lasting.' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'health_checks_pkey' })
  readonly id!: string;
  @Column('uuid', { name: 'node_id' }) nodeId!: string;
  @ManyToOne(() => Node, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'node_id', foreignKeyConstraintName: 'health_checks_node_id_fkey' })
  node!: Relation<Node>;
  @Field(() => DateTime, { description: 'When it began.' }) @Column('timestamptz') at!: Date;
  @Field(() => Boolean, { description: 'Whether every step went well.' }) @Column('boolean') ok!: boolean;
  @Field(() => Float, { nullable: true, description: 'Milliseconds of all steps; null when one failed.' })
  @Column('real', { name: 'latency_ms', nullable: true })
  latencyMs!: number | null;
  @Field(() => [ProbeResult], { description: 'The steps.' }) @Column('jsonb') probes!: ProbeResult[];
  @Field(() => NodeHealth, { description: "The node's health after it." })
  @Column('text', { name: 'health_after' })
  healthAfter!: NodeHealth;
  @Field(() => String, { description: 'From where it was looked at.' }) @Column('text') vantage!: string;
}

export const HealthCheckConnection = connectionType('HealthCheck', () => HealthCheck);

@ObjectType({ description: 'What the look at the node has shown.', simpleResolvers: true })
export class TestNodeConnectionPayload {
  @Field(() => HealthCheck, { description: 'The check; it is kept in the history.' }) check!: HealthCheck;
}
