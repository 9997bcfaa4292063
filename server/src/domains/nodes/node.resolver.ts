import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Context } from '../../context.js';
import { ConflatedStream } from '../../platform/events/conflate.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { openStream } from '../../platform/graphql/stream.js';
import { ApiScope } from '../access/index.js';
import type { ClusterService } from './cluster.service.js';
import { Node } from './node.entity.js';
import { ChangeKind } from './node.enums.js';
import { CreateNodeInput, NodeFilter, NodeOrder, UpdateNodeInput } from './node.inputs.js';
import type { NodeService } from './node.service.js';
import { Ctx } from 'type-graphql';
import {
  Cluster,
  CreateNodePayload,
  DeleteNodePayload,
  NodeChangedEvent,
  NodeConnection,
  NodePayload,
  NodeTokenPayload,
  UpdateNodePayload,
} from './node.types.js';

const ROW_CHANGES_EVERY_MS = 400;
const CLUSTER_EVERY_MS = 1_000;

@ArgsType()
class NodesArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: 'Entries to answer, 1 to 100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor behind which to begin.' }) after?: string | null;
  @Field(() => NodeFilter, { nullable: true, description: 'Which nodes.' }) filter?: NodeFilter | null;
  @Field(() => NodeOrder, { nullable: true, description: 'In which order; by name unless said.' })
  orderBy?: NodeOrder | null;
}

interface NodeIdsArgs {
  nodeIds?: string[] | null;
}

function changes({ args, context }: { args: NodeIdsArgs; context: Context }) {
  const wanted = args.nodeIds ? new Set(args.nodeIds) : undefined;
  const live = () =>
    new ConflatedStream<string, NodeChangedEvent>(ROW_CHANGES_EVERY_MS, (push) =>
      context.services.events.on('nodeChanged', ({ nodeId, kind }) => {
        if (!wanted || wanted.has(nodeId)) push(nodeId, { nodeId, kind: ChangeKind[kind] });
      }),
    );
  const snapshot = () =>
    Promise.resolve([(args.nodeIds ?? []).map((nodeId): NodeChangedEvent => ({ nodeId, kind: ChangeKind.UPDATED }))]);
  return openStream({ live, snapshot }, context.streamPart);
}

function clusterChanges({ context }: { context: Context }) {
  const { events } = context.services;
  const live = () =>
    new ConflatedStream<'cluster', true>(CLUSTER_EVERY_MS, (push) => {
      const touch = () => push('cluster', true);
      const ends = [events.on('nodeChanged', touch), events.on('nodeMetrics', touch)];
      return () => ends.forEach((end) => end());
    });
  return openStream<unknown>({ live, snapshot: () => Promise.resolve([true]) }, context.streamPart);
}

@Resolver(() => Node)
export class NodeResolver {
  constructor(private readonly nodes: NodeService) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => Node, { nullable: true, description: 'One node; null when there is none of that id.' })
  node(@Arg('id', () => ID) id: string): Promise<Node | null> {
    return this.nodes.find(id);
  }

  @Authorized(ApiScope.NODES_READ)
  @Query(() => NodeConnection, { name: 'nodes', description: 'Nodes, filtered and sorted, page by page.' })
  nodePage(@Args(() => NodesArgs) args: NodesArgs): Promise<Connection<Node>> {
    return this.nodes.list(args);
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => CreateNodePayload, {
    description: 'Adds a node. It is PENDING until its agent has joined with the token.',
  })
  createNode(@Arg('input', () => CreateNodeInput) input: CreateNodeInput): Promise<CreateNodePayload> {
    return this.nodes.create(input);
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => UpdateNodePayload, { description: 'Changes a node; interrupts neither its agent nor its users.' })
  async updateNode(@Arg('input', () => UpdateNodeInput) input: UpdateNodeInput): Promise<UpdateNodePayload> {
    return { node: await this.nodes.update(input) };
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => DeleteNodePayload, {
    description: "Deletes a node with its history and closes its agent's connection.",
  })
  async deleteNode(@Arg('id', () => ID) id: string): Promise<DeleteNodePayload> {
    await this.nodes.delete(id);
    return { deletedId: id, reassignedUsers: 0, strandedUsers: 0 };
  }

  @Authorized(ApiScope.SECURITY_WRITE)
  @Mutation(() => NodeTokenPayload, {
    description: 'Issues a new join token; older unused ones end, the present node token stays until then.',
  })
  rotateNodeToken(@Arg('id', () => ID) id: string): Promise<NodeTokenPayload> {
    return this.nodes.rotateToken(id);
  }

  @Authorized(ApiScope.SECURITY_WRITE)
  @Mutation(() => NodePayload, {
    description: "Revokes all tokens of a node and closes its agent's connection at once.",
  })
  async revokeNodeToken(@Arg('id', () => ID) id: string): Promise<NodePayload> {
    return { node: await this.nodes.revokeToken(id) };
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => [NodeChangedEvent], {
    subscribe: changes,
    description:
      'Changes worth redrawing a row, gathered for up to half a second. First every node of `nodeIds` (none, when null), so that nothing is missed over a reconnect.',
  })
  nodeChanged(
    @Root() events: NodeChangedEvent[],
    @Arg('nodeIds', () => [ID], { nullable: true }) _nodeIds?: string[] | null,
  ): NodeChangedEvent[] {
    return events;
  }
}

@Resolver(() => NodeChangedEvent)
export class NodeChangedEventResolver {
  @FieldResolver(() => Node, { nullable: true, description: 'As it is now; null when it was deleted.' })
  node(@Root() { nodeId, kind }: NodeChangedEvent, @Ctx() { loaders }: Context): Promise<Node | null> | null {
    return kind === ChangeKind.DELETED ? null : loaders.node.load(nodeId);
  }
}

@Resolver(() => Cluster)
export class ClusterResolver {
  constructor(private readonly clusters: ClusterService) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => Cluster, { description: 'All nodes taken together.' })
  cluster(): Promise<Cluster> {
    return this.clusters.read();
  }

  @FieldResolver(() => [Node], { description: 'Nodes of which something is wrong, worst first.' })
  nodesWithIssues(@Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number): Promise<Node[]> {
    return this.clusters.nodesWithIssues(first);
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => Cluster, {
    subscribe: clusterChanges,
    description: 'The totals, at most once a second while they change.',
  })
  clusterChanged(): Promise<Cluster> {
    return this.clusters.read();
  }
}
