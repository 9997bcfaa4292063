import { type Cache, cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import type { CommandChangedSubscription, NodeChangedSubscription } from './gen/graphql';

/**
 * How answers and live events enter the cache; no other file writes to it.
 *
 * Entities are merged by id, so `nodeChanged`, `commandChanged` and `clusterChanged` reach every query that shows them by
 * themselves. Only what an event means for a *list* is said here. Metrics do not come this way: several hundred a second
 * would make every list be read again; they live in features/nodes/live-metrics.ts.
 */

/** Parts of other entities, without an identity. */
const VALUES =
  'Location NodeTag NodeIssue AgentInfo XrayInfo NodeTokenInfo NodeOnboarding ' +
  'LogLine NodeConnection NodeEdge PageInfo MetricPoint ProbeResult StatusCount ' +
  'HealthCount NodeCommandConnection NodeCommandEdge HealthCheckConnection HealthCheckEdge NodeMetricsEvent NodeChangedEvent ' +
  'SessionPayload CreateNodePayload UpdateNodePayload NodePayload DeleteNodePayload TestNodeConnectionPayload NodeTokenPayload ' +
  'RunNodeCommandPayload SettingsPayload';

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

export const createCache = () =>
  cacheExchange({
    keys,
    updates: {
      Mutation: { deleteNode, runNodeCommand },
      Subscription: { nodeChanged, commandChanged },
    },
  });
