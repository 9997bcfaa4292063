import { useEffect, useState } from 'react';
import { type Client, useClient } from 'urql';
import { graphql } from '../../graphql/gen';
import { useSyncStatuses } from '../../sync/sync-feed';
import type { Targets } from './draft';

const NodesOfGroups = graphql(`
  query NodesOfGroups($groupIds: [ID!]!, $after: String) {
    nodes(first: 100, after: $after, filter: { groupIds: $groupIds }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
      }
    }
  }
`);

const NO_NODES: ReadonlySet<string> = new Set();

/** The nodes that serve a proxy of these targets; undefined until they are known. */
export function useServing({ everywhere, groups, nodes }: Targets): ReadonlySet<string> | undefined {
  const client = useClient();
  const { entries } = useSyncStatuses();
  const groupIds = groups.map(({ id }) => id).join(' ');
  const [members, setMembers] = useState<{ groupIds: string; nodeIds: readonly string[] }>();

  useEffect(() => {
    if (everywhere || groupIds === '') return;
    let current = true;
    void nodesOf(client, groupIds.split(' ')).then(
      (nodeIds) => current && setMembers({ groupIds, nodeIds }),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, everywhere, groupIds]);

  if (everywhere) return entries && new Set(entries.map(({ node }) => node.id));
  if (groups.length === 0) return nodes.length === 0 ? NO_NODES : new Set(nodes.map(({ id }) => id));
  if (members?.groupIds !== groupIds) return undefined;
  return new Set([...nodes.map(({ id }) => id), ...members.nodeIds]);
}

async function nodesOf(client: Client, groupIds: string[]): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(client, groupIds, after);
    found.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return found;
    after = page.pageInfo.endCursor;
  }
}

async function readPage(client: Client, groupIds: string[], after: string | null) {
  const { data, error } = await client
    .query(NodesOfGroups, { groupIds, after }, { requestPolicy: 'network-only' })
    .toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data.nodes;
}
