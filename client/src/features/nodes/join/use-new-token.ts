import { useMutation } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import { NodeState } from '../node-events';
import type { JoinToken } from './join-panel';

const RotateToken = graphql(`
  mutation RotateToken($id: ID!) {
    rotateNodeToken(id: $id) {
      joinToken
      installCommand
      node {
        ...NodeState
      }
    }
  }
`);

export function useNewToken(onToken: (token: JoinToken) => void) {
  const [{ fetching, error }, rotate] = useMutation(RotateToken);
  async function makeToken(nodeId: string): Promise<void> {
    const { data } = await rotate({ id: nodeId });
    if (!data) return;
    const { joinToken, installCommand, node } = data.rotateNodeToken;
    onToken({ joinToken, installCommand, node: readFragment(NodeState, node) });
  }
  return { makeToken, rotating: fetching, error };
}
