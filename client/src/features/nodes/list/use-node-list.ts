import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { whenReconnected } from '../../../graphql/live';
import { type ListParams, toFilter, toOrder } from './list-params';
import { nodePages, type Row } from './list-source';
import { type ListState, PagedList } from './paged-list';

export interface NodeList {
  state: ListState<Row>;
  list: PagedList<Row>;
  /** The shown rows still belong to the question before. */
  outdated: boolean;
}

export function useNodeList(params: ListParams): NodeList {
  const client = useClient();
  const question = JSON.stringify([toFilter(params), toOrder(params)]);
  const list = useMemo(
    () => new PagedList(nodePages(client, toFilter(params), toOrder(params))),
    // oxlint-disable-next-line react/exhaustive-deps -- `question` says all of `params` that matters
    [client, question],
  );
  useEffect(() => {
    list.start();
    const forget = whenReconnected(() => list.refresh());
    return () => {
      forget();
      list.stop();
    };
  }, [list]);

  const state = useSyncExternalStore(list.subscribe, list.getState);
  const settled = state.totalCount !== undefined || state.error !== undefined;
  const last = useRef(state);
  if (settled) last.current = state;
  return { state: last.current, list, outdated: !settled && last.current !== state };
}
