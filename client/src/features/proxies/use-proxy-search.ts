import { useQuery } from 'urql';
import { graphql } from '../../graphql/gen';
import type { SearchResult } from '../../plugin';
import { useDebounced } from '../../ui/use-debounced';

const FindProxies = graphql(`
  query FindProxies($search: String!) {
    proxies(first: 8, search: $search) {
      nodes {
        id
        name
        port
      }
    }
  }
`);

const NO_RESULTS: readonly SearchResult[] = [];

export function useProxySearch(text: string): { loading: boolean; results: readonly SearchResult[] } {
  const search = useDebounced(text, 120);
  const [{ data, fetching }] = useQuery({
    query: FindProxies,
    variables: { search },
    requestPolicy: 'cache-and-network',
  });
  const results = data?.proxies.nodes.map(({ id, name, port }): SearchResult => ({
    id,
    label: name,
    detail: `:${port}`,
    to: `/proxies/${id}`,
  }));
  return { loading: fetching, results: results ?? NO_RESULTS };
}
