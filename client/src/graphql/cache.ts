import { type Cache, cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import type { CommandChangedSubscription, NodeChangedSubscription } from './gen/graphql';

/**
 * How answers and live events enter the cache; no other file writes to it.
 *
 * Entities are merged by id, so `nodeChanged`, `commandChanged` and `clusterChanged` reach every query that shows them by
 * themselves. Only what an event means for a *list* is said here. Metrics do not come this way: several hundred a second
 * would make every list be read again; they live in features/nodes/live-metrics.ts. So do the states of the sync, which come
 * by the thousand when a large fleet gets another configuration: sync/sync-feed.ts.
 */

/** Parts of other entities, without an identity. */
const VALUES =
  'UserConnection UserEdge UserPayload UsersPayload CreateUsersPayload ValidateUsersPayload UserProblem DeleteUsersPayload ' +
  'NodeGroupConnection NodeGroupEdge NodeGroupPayload DeleteNodeGroupPayload GroupStats ' +
  'Location NodeTag NodeIssue AgentInfo XrayInfo NodeTokenInfo NodeOnboarding ' +
  'LogLine NodeConnection NodeEdge PageInfo MetricPoint ProbeResult StatusCount ' +
  'HealthCount NodeCommandConnection NodeCommandEdge HealthCheckConnection HealthCheckEdge NodeMetricsEvent NodeChangedEvent ' +
  'SessionPayload CreateNodePayload UpdateNodePayload NodePayload DeleteNodePayload TestNodeConnectionPayload NodeTokenPayload ' +
  'RunNodeCommandPayload SettingsPayload ' +
  'ProxyConnection ProxyEdge ProxyPayload DeletePayload ValidateProxyPayload ConfigProblem BuildProxyPayload ' +
  'SyncStatus SyncStateCount SyncPayload NodeGroupConnection NodeGroupEdge GroupStats';

/** There is one of each. */
const SINGLETONS = ['Cluster', 'Settings', 'PanelInfo'];

const keys = {
  ...Object.fromEntries(VALUES.split(' ').map((type) => [type, () => null])),
  ...Object.fromEntries(SINGLETONS.map((type) => [type, () => 'the'])),
};

const nodeChanged: UpdateResolver = (result, _args, cache) => {
  for (const { kind, nodeId } of (result as unknown as NodeChangedSubscription).nodeChanged) {
    if (kind === 'DELETED') forgetNode(cache, nodeId);
  }
};

const commandChanged: UpdateResolver = (result, _args, cache) => {
  const command = (result as unknown as CommandChangedSubscription).commandChanged;
  addToHistory(cache, command.node.id, command.id);
};

const deleteNode: UpdateResolver = (result, _args, cache) => {
  const payload = result['deleteNode'] as { deletedId: string } | null;
  if (payload) forgetNode(cache, payload.deletedId);
};

const runNodeCommand: UpdateResolver = (result, _args, cache) => {
  const payload = result['runNodeCommand'] as { commands: { id: string; node: { id: string } }[] } | null;
  for (const command of payload?.commands ?? []) addToHistory(cache, command.node.id, command.id);
};

const createProxy: UpdateResolver = (_result, _args, cache) => readListsAnew(cache, 'proxies');

const updateProxy: UpdateResolver = (result, args, cache) => {
  const { input } = args as { input: { name?: string } };
  // Lists are in the order of the names.
  if (result['updateProxy'] && input.name !== undefined) readListsAnew(cache, 'proxies');
};

const deleteProxy: UpdateResolver = (result, _args, cache) => {
  const payload = result['deleteProxy'] as { deletedId: string } | null;
  if (!payload) return;
  cache.link('Query', 'proxy', { id: payload.deletedId }, null);
  readListsAnew(cache, 'proxies');
};

/** Whoever shows one of them asks the panel again. */
function readListsAnew(cache: Cache, field: string): void {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    if (fieldName === field) cache.invalidate('Query', fieldKey);
  }
}

/** The node's own page says that it is gone; lists keep the row until the operator asks for news. */
function forgetNode(cache: Cache, id: string): void {
  cache.link('Query', 'node', { id }, null);
}

function addToHistory(cache: Cache, nodeId: string, commandId: string): void {
  const node = cache.keyOfEntity({ __typename: 'Node', id: nodeId });
  const command = cache.keyOfEntity({ __typename: 'NodeCommand', id: commandId });
  if (!node || !command) return;
  for (const { fieldName, fieldKey } of cache.inspectFields(node)) {
    if (fieldName !== 'commands') continue;
    const connection = cache.resolve(node, fieldKey);
    if (typeof connection !== 'string') continue;
    const known = cache.resolve(connection, 'nodes') as string[] | null;
    if (known && !known.includes(command)) cache.link(connection, 'nodes', [command, ...known]);
  }
}

/** Counts and lists of groups are read again; whatever shows a group that is no more, too. */
function groupsChanged(cache: Cache): void {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName === 'nodeGroups') cache.invalidate('Query', fieldName, args ?? {});
  }
}

const deleteNodeGroup: UpdateResolver = (result, _args, cache) => {
  const payload = result['deleteNodeGroup'] as { deletedId: string } | null;
  if (!payload) return;
  cache.link('Query', 'nodeGroup', { id: payload.deletedId }, null);
  groupsChanged(cache);
};

/** Lists of users are read again by who shows them; the count beside the menu by nobody else. */
const usersChanged: UpdateResolver = (_result, _args, cache) => cache.invalidate('Query', 'users', { first: 1 });

const deleteUsers: UpdateResolver = (result, args, cache, info) => {
  const payload = result['deleteUsers'] as { deletedIds: string[] } | null;
  for (const id of payload?.deletedIds ?? []) cache.link('Query', 'user', { id }, null);
  usersChanged(result, args, cache, info);
};

export const createCache = () =>
  cacheExchange({
    keys,
    updates: {
      Mutation: {
        createNodeGroup: (_result, _args, cache) => groupsChanged(cache),
        deleteNodeGroup,
        createUser: usersChanged,
        createUsers: usersChanged,
        deleteUsers,
        deleteNode,
        runNodeCommand,
        createProxy,
        updateProxy,
        deleteProxy,
      },
      Subscription: { nodeChanged, commandChanged },
    },
  });
