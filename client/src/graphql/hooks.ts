import { useEffect } from 'react';
import { type AnyVariables, useQuery, type UseQueryArgs } from 'urql';
import { whenReconnected } from './live';

/** A query whose entities live events keep current; what they missed while the socket was down is read again. */
export function useLiveQuery<Data, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Data>) {
  const [result, execute] = useQuery<Data, Variables>(args);
  const paused = args.pause ?? false;
  useEffect(() => {
    if (paused) return;
    return whenReconnected(() => execute({ requestPolicy: 'network-only' }));
  }, [execute, paused]);
  return [result, execute] as const;
}

/** Drops urql's copy of the last event: handlers keep what they need. */
export const discard = () => null;
