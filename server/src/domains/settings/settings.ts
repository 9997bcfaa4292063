import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn, Check } from 'typeorm';

@ObjectType({ description: 'What an administrator may set for the whole panel.', simpleResolvers: true })
@Entity('settings')
@Check('settings_single_row', 'id = 1')
export class Settings {
  @PrimaryColumn('smallint', { default: 1, primaryKeyConstraintName: 'settings_pkey' }) id!: number;

  @Field(() => Int, { description: 'Seconds between two metric reports of a node, 1 to 300. Acts at once.' })
  @Column('integer', { name: 'metrics_interval_seconds', default: 10 })
  metricsIntervalSeconds!: number;

  @Field(() => Int, { description: 'Seconds between two traffic reports of a node, 5 to 300. Acts at once.' })
  @Column('integer', { name: 'traffic_interval_seconds', default: 10 })
  trafficIntervalSeconds!: number;

  @Field(() => Int, {
    description:
      'Days for which samples are kept as they came, 1 to 30. One-minute averages are kept for 30 days, hourly ones for a year.',
  })
  @Column('integer', { name: 'metrics_retention_days', default: 2 })
  metricsRetentionDays!: number;

  @Field(() => Int, { description: 'Seconds between two checks of a node that is well, 5 to 3600. Acts at once.' })
  @Column('integer', { name: 'health_check_interval_seconds', default: 30 })
  healthCheckIntervalSeconds!: number;

  @Field(() => Int, { description: 'Seconds after which a step of a check has failed, 1 to 30.' })
  @Column('integer', { name: 'health_check_timeout_seconds', default: 4 })
  healthCheckTimeoutSeconds!: number;

  @Field(() => Int, { description: 'Failed checks in a row before a node is UNHEALTHY, 1 to 10.' })
  @Column('integer', { name: 'unhealthy_after', default: 3 })
  unhealthyAfter!: number;

  @Field(() => Int, { description: 'Good checks in a row before it is HEALTHY again, 1 to 10.' })
  @Column('integer', { name: 'healthy_after', default: 2 })
  healthyAfter!: number;

  @Field(() => Int, { description: 'Days for which checks are kept, 1 to 365.' })
  @Column('integer', { name: 'health_retention_days', default: 30 })
  healthRetentionDays!: number;

  @Field(() => Boolean, {
    description:
      'Whether users may reach private addresses behind the nodes, such as 10.0.0.0/8. Off, it protects what else runs there.',
  })
  @Column('boolean', { name: 'allow_private_targets', default: false })
  allowPrivateTargets!: boolean;

  @Field(() => String, { description: 'Name that client apps show for the profile, 1 to 64 characters.' })
  @Column('text', { name: 'subscription_title', default: 'V Panel' })
  subscriptionTitle!: string;

  @Field(() => Int, { description: 'Hours after which client apps fetch their profile anew, 1 to 168.' })
  @Column('integer', { name: 'subscription_update_hours', default: 12 })
  subscriptionUpdateHours!: number;
}

@InputType({ description: 'What to change; an absent field stays as it is.' })
export class UpdateSettingsInput {
  @Field(() => Int, { nullable: true, description: 'Seconds, 1 to 300.' }) metricsIntervalSeconds?: number | null;
  @Field(() => Int, { nullable: true, description: 'Seconds, 5 to 300.' }) trafficIntervalSeconds?: number | null;
  @Field(() => Int, { nullable: true, description: 'Days, 1 to 30.' }) metricsRetentionDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'Seconds, 5 to 3600.' }) healthCheckIntervalSeconds?: number | null;
  @Field(() => Int, { nullable: true, description: 'Seconds, 1 to 30.' }) healthCheckTimeoutSeconds?: number | null;
  @Field(() => Int, { nullable: true, description: '1 to 10.' }) unhealthyAfter?: number | null;
  @Field(() => Int, { nullable: true, description: '1 to 10.' }) healthyAfter?: number | null;
  @Field(() => Int, { nullable: true, description: 'Days, 1 to 365.' }) healthRetentionDays?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'A change restarts Xray on all nodes.' }) allowPrivateTargets?:
    boolean | null;
  @Field(() => String, { nullable: true, description: '1 to 64 characters.' }) subscriptionTitle?: string | null;
  @Field(() => Int, { nullable: true, description: 'Hours, 1 to 168.' }) subscriptionUpdateHours?: number | null;
}

@ObjectType({ description: 'The settings after the change.', simpleResolvers: true })
export class SettingsPayload {
  @Field(() => Settings, { description: 'All settings.' }) settings!: Settings;
}
