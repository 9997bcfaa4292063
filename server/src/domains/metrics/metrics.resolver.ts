import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Context } from '../../context.js';
import { ConflatedStream } from '../../platform/events/conflate.js';
import type { NodeSample } from '../../platform/events/topics.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { openStream } from '../../platform/graphql/stream.js';
import { ApiScope } from '../access/index.js';
import type { MetricHistory } from './history.js';
import { MetricPoint, Node } from '../nodes/index.js';

/** At most two payloads a second, each with the newest sample of every node that has reported. */
const SAMPLES_EVERY_MS = 500;
const SNAPSHOT_NODES_PER_PAYLOAD = 500;

@InputType({ description: 'From a moment up to, but not with, another.' })
export class TimeRangeInput {
  @Field(() => DateTime, { description: 'The first moment.' }) from!: Date;
  @Field(() => DateTime, { description: 'The moment after the last.' }) to!: Date;
}

@ObjectType({ description: 'The newest sample of a node.', simpleResolvers: true })
export class NodeMetricsEvent {
  @Field(() => ID, { description: 'Which node.' }) nodeId!: string;
  @Field(() => MetricPoint, { description: 'How it was.' }) point!: MetricPoint;
}

const toEvent = ({ nodeId, at, ...values }: NodeSample): NodeMetricsEvent => ({
  nodeId,
  point: { at: new Date(at), ...values },
});

function samples({ args, context }: { args: { nodeIds?: string[] | null }; context: Context }) {
  const { events, currentSamples } = context.services;
  const wanted = args.nodeIds ? new Set(args.nodeIds) : undefined;
  const live = () =>
    new ConflatedStream<string, NodeMetricsEvent>(SAMPLES_EVERY_MS, (push) =>
      events.on('nodeMetrics', (event) => {
        for (const sample of event.samples)
          if (!wanted || wanted.has(sample.nodeId)) push(sample.nodeId, toEvent(sample));
      }),
    );
  const snapshot = async () => {
    const all = (await currentSamples(args.nodeIds ?? undefined)).map(toEvent);
    const payloads = [all.slice(0, SNAPSHOT_NODES_PER_PAYLOAD)];
    for (let start = SNAPSHOT_NODES_PER_PAYLOAD; start < all.length; start += SNAPSHOT_NODES_PER_PAYLOAD) {
      payloads.push(all.slice(start, start + SNAPSHOT_NODES_PER_PAYLOAD));
    }
    return payloads;
  };
  return openStream({ live, snapshot }, context.streamPart);
}

@Resolver(() => NodeMetricsEvent)
export class NodeMetricsResolver {
  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => [NodeMetricsEvent], {
    subscribe: samples,
    description:
      'Samples of the chosen nodes (all, when null): first the newest of each, then new ones, gathered for up to half a second and only the newest of each.',
  })
  nodeMetrics(
    @Root() events: NodeMetricsEvent[],
    @Arg('nodeIds', () => [ID], { nullable: true }) _nodeIds?: string[] | null,
  ): NodeMetricsEvent[] {
    return events;
  }

  @FieldResolver(() => Node, { description: 'The node itself; costs a query, so leave it out when the id will do.' })
  node(@Root() { nodeId }: NodeMetricsEvent, @Ctx() { loaders }: Context): Promise<Node | null> {
    return loaders.node.load(nodeId);
  }
}

@Resolver(() => Node)
export class NodeHistoryResolver {
  constructor(private readonly history: MetricHistory) {}

  @FieldResolver(() => [MetricPoint], {
    description:
      'Averages over at most `points` (1 to 1000) equal buckets of time, oldest first; buckets without a sample are left out.',
  })
  metricsHistory(
    @Root() node: Node,
    @Arg('range', () => TimeRangeInput) range: TimeRangeInput,
    @Arg('points', () => Int, { nullable: true, defaultValue: 300 }) points: number,
  ): Promise<MetricPoint[]> {
    return this.history.read(node.id, range, points);
  }

  @FieldResolver(() => [Float], {
    nullable: 'items',
    description: 'Load (0 to 1) of each of the last 30 minutes, oldest first; null where nothing was reported.',
  })
  loadTrend(@Root() node: Node, @Ctx() { loaders }: Context): Promise<(number | null)[]> {
    return loaders.loadTrend.load(node.id);
  }
}
