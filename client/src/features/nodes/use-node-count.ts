import { useQuery } from 'urql';
import { graphql } from '../../graphql/gen';

const NodeCount = graphql(`
  query NodeCount {
    cluster {
      totalNodes
    }
  }
`);

export function useNodeCount(): number | undefined {
  const [{ data }] = useQuery({ query: NodeCount });
  return data?.cluster.totalNodes;
}
