import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Node } from './node.entity.js';

const time = (name: string): [type: 'timestamptz', options: { name: string; nullable: true }] => [
  'timestamptz',
  { name, nullable: true },
];

/** The newest of everything about a node: one hot row, written by the agents' reports and read by every list. */
@Entity('node_status')
export class NodeStatusRow {
  @PrimaryColumn('uuid', { name: 'node_id', primaryKeyConstraintName: 'node_status_pkey' }) nodeId!: string;
  @OneToOne(() => Node, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'node_id', foreignKeyConstraintName: 'node_status_node_id_fkey' })
  node!: Relation<Node>;

  @Column('boolean', { default: false }) connected!: boolean;
  @Column('uuid', { name: 'connection_id', nullable: true }) connectionId!: string | null;
  @Column('uuid', { name: 'panel_id', nullable: true }) panelId!: string | null;
  @Column(...time('connected_at')) connectedAt!: Date | null;
  @Column(...time('disconnected_at')) disconnectedAt!: Date | null;
  @Column(...time('last_seen_at')) lastSeenAt!: Date | null;
  @Column('text', { name: 'remote_address', nullable: true }) remoteAddress!: string | null;
  @Column('text', { name: 'agent_version', nullable: true }) agentVersion!: string | null;
  @Column(...time('agent_started_at')) agentStartedAt!: Date | null;
  @Column('text', { nullable: true }) hostname!: string | null;
  @Column(...time('tls_verified_at')) tlsVerifiedAt!: Date | null;
  @Column(...time('registered_at')) registeredAt!: Date | null;
  @Column(...time('first_xray_at')) firstXrayAt!: Date | null;
  @Column(...time('first_sample_at')) firstSampleAt!: Date | null;
  @Column('text', { name: 'join_problem', nullable: true }) joinProblem!: string | null;
  @Column(...time('certificate_expires_at')) certificateExpiresAt!: Date | null;
  @Column('text', { name: 'xray_state', default: 'UNKNOWN' }) xrayState!: string;
  @Column(...time('xray_state_since')) xrayStateSince!: Date | null;
  @Column('text', { name: 'xray_version', nullable: true }) xrayVersion!: string | null;
  @Column(...time('xray_started_at')) xrayStartedAt!: Date | null;
  @Column('text', { name: 'config_revision', nullable: true }) configRevision!: string | null;
  @Column('text', { name: 'xray_error', nullable: true }) xrayError!: string | null;
  @Column('text', { default: 'UNKNOWN' }) health!: string;
  @Column('boolean', { default: false }) damped!: boolean;
  @Column('jsonb', { name: 'health_reason', nullable: true }) healthReason!: unknown;
  @Column('timestamptz', { name: 'health_since', default: () => 'now()' }) healthSince!: Date;
  @Column('real', { name: 'latency_ms', nullable: true }) latencyMs!: number | null;
  @Column(...time('sampled_at')) sampledAt!: Date | null;
  @Column('real', { nullable: true }) cpu!: number | null;
  @Column('real', { nullable: true }) memory!: number | null;
  @Column('real', { nullable: true }) disk!: number | null;
  @Column('real', { name: 'load_average', nullable: true }) loadAverage!: number | null;
  @Column('double precision', { name: 'uplink_rate', nullable: true }) uplinkRate!: number | null;
  @Column('double precision', { name: 'downlink_rate', nullable: true }) downlinkRate!: number | null;
  @Column('integer', { nullable: true }) connections!: number | null;
  @Column('integer', { name: 'online_users', nullable: true }) onlineUsers!: number | null;
  @Column('real', { nullable: true }) load!: number | null;
}
