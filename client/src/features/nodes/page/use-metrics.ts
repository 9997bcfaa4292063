import { useEffect, useMemo, useRef, useState } from 'react';
import { graphql } from '../../../graphql/gen';
import { useLiveQuery } from '../../../graphql/hooks';
import { type MetricPoint, useNodeMetrics } from '../node-events';
import { BUCKETS, bucketMs, mergePoints, type RangeName, RANGES, toSeries } from './metrics-history';

const MetricsHistory = graphql(`
  query MetricsHistory($id: ID!, $range: TimeRangeInput!, $points: Int!) {
    node(id: $id) {
      id
      metricsHistory(range: $range, points: $points) {
        at
        cpu
        memory
        disk
        loadAverage
        uplinkRate
        downlinkRate
        connections
        onlineUsers
      }
    }
  }
`);

/** The charts move on by themselves at this pace. */
const STEP_MS = 5_000;
const NO_POINTS: readonly MetricPoint[] = [];

function upToNow(range: RangeName) {
  const to = Date.now();
  return { from: new Date(to - RANGES[range]).toISOString(), to: new Date(to).toISOString() };
}

/** The question is asked once; use it in a component that is made anew for another range. */
export function useMetrics(nodeId: string, range: RangeName) {
  const [asked] = useState(() => upToNow(range));
  const [{ data, error, fetching }, retry] = useLiveQuery({
    query: MetricsHistory,
    variables: { id: nodeId, range: asked, points: BUCKETS },
    requestPolicy: 'network-only',
  });

  const streamed = useRef<MetricPoint[]>([]);
  const [now, setNow] = useState(Date.now);
  useNodeMetrics([nodeId], (events) => {
    const arrived = streamed.current.length === 0;
    streamed.current.push(...events.map(({ point }) => point));
    if (arrived) setNow(Date.now());
  });
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);

  const loaded = data?.node?.metricsHistory ?? NO_POINTS;
  const from = now - RANGES[range];
  const series = useMemo(
    () => toSeries(mergePoints(loaded, streamed.current, from), bucketMs(range)),
    [loaded, from, range],
  );
  const newest = streamed.current.at(-1) ?? loaded.at(-1);
  return {
    series,
    from,
    to: now,
    newest,
    error,
    loading: fetching && !data,
    retry: () => retry({ requestPolicy: 'network-only' }),
  };
}
