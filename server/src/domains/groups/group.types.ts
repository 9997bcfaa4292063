import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { DateTime } from '../../platform/graphql/scalars.js';

@ObjectType({
  description: 'Nodes by region or purpose. Users belong to groups, and so to the nodes in them.',
  simpleResolvers: true,
})
export class NodeGroup {
  @Field(() => ID, { description: 'Opaque and lasting.' }) id!: string;
  @Field(() => String, { description: 'Unique.' }) name!: string;
  @Field(() => String, { description: 'For administrators; may be empty.' }) description!: string;
  @Field(() => String, { nullable: true, description: 'Where its nodes are, in any words.' }) region!: string | null;
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date;
  @Field(() => DateTime, { description: 'When it was last edited.' }) updatedAt!: Date;
}

@ObjectType({ description: 'Totals of a group, from the newest sample of each node.', simpleResolvers: true })
export class GroupStats {
  @Field(() => Int, { description: 'Nodes in it.' }) totalNodes!: number;
  @Field(() => Int, { description: 'Nodes of these that are HEALTHY.' }) healthyNodes!: number;
  @Field(() => Int, { description: 'Users in it.' }) totalUsers!: number;
  @Field(() => Int, { nullable: true, description: 'Users it has room for; null when a node of it is unlimited.' })
  capacity!: number | null;
  @Field(() => Int, { description: 'Established TCP connections of its nodes.' }) connections!: number;
  @Field(() => Float, { description: 'Bytes per second that its nodes send.' }) uplinkRate!: number;
  @Field(() => Float, { description: 'Bytes per second that its nodes receive.' }) downlinkRate!: number;
}

export const NodeGroupConnection = connectionType('NodeGroup', () => NodeGroup);

@InputType({ description: 'A group to make.' })
export class CreateNodeGroupInput {
  @Field(() => String, { description: 'Unique; up to 64 letters, digits and . _ -' }) name!: string;
  @Field(() => String, { nullable: true, defaultValue: '', description: 'Up to 500 characters.' }) description?:
    string | null;
  @Field(() => String, { nullable: true, description: 'Up to 64 characters.' }) region?: string | null;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'Its nodes.' }) nodeIds?: string[] | null;
}

@InputType({ description: 'Changes to a group: an absent field stays as it is, null clears it.' })
export class UpdateNodeGroupInput {
  @Field(() => ID, { description: 'Which group.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Unique.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Up to 500 characters.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'Up to 64 characters.' }) region?: string | null;
  @Field(() => [ID], { nullable: true, description: 'The whole new list of its nodes.' }) nodeIds?: string[] | null;
}

@ObjectType({ description: 'The group concerned.', simpleResolvers: true })
export class NodeGroupPayload {
  @Field(() => NodeGroup, { description: 'As it is now.' }) group!: NodeGroup;
}

@ObjectType({ description: 'A group was deleted; its nodes and users were not.', simpleResolvers: true })
export class DeleteNodeGroupPayload {
  @Field(() => ID, { description: 'The id it had.' }) deletedId!: string;
  @Field(() => Int, { description: 'Nodes that were in it.' }) unassignedNodes!: number;
}
