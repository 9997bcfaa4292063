import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context.js';
import { ConflatedStream, flattened } from '../../platform/events/conflate.js';
import { openStream } from '../../platform/graphql/stream.js';
import { ApiScope } from '../access/index.js';
import { Cluster, Node } from '../nodes/index.js';
import type { SyncService } from './sync.service.js';
import { SyncInput, SyncPayload, SyncState, SyncStateCount, SyncStatus } from './sync.types.js';

const CHANGES_EVERY_MS = 200;

function changes({ args, context }: { args: { nodeIds?: string[] | null }; context: Context }) {
  const { events, sync } = context.services;
  const wanted = args.nodeIds ? new Set(args.nodeIds) : undefined;
  const live = () =>
    flattened(
      new ConflatedStream<string, string>(CHANGES_EVERY_MS, (push) =>
        events.on('syncChanged', ({ nodeId }) => {
          if (!wanted || wanted.has(nodeId)) push(nodeId, nodeId);
        }),
      ),
      (nodeIds) => sync.byIds(nodeIds),
    );
  const snapshot = () => (args.nodeIds ? sync.byIds(args.nodeIds) : sync.list());
  return openStream({ live, snapshot }, context.streamPart);
}

@Resolver(() => SyncStatus)
export class SyncResolver {
  constructor(private readonly sync: SyncService) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => [SyncStatus], { description: 'How far each node is, by name; all states unless some are named.' })
  syncStatuses(
    @Arg('states', () => [SyncState], { nullable: true }) states?: SyncState[] | null,
  ): Promise<SyncStatus[]> {
    return this.sync.list(states);
  }

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => SyncPayload, {
    name: 'sync',
    description:
      'Brings nodes in step now, without waiting for the next attempt. Nodes in step are left alone unless forced.',
  })
  async syncNow(@Arg('input', () => SyncInput) input: SyncInput): Promise<SyncPayload> {
    return { statuses: await this.sync.request(input) };
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => SyncStatus, {
    subscribe: changes,
    description: 'First the status of each chosen node (all, when null), then each change, gathered for 0.2 s.',
  })
  syncStatusChanged(
    @Root() status: SyncStatus,
    @Arg('nodeIds', () => [ID], { nullable: true }) _nodeIds?: string[] | null,
  ): SyncStatus {
    return status;
  }

  @FieldResolver(() => Node, { description: 'Whose status it is.' })
  async node(@Root() { nodeId }: SyncStatus, @Ctx() { loaders }: Context): Promise<Node | null> {
    return loaders.node.load(nodeId);
  }
}

@Resolver(() => Node)
export class NodeSyncResolver {
  @FieldResolver(() => SyncStatus, { description: 'Whether it runs the configuration that it should.' })
  sync(@Root() { id }: Node, @Ctx() { loaders }: Context): Promise<SyncStatus> {
    return loaders.syncStatus.load(id);
  }
}

@Resolver(() => Cluster)
export class ClusterSyncResolver {
  constructor(private readonly sync: SyncService) {}

  @FieldResolver(() => [SyncStateCount], {
    description: 'Nodes by the state of their configuration; states of which there is none are left out.',
  })
  nodesBySyncState(): Promise<SyncStateCount[]> {
    return this.sync.counts();
  }
}
