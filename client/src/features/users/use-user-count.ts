import { useQuery } from 'urql';
import { graphql } from '../../graphql/gen';

const UserCount = graphql(`
  query UserCount {
    users(first: 1) {
      totalCount
    }
  }
`);

export function useUserCount(): number | undefined {
  const [{ data }] = useQuery({ query: UserCount });
  return data?.users.totalCount;
}
