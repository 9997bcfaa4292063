import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Context } from '../../context.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { ApiScope } from '../access/index.js';
import { Node, NodeConnection, type NodeService } from '../nodes/index.js';
import type { GroupService } from './group.service.js';
import {
  CreateNodeGroupInput,
  DeleteNodeGroupPayload,
  GroupStats,
  NodeGroup,
  NodeGroupConnection,
  NodeGroupPayload,
  UpdateNodeGroupInput,
} from './group.types.js';

@ArgsType()
class GroupsArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: 'Entries to answer, 1 to 100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor behind which to begin.' }) after?: string | null;
  @Field(() => String, { nullable: true, description: 'Part of the name, the description or the region.' })
  search?: string | null;
}

@Resolver(() => NodeGroup)
export class GroupResolver {
  constructor(
    private readonly groups: GroupService,
    private readonly nodeService: NodeService,
  ) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => NodeGroup, { nullable: true, description: 'One group; null when there is none of that id.' })
  nodeGroup(@Arg('id', () => ID) id: string): Promise<NodeGroup | null> {
    return this.groups.find(id);
  }

  @Authorized(ApiScope.NODES_READ)
  @Query(() => NodeGroupConnection, { description: 'Groups by name, page by page.' })
  nodeGroups(@Args(() => GroupsArgs) { first, after, search }: GroupsArgs): Promise<Connection<NodeGroup>> {
    return this.groups.list(first, after, search);
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => NodeGroupPayload, { description: 'Makes a group.' })
  async createNodeGroup(
    @Arg('input', () => CreateNodeGroupInput) input: CreateNodeGroupInput,
  ): Promise<NodeGroupPayload> {
    return { group: await this.groups.create(input) };
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => NodeGroupPayload, {
    description: 'Changes a group. Nodes that join or leave it get or lose its users within seconds.',
  })
  async updateNodeGroup(
    @Arg('input', () => UpdateNodeGroupInput) input: UpdateNodeGroupInput,
  ): Promise<NodeGroupPayload> {
    return { group: await this.groups.update(input) };
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => DeleteNodeGroupPayload, {
    description:
      'Deletes a group, but neither its nodes nor its users. A proxy without any other target is then served nowhere.',
  })
  async deleteNodeGroup(@Arg('id', () => ID) id: string): Promise<DeleteNodeGroupPayload> {
    return { deletedId: id, unassignedNodes: await this.groups.delete(id) };
  }

  @FieldResolver(() => NodeConnection, { description: 'Its nodes, by name.' })
  nodes(
    @Root() { id }: NodeGroup,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Node>> {
    return this.nodeService.list({ first, after, filter: { groupIds: [id] } });
  }

  @FieldResolver(() => GroupStats, { description: 'Totals.' })
  stats(@Root() { id }: NodeGroup, @Ctx() { loaders }: Context): Promise<GroupStats> {
    return loaders.groupStats.load(id);
  }
}

@Resolver(() => Node)
export class NodeGroupsResolver {
  @FieldResolver(() => [NodeGroup], { description: 'The groups it is in, by name.' })
  groups(@Root() { id }: Node, @Ctx() { loaders }: Context): Promise<NodeGroup[]> {
    return loaders.groupsOfNode.load(id);
  }
}
