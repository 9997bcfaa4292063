import { Users } from 'lucide-react';
import type { Client } from 'urql';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql, readFragment } from '../../graphql/gen';
import type { UserFieldsFragment } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { PAGE_SIZE, type PageSource } from '../../list/paged-list';
import { usePagedList } from '../../list/use-paged-list';
import { Placeholder } from '../../ui/placeholder';
import { useRefreshed } from '../../ui/use-refreshed';
import { UserActions } from './actions/user-actions';
import { UserTable } from './list/user-table';
import { UserFields } from './user-fields';

const NodeUsers = graphql(`
  query NodeUsers($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      id
      users(first: $first, after: $after) {
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
  }
`);

const NodeUsersCursor = graphql(`
  query NodeUsersCursor($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      id
      users(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const REFRESH_MS = 20_000;

function usersOfNode(client: Client, id: string): PageSource<UserFieldsFragment> {
  return {
    watch(after, { fresh }, onPage, onError) {
      const requestPolicy = fresh ? 'network-only' : 'cache-and-network';
      const variables = { id, first: PAGE_SIZE, after };
      const { unsubscribe } = client.query(NodeUsers, variables, { requestPolicy }).subscribe(({ data, error }) => {
        if (error && !data) return onError(error);
        if (!data?.node) return;
        const { nodes, pageInfo, totalCount } = data.node.users;
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
      const variables = { id, first: PAGE_SIZE, after };
      const { data, error } = await client
        .query(NodeUsersCursor, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (!data?.node) throw error ?? new Error('The panel answered nothing');
      const { endCursor, hasNextPage } = data.node.users.pageInfo;
      return { endCursor: endCursor ?? null, hasNextPage };
    },
  };
}

/** The users of a node's groups. */
export default function NodeUsersTab({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const users = usePagedList(nodeId, (client) => usersOfNode(client, nodeId));
  const { list, state } = users;
  useRefreshed(() => list.reread(), REFRESH_MS);
  if (state.error !== undefined && state.totalCount === undefined) {
    return <FailureNotice error={state.error} title={t('errors.load')} onRetry={() => list.refresh()} />;
  }
  if (state.totalCount === 0) {
    return (
      <Placeholder icon={<Users />} title={t('users.noneOnNode')}>
        {t('users.noneOnNodeText')}
      </Placeholder>
    );
  }
  return (
    <UserActions onChanged={() => list.refresh()}>
      <p className="mb-2 text-xs text-fg3">
        {state.totalCount === undefined ? ' ' : t('users.count', { count: state.totalCount })}
      </p>
      <div className="flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:overflow-hidden">
        <UserTable label={t('users.title')} users={users} />
      </div>
    </UserActions>
  );
}
