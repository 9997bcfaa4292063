import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { Node } from './node.entity.js';
import { ChangeKind, NodeHealth, NodeStatus } from './node.enums.js';

export const NodeConnection = connectionType('Node', () => Node);

@ObjectType({
  description: 'A node was added; the token is shown once, the panel keeps its hash only.',
  simpleResolvers: true,
})
export class CreateNodePayload {
  @Field(() => Node, { description: 'The new node.' }) node!: Node;
  @Field(() => String, { description: 'Valid for one join within 30 minutes.' }) joinToken!: string;
  @Field(() => String, { description: 'One line to paste on the node: installs the agent and joins.' })
  installCommand!: string;
}

@ObjectType({ description: 'A new join token, shown once.', simpleResolvers: true })
export class NodeTokenPayload {
  @Field(() => Node, { description: 'The node it is for.' }) node!: Node;
  @Field(() => String, { description: 'Valid for one join within 30 minutes.' }) joinToken!: string;
  @Field(() => String, { description: 'One line to paste on the node.' }) installCommand!: string;
}

@ObjectType({ description: 'The changed node.', simpleResolvers: true })
export class UpdateNodePayload {
  @Field(() => Node, { description: 'As it is now.' }) node!: Node;
}

@ObjectType({ description: 'The node concerned.', simpleResolvers: true })
export class NodePayload {
  @Field(() => Node, { description: 'As it is now.' }) node!: Node;
}

@ObjectType({ description: 'A node was deleted.', simpleResolvers: true })
export class DeleteNodePayload {
  @Field(() => ID, { description: 'The id it had.' }) deletedId!: string;
  @Field(() => Int, { description: 'Users that were moved to other nodes.' }) reassignedUsers!: number;
  @Field(() => Int, { description: 'Users for whom no other node had room.' }) strandedUsers!: number;
}

@ObjectType({ description: 'Something worth redrawing the row of a node.', simpleResolvers: true })
export class NodeChangedEvent {
  @Field(() => ChangeKind, { description: 'What happened.' }) kind!: ChangeKind;
  @Field(() => ID, { description: 'To which node.' }) nodeId!: string;
}

@ObjectType({ description: 'How many nodes are of this health.', simpleResolvers: true })
export class HealthCount {
  @Field(() => NodeHealth, { description: 'The health.' }) health!: NodeHealth;
  @Field(() => Int, { description: 'The number of nodes.' }) count!: number;
}

@ObjectType({ description: 'How many nodes are of this status.', simpleResolvers: true })
export class StatusCount {
  @Field(() => NodeStatus, { description: 'The status.' }) status!: NodeStatus;
  @Field(() => Int, { description: 'The number of nodes.' }) count!: number;
}

@ObjectType({
  description: 'All nodes taken together, from the newest sample of each that is connected.',
  simpleResolvers: true,
})
export class Cluster {
  @Field(() => Int, { description: 'Nodes that there are.' }) totalNodes!: number;
  @Field(() => [HealthCount], { description: 'Nodes by health; those of which there is none are left out.' })
  nodesByHealth!: HealthCount[];
  @Field(() => [StatusCount], { description: 'Nodes by status; those of which there is none are left out.' })
  nodesByStatus!: StatusCount[];
  @Field(() => Int, { description: 'Users online, summed over nodes: a user on two nodes counts twice.' })
  onlineUsers!: number;
  @Field(() => Int, { description: 'Established TCP connections.' }) connections!: number;
  @Field(() => Float, { description: 'Bytes per second that all nodes send.' }) uplinkRate!: number;
  @Field(() => Float, { description: 'Bytes per second that all nodes receive.' }) downlinkRate!: number;
}
