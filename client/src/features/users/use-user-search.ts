import { useQuery } from 'urql';
import { graphql } from '../../graphql/gen';
import { translate } from '../../i18n';
import type { SearchResult } from '../../plugin';
import { useDebounced } from '../../ui/use-debounced';

const FindUsers = graphql(`
  query FindUsers($search: String!) {
    users(first: 8, filter: { search: $search }) {
      nodes {
        id
        username
        status
      }
    }
  }
`);

const NO_RESULTS: readonly SearchResult[] = [];

export function useUserSearch(text: string): { loading: boolean; results: readonly SearchResult[] } {
  const search = useDebounced(text, 120);
  const [{ data, fetching }] = useQuery({
    query: FindUsers,
    variables: { search },
    requestPolicy: 'cache-and-network',
  });
  const results = data?.users.nodes.map(({ id, username, status }): SearchResult => ({
    id,
    label: username,
    detail: translate(`users.status.${status}`),
    to: `/users/${id}`,
  }));
  return { loading: fetching, results: results ?? NO_RESULTS };
}
