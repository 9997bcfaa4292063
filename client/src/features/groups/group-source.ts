import type { Client } from 'urql';
import { graphql, readFragment } from '../../graphql/gen';
import type { GroupFieldsFragment } from '../../graphql/gen/graphql';
import { PAGE_SIZE, type PageSource } from '../../list/paged-list';
import { GroupFields } from './group-fields';

const GroupsPage = graphql(`
  query GroupsPage($first: Int!, $after: String, $search: String) {
    nodeGroups(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...GroupFields
      }
    }
  }
`);

const GroupsCursor = graphql(`
  query GroupsCursor($first: Int!, $after: String, $search: String) {
    nodeGroups(first: $first, after: $after, search: $search) {
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type GroupRow = GroupFieldsFragment;

export function groupPages(client: Client, search: string | null): PageSource<GroupRow> {
  return {
    watch(after, { fresh }, onPage, onError) {
      const variables = { first: PAGE_SIZE, after, search };
      const requestPolicy = fresh ? 'network-only' : 'cache-and-network';
      const { unsubscribe } = client.query(GroupsPage, variables, { requestPolicy }).subscribe(({ data, error }) => {
        if (error && !data) return onError(error);
        if (!data) return;
        const { nodes, pageInfo, totalCount } = data.nodeGroups;
        onPage({
          rows: readFragment(GroupFields, nodes),
          endCursor: pageInfo.endCursor ?? null,
          hasNextPage: pageInfo.hasNextPage,
          totalCount,
        });
      });
      return unsubscribe;
    },
    async skip(after) {
      const variables = { first: PAGE_SIZE, after, search };
      const { data, error } = await client
        .query(GroupsCursor, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (!data) throw error ?? new Error('The panel answered nothing');
      const { endCursor, hasNextPage } = data.nodeGroups.pageInfo;
      return { endCursor: endCursor ?? null, hasNextPage };
    },
  };
}
