import type { Client } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import type { UserFieldsFragment, UserFilter, UserOrder } from '../../../graphql/gen/graphql';
import { PAGE_SIZE, type PageSource } from '../../../list/paged-list';
import { UserFields } from '../user-fields';

const UsersPage = graphql(`
  query UsersPage($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {
    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...UserFields
      }
    }
  }
`);

const UserLinks = graphql(`
  query UserLinks($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {
    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        username
        subscriptionUrl
      }
    }
  }
`);

const UserCursor = graphql(`
  query UserCursor($first: Int!, $after: String, $filter: UserFilter, $orderBy: UserOrder) {
    users(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type UserRow = UserFieldsFragment;

export function userPages(client: Client, filter: UserFilter, orderBy: UserOrder): PageSource<UserRow> {
  return {
    watch(after, { fresh }, onPage, onError) {
      const variables = { first: PAGE_SIZE, after, filter, orderBy };
      const requestPolicy = fresh ? 'network-only' : 'cache-and-network';
      const { unsubscribe } = client.query(UsersPage, variables, { requestPolicy }).subscribe(({ data, error }) => {
        if (error && !data) return onError(error);
        if (!data) return;
        const { nodes, pageInfo, totalCount } = data.users;
        onPage({
          rows: readFragment(UserFields, nodes),
          endCursor: pageInfo.endCursor ?? null,
          hasNextPage: pageInfo.hasNextPage,
          totalCount,
        });
      });
      return unsubscribe;
    },
    async skip(after) {
      const variables = { first: PAGE_SIZE, after, filter, orderBy };
      const { data, error } = await client.query(UserCursor, variables, { requestPolicy: 'network-only' }).toPromise();
      if (!data) throw error ?? new Error('The panel answered nothing');
      const { endCursor, hasNextPage } = data.users.pageInfo;
      return { endCursor: endCursor ?? null, hasNextPage };
    },
  };
}

export interface UserTarget {
  id: string;
  username: string;
  link: string;
}

export const toTarget = (row: UserRow): UserTarget => ({
  id: row.id,
  username: row.username,
  link: row.subscriptionUrl,
});

/** All that the filter matches, also what has not been scrolled to. */
export async function allTargets(client: Client, filter: UserFilter, orderBy: UserOrder): Promise<UserTarget[]> {
  const targets: UserTarget[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof linksAfter>> = await linksAfter(client, filter, orderBy, after);
    const { nodes, pageInfo } = page.users;
    targets.push(...nodes.map(({ id, username, subscriptionUrl }) => ({ id, username, link: subscriptionUrl })));
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return targets;
    after = pageInfo.endCursor;
  }
}

async function linksAfter(client: Client, filter: UserFilter, orderBy: UserOrder, after: string | null) {
  const variables = { first: PAGE_SIZE, after, filter, orderBy };
  const { data, error } = await client.query(UserLinks, variables, { requestPolicy: 'network-only' }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data;
}
