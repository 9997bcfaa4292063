import { type Client } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import type { NodeFilter, NodeOrder, NodeRowFragment } from '../../../graphql/gen/graphql';
import { PAGE_SIZE, type PageSource } from '../../../list/paged-list';

export const NodeRow = graphql(`
  fragment NodeRow on Node {
    id
    name
    address
    status
    mode
    latencyMs
    loadTrend
    tags {
      key
      value
    }
    groups {
      id
      name
    }
    location {
      city
      countryCode
    }
    issues {
      kind
      severity
      message
      since
    }
    agent {
      version
    }
    xray {
      state
      version
    }
    metrics {
      at
      cpu
      memory
      uplinkRate
      downlinkRate
      connections
    }
  }
`);

const NodesPage = graphql(`
  query NodesPage($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {
    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...NodeRow
      }
    }
  }
`);

const NodeIds = graphql(`
  query NodeIds($first: Int!, $after: String, $filter: NodeFilter, $orderBy: NodeOrder) {
    nodes(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        connectionCount
      }
    }
  }
`);

export type Row = NodeRowFragment;

export function nodePages(client: Client, filter: NodeFilter, orderBy: NodeOrder): PageSource<Row> {
  return {
    watch(after, { fresh }, onPage, onError) {
      const variables = { first: PAGE_SIZE, after, filter, orderBy };
      const requestPolicy = fresh ? 'network-only' : 'cache-and-network';
      const { unsubscribe } = client.query(NodesPage, variables, { requestPolicy }).subscribe(({ data, error }) => {
        if (error && !data) return onError(error);
        if (!data) return;
        const { nodes, pageInfo, totalCount } = data.nodes;
        onPage({
          rows: readFragment(NodeRow, nodes),
          endCursor: pageInfo.endCursor ?? null,
          hasNextPage: pageInfo.hasNextPage,
          totalCount,
        });
      });
      return unsubscribe;
    },
    async skip(after) {
      const { pageInfo } = (await idsAfter(client, filter, orderBy, after)).nodes;
      return { endCursor: pageInfo.endCursor ?? null, hasNextPage: pageInfo.hasNextPage };
    },
  };
}

export interface Target {
  id: string;
  name: string;
  connections: number;
}

/** All that the filter matches, also what has not been scrolled to. */
export async function allTargets(client: Client, filter: NodeFilter, orderBy: NodeOrder): Promise<Target[]> {
  const targets: Target[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof idsAfter>> = await idsAfter(client, filter, orderBy, after);
    const { nodes, pageInfo } = page.nodes;
    targets.push(...nodes.map(({ id, name, connectionCount }) => ({ id, name, connections: connectionCount })));
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return targets;
    after = pageInfo.endCursor;
  }
}

async function idsAfter(client: Client, filter: NodeFilter, orderBy: NodeOrder, after: string | null) {
  const variables = { first: PAGE_SIZE, after, filter, orderBy };
  const { data, error } = await client.query(NodeIds, variables, { requestPolicy: 'network-only' }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data;
}
