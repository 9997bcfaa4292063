import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import type { Context } from '../context.js';
import { isPermitted, SessionResolver, ViewerResolver, type Permission } from '../domains/access/index.js';
import { AgentResolver, CommandResolver, NodeAgentResolver } from '../domains/agents/index.js';
import { NotificationChannelResolver, NotificationDeliveryResolver } from '../domains/alerts/index.js';
import { NodeConfigResolver } from '../domains/configuration/index.js';
import { GroupResolver, NodeGroupsResolver } from '../domains/groups/index.js';
import { ClusterGuardResolver, HealthResolver, NodeHealthEventResolver } from '../domains/health/index.js';
import { NodeHistoryResolver, NodeMetricsResolver } from '../domains/metrics/index.js';
import { ClusterResolver, NodeChangedEventResolver, NodeResolver } from '../domains/nodes/index.js';
import { ProxyResolver } from '../domains/proxies/index.js';
import { PanelResolver, SettingsResolver } from '../domains/settings/index.js';
import { ClusterSyncResolver, NodeSyncResolver, SyncResolver } from '../domains/sync/index.js';
import { ClusterUsersResolver, NodeUsersResolver, UserResolver } from '../domains/users/index.js';
import { AppError } from '../platform/errors.js';

type ResolverClass = abstract new (...args: never[]) => object;

/** What administrators and integrations may call, on the public listener. */
export const PUBLIC_RESOLVERS = [
  SessionResolver,
  ViewerResolver,
  NodeResolver,
  NodeChangedEventResolver,
  ClusterResolver,
  NodeMetricsResolver,
  NodeHistoryResolver,
  CommandResolver,
  NodeAgentResolver,
  HealthResolver,
  NodeHealthEventResolver,
  ClusterGuardResolver,
  GroupResolver,
  NodeGroupsResolver,
  ProxyResolver,
  UserResolver,
  NodeUsersResolver,
  ClusterUsersResolver,
  SyncResolver,
  NodeSyncResolver,
  ClusterSyncResolver,
  NodeConfigResolver,
  SettingsResolver,
  PanelResolver,
  NotificationChannelResolver,
  NotificationDeliveryResolver,
] as const satisfies ResolverClass[];

/** What agents may call, on the agent listener; nothing else exists there. */
export const AGENT_RESOLVERS = [AgentResolver, ViewerResolver] as const satisfies ResolverClass[];

/** Streams come from each field's own `subscribe`; type-graphql asks for one of these all the same. */
const NO_TOPICS: PubSub = {
  publish: () => {
    throw new Error('Events go over the EventBus');
  },
  subscribe: () => {
    throw new Error('Subscriptions open their own streams');
  },
};

/** An arrow function: type-graphql takes anything with a prototype for a class. */
const authorise = ({ context }: { context: Context }, permissions: readonly Permission[]): boolean => {
  if (permissions.every((permission) => isPermitted(context.principal, permission))) return true;
  if (!context.principal) throw new AppError('UNAUTHENTICATED', 'Sign in first');
  throw new AppError('FORBIDDEN', `This needs the permission ${permissions.join(', ')}`);
};

/** `instances` holds an object of each resolver class; it may be empty when the schema is only printed. */
export function buildView(resolvers: readonly ResolverClass[], instances: ReadonlyMap<unknown, object>): GraphQLSchema {
  return buildSchemaSync({
    resolvers: resolvers as never,
    orphanedTypes: [],
    validate: false,
    authChecker: authorise as never,
    container: {
      get: (resolver) => {
        const instance = instances.get(resolver);
        if (!instance && instances.size > 0) {
          // Resolver classes without dependencies need no entry.
          return new (resolver as new () => object)();
        }
        return instance;
      },
    },
    pubSub: NO_TOPICS,
  });
}
