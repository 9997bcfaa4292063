import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  Unique,
  UpdateDateColumn,
  type Relation,
} from 'typeorm';
import { AdminRole } from './principal.js';

/** Somebody who runs the panel; never an end user of the proxies. */
@Entity('admins')
@Unique('admins_username_key', ['username'])
export class Admin {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'admins_pkey' }) readonly id!: string;
  @Column('text') username!: string;
  /** argon2id, with its parameters inside. */
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('text') role!: AdminRole;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}

/** One sign-in of an administrator. The refresh token rotates; only hashes of the newest two are kept. */
@Entity('admin_sessions')
@Index('admin_sessions_admin_id', ['adminId'])
export class AdminSession {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'admin_sessions_pkey' }) readonly id!: string;
  @Column('uuid', { name: 'admin_id' }) adminId!: string;
  @ManyToOne(() => Admin, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'admin_id', foreignKeyConstraintName: 'admin_sessions_admin_id_fkey' })
  admin!: Relation<Admin>;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('bytea', { name: 'previous_token_hash', nullable: true }) previousTokenHash!: Buffer | null;
  @Column('timestamptz', { name: 'rotated_at', default: () => 'now()' }) rotatedAt!: Date;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column('text', { name: 'remote_address' }) remoteAddress!: string;
}
