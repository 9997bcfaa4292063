import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Node } from '../nodes/index.js';

export enum NodeCommandKind {
  START_XRAY = 'START_XRAY',
  STOP_XRAY = 'STOP_XRAY',
  RESTART_XRAY = 'RESTART_XRAY',
  RELOAD_CONFIG = 'RELOAD_CONFIG',
  COLLECT_LOGS = 'COLLECT_LOGS',
}
registerEnumType(NodeCommandKind, {
  name: 'NodeCommandKind',
  description:
    'STOP_XRAY lasts until a start. RELOAD_CONFIG tests the configuration on the node before Xray is restarted with it.',
});

export enum NodeCommandState {
  QUEUED = 'QUEUED',
  DELIVERED = 'DELIVERED',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(NodeCommandState, {
  name: 'NodeCommandState',
  description:
    'QUEUED until the agent is connected, DELIVERED while it works; EXPIRED when it could not begin in time.',
});

@ObjectType({
  description: 'Something that a node was told to do. It is carried out once or not at all.',
  simpleResolvers: true,
})
@Entity('node_commands')
@Index('node_commands_node_id_issued_at', ['nodeId', 'issuedAt', 'id'])
@Index('node_commands_open', ['expiresAt'], { where: `(state = ANY (ARRAY['QUEUED'::text, 'DELIVERED'::text]))` })
export class NodeCommand {
  @Field(() => ID, { description: 'Opaque and lasting.' })
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'node_commands_pkey' })
  readonly id!: string;

  @Column('uuid', { name: 'node_id' }) nodeId!: string;
  @ManyToOne(() => Node, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'node_id', foreignKeyConstraintName: 'node_commands_node_id_fkey' })
  node!: Relation<Node>;

  @Field(() => NodeCommandKind, { description: 'What to do.' }) @Column('text') kind!: NodeCommandKind;
  @Field(() => NodeCommandState, { description: 'How far it is.' })
  @Column('text', { default: NodeCommandState.QUEUED })
  state!: NodeCommandState;
  @Field(() => String, { description: 'Name of who asked for it.' })
  @Column('text', { name: 'issued_by' })
  issuedBy!: string;
  @Field(() => DateTime, { description: 'When it was asked for.' })
  @Column('timestamptz', { name: 'issued_at', default: () => 'now()' })
  issuedAt!: Date;
  @Field(() => DateTime, { description: 'An agent does not begin it after this.' })
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Field(() => DateTime, { nullable: true, description: 'When it was handed to the agent.' })
  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When its result arrived, or it expired.' })
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'What the agent says of a success.' })
  @Column('text', { nullable: true })
  output!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it failed, in the words of the agent or of Xray.' })
  @Column('text', { nullable: true })
  error!: string | null;
}
