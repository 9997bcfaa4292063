import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { Float } from 'type-graphql';
import type { Context } from '../../context.js';
import { ConflatedStream, flattened } from '../../platform/events/conflate.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { openStream } from '../../platform/graphql/stream.js';
import { ApiScope } from '../access/index.js';
import { TimeRangeInput } from '../metrics/index.js';
import { Cluster, Node, NodeHealth } from '../nodes/index.js';
import type { HealthHistory } from './health.history.js';
import type { HealthService } from './health.service.js';
import {
  FailoverGuard,
  HealthCheckConnection,
  HealthTransition,
  NodeHealthEvent,
  TestNodeConnectionPayload,
  type HealthCheck,
} from './health.types.js';

const CHANGES_EVERY_MS = 50;

interface HealthChangeArgs {
  nodeIds?: string[] | null;
  groupIds?: string[] | null;
}

/** Changes of a node in quick succession are one: the newest counts, from what it was before all of them. */
function changes({ args, context }: { args: HealthChangeArgs; context: Context }) {
  const { events, health } = context.services;
  const wanted = args.nodeIds ? new Set(args.nodeIds) : undefined;
  const live = () => {
    const before = new Map<string, string>();
    return flattened(
      new ConflatedStream<string, NodeHealthEvent>(CHANGES_EVERY_MS, (push) =>
        events.on('nodeHealthChanged', ({ nodeId, from, to, at, reason }) => {
          if (wanted && !wanted.has(nodeId)) return;
          const first = before.get(nodeId) ?? from;
          before.set(nodeId, first);
          push(nodeId, { nodeId, from: first as NodeHealth, to: to as NodeHealth, at: new Date(at), reason });
        }),
      ),
      async (batch) => {
        before.clear();
        return args.groupIds ? health.inGroups(batch, args.groupIds) : batch;
      },
    );
  };
  const snapshot = () => health.standing(args.nodeIds ?? null, args.groupIds ?? null);
  return openStream({ live, snapshot }, context.streamPart);
}

@Resolver(() => Node)
export class HealthResolver {
  constructor(
    private readonly health: HealthService,
    private readonly history: HealthHistory,
  ) {}

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => TestNodeConnectionPayload, {
    description:
      'Looks at the node from the panel: TCP, then the agent API, then Xray; says which step failed and why.',
  })
  async testNodeConnection(@Arg('id', () => ID) id: string): Promise<TestNodeConnectionPayload> {
    return { check: await this.health.check(id) };
  }

  @FieldResolver(() => HealthCheckConnection, { description: 'Its checks, newest first.' })
  healthChecks(
    @Root() node: Node,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<HealthCheck>> {
    return this.history.checks(node.id, first, after);
  }

  @FieldResolver(() => [HealthTransition], {
    description: 'The newest changes of its health, newest first; at most 500.',
  })
  healthTransitions(
    @Root() node: Node,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number,
  ): Promise<HealthTransition[]> {
    return this.history.transitions(node.id, first);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Share of the range in which it served its users as far as is known: SUSPECT and DETACHED count as serving. Null when it was not known.',
  })
  availability(@Root() node: Node, @Arg('range', () => TimeRangeInput) range: TimeRangeInput): Promise<number | null> {
    return this.history.availability(node.id, range.from, range.to);
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => NodeHealthEvent, {
    subscribe: changes,
    description: 'First the health of each chosen node (all, when null), then each change.',
  })
  nodeHealthChanged(
    @Root() event: NodeHealthEvent,
    @Arg('nodeIds', () => [ID], { nullable: true }) _nodeIds?: string[] | null,
    @Arg('groupIds', () => [ID], { nullable: true }) _groupIds?: string[] | null,
  ): NodeHealthEvent {
    return event;
  }
}

@Resolver(() => NodeHealthEvent)
export class NodeHealthEventResolver {
  @FieldResolver(() => Node, { description: 'The node, as it is now.' })
  node(@Root() { nodeId }: NodeHealthEvent, @Ctx() { loaders }: Context): Promise<Node | null> {
    return loaders.node.load(nodeId);
  }
}

@Resolver(() => Cluster)
export class ClusterGuardResolver {
  constructor(private readonly guard: () => FailoverGuard) {}

  @FieldResolver(() => FailoverGuard, {
    description: 'What this panel lets verdicts and failover do now, given how far it trusts its own view.',
  })
  failoverGuard(): FailoverGuard {
    return this.guard();
  }
}
