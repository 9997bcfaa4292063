import type { Client } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import { PAGE_SIZE, type PageSource } from '../../../list/paged-list';
import { ProxyFields, type ProxyRow } from '../proxy-api';

const ProxiesPage = graphql(`
  query ProxiesPage($first: Int!, $after: String, $search: String) {
    proxies(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...ProxyFields
      }
    }
  }
`);

export function proxyPages(client: Client, search: string | null): PageSource<ProxyRow> {
  return {
    watch(after, { fresh }, onPage, onError) {
      const requestPolicy = fresh ? 'network-only' : 'cache-and-network';
      const { unsubscribe } = client
        .query(ProxiesPage, { first: PAGE_SIZE, after, search }, { requestPolicy })
        .subscribe(({ data, error }) => {
          if (error && !data) return onError(error);
          if (!data) return;
          const { nodes, pageInfo, totalCount } = data.proxies;
          onPage({
            rows: readFragment(ProxyFields, nodes),
            endCursor: pageInfo.endCursor ?? null,
            hasNextPage: pageInfo.hasNextPage,
            totalCount,
          });
        });
      return unsubscribe;
    },
    async skip(after) {
      const variables = { first: PAGE_SIZE, after, search };
      const { data, error } = await client.query(ProxiesPage, variables).toPromise();
      if (!data) throw error ?? new Error('The panel answered nothing');
      const { endCursor, hasNextPage } = data.proxies.pageInfo;
      return { endCursor: endCursor ?? null, hasNextPage };
    },
  };
}
