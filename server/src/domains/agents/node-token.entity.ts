import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Node } from '../nodes/index.js';

/** JOIN: one use, 30 minutes. NODE: what the agent shows from then on. Only hashes of the secrets are stored. */
export type NodeTokenKind = 'JOIN' | 'NODE';

@Entity('node_tokens')
@Index('node_tokens_node_id', ['nodeId', 'kind', 'createdAt'])
export class NodeToken {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'node_tokens_pkey' }) id!: string;
  @Column('uuid', { name: 'node_id' }) nodeId!: string;
  @ManyToOne(() => Node, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'node_id', foreignKeyConstraintName: 'node_tokens_node_id_fkey' })
  node!: Relation<Node>;
  @Column('text') kind!: NodeTokenKind;
  @Column('bytea', { name: 'secret_hash' }) secretHash!: Buffer;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}
