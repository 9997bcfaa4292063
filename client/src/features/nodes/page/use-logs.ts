import { useEffect, useRef, useState } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../../../graphql/gen';
import { useLiveQuery } from '../../../graphql/hooks';
import { LogBuffer, type NumberedLine } from './log-buffer';

const NodeLogHistory = graphql(`
  query NodeLogHistory($id: ID!) {
    node(id: $id) {
      id
      logs(last: 500) {
        at
        source
        text
      }
    }
  }
`);

const NodeLogs = graphql(`
  subscription NodeLogs($nodeId: ID!) {
    nodeLogs(nodeId: $nodeId) {
      at
      source
      text
    }
  }
`);

/** Lines arrive in bursts; the page is drawn once for those of a frame. While `paused` they are only counted. */
export function useLogs(nodeId: string, paused: boolean) {
  const buffer = useRef(new LogBuffer());
  const [lines, setLines] = useState<readonly NumberedLine[]>([]);
  const [held, setHeld] = useState(0);
  const state = useRef({ paused, scheduled: false });
  state.current.paused = paused;

  function show() {
    state.current.scheduled = false;
    if (state.current.paused) return;
    setLines(buffer.current.lines);
    setHeld(0);
  }

  const [{ data, error, fetching }, retry] = useLiveQuery({
    query: NodeLogHistory,
    variables: { id: nodeId },
    requestPolicy: 'network-only',
  });
  useEffect(() => {
    if (!data?.node) return;
    buffer.current.load(data.node.logs);
    show();
  }, [data]);
  useEffect(() => {
    if (!paused) show();
  }, [paused]);

  useSubscription({ query: NodeLogs, variables: { nodeId } }, (_last, event) => {
    buffer.current.append([event.nodeLogs]);
    if (state.current.paused) setHeld((count) => count + 1);
    else if (!state.current.scheduled) {
      state.current.scheduled = true;
      requestAnimationFrame(show);
    }
    return null as never;
  });

  return { lines, held, error, loading: fetching && !data, retry: () => retry({ requestPolicy: 'network-only' }) };
}
