import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Client, useClient } from 'urql';
import { whenReconnected } from '../graphql/live';
import { type ListState, PagedList, type PageSource } from './paged-list';

export interface ShownList<Row> {
  state: ListState<Row>;
  list: PagedList<Row>;
  /** The shown rows still belong to the question before. */
  outdated: boolean;
}

/** A list that begins anew with each `question`, which has to say all that `source` depends on. */
export function usePagedList<Row>(question: string, source: (client: Client) => PageSource<Row>): ShownList<Row> {
  const client = useClient();
  const list = useMemo(
    () => new PagedList(source(client)),
    // oxlint-disable-next-line react/exhaustive-deps -- `question` says all of `source` that matters
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
