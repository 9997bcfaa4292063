import { useQuery } from 'urql';
import { graphql } from '../../graphql/gen';
import type { SearchResult } from '../../plugin';
import { useDebounced } from '../../ui/use-debounced';

const FindNodes = graphql(`
  query FindNodes($search: String!) {
    nodes(first: 8, filter: { search: $search }) {
      nodes {
        id
        name
        address
      }
    }
  }
`);

const NO_RESULTS: readonly SearchResult[] = [];

export function useNodeSearch(text: string): { loading: boolean; results: readonly SearchResult[] } {
  const search = useDebounced(text, 120);
  const [{ data, fetching }] = useQuery({
    query: FindNodes,
    variables: { search },
    requestPolicy: 'cache-and-network',
  });
  const results = data?.nodes.nodes.map(({ id, name, address }): SearchResult => ({
    id,
    label: name,
    detail: address,
    to: `/nodes/${id}`,
  }));
  return { loading: fetching, results: results ?? NO_RESULTS };
}
