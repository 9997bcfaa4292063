import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.js';

export enum SyncState {
  NEVER = 'NEVER',
  PENDING = 'PENDING',
  SYNCING = 'SYNCING',
  IN_SYNC = 'IN_SYNC',
  FAILED = 'FAILED',
}
registerEnumType(SyncState, {
  name: 'SyncState',
  description:
    'NEVER: the node has not got a configuration yet. PENDING: it has to get another one, as soon as it is connected. SYNCING: it is applying one. IN_SYNC: it runs what it should. FAILED: it refused (lastError says why), and is asked again at nextRetryAt.',
});

@ObjectType({ description: 'Whether a node runs the configuration that it should.', simpleResolvers: true })
export class SyncStatus {
  nodeId!: string;
  @Field(() => SyncState, { description: 'How things stand.' }) state!: SyncState;
  @Field(() => String, { nullable: true, description: 'Revision that it should run; null until it was worked out.' })
  desiredRevision!: string | null;
  @Field(() => String, { nullable: true, description: 'Revision that it runs; null before the first one.' })
  appliedRevision!: string | null;
  @Field(() => Int, { description: 'Failed attempts in a row.' }) attempts!: number;
  @Field(() => String, { nullable: true, description: "Why the last attempt failed, in the agent's or Xray's words." })
  lastError!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was last brought in step.' })
  lastSyncedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When a failed node is asked again.' })
  nextRetryAt!: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Since when it is known that the configuration was changed behind the panel's back; null when it was not.",
  })
  driftSince!: Date | null;
}

@ObjectType({ description: 'How many nodes are in this state.', simpleResolvers: true })
export class SyncStateCount {
  @Field(() => SyncState, { description: 'The state.' }) state!: SyncState;
  @Field(() => Int, { description: 'The number of nodes.' }) count!: number;
}

@InputType({ description: 'Exactly one of nodeIds, groupIds and all.' })
export class SyncInput {
  @Field(() => [ID], { nullable: true, description: 'These nodes, at most 1000.' }) nodeIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'All nodes of these groups.' }) groupIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'All nodes.' }) all?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Send the whole configuration also to nodes that are in step.',
  })
  force?: boolean | null;
}

@ObjectType({ description: 'The nodes concerned; follow them by syncStatusChanged.', simpleResolvers: true })
export class SyncPayload {
  @Field(() => [SyncStatus], { description: 'In the order of their names.' }) statuses!: SyncStatus[];
}
