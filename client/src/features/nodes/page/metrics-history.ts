import type { MetricPoint } from '../node-events';

/** Points in order of time, with a gap wherever the node was silent for longer than it should be. */
export interface Series {
  times: number[];
  points: (MetricPoint | null)[];
}

export const RANGES = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type RangeName = keyof typeof RANGES;
export const BUCKETS = 240;

export const isRange = (name: string | null): name is RangeName => name !== null && Object.hasOwn(RANGES, name);

export const bucketMs = (range: RangeName) => RANGES[range] / BUCKETS;

/** A report that is late by less than this is not a gap. */
const LEAST_GAP_MS = 45_000;

export function toSeries(points: readonly MetricPoint[], bucket: number): Series {
  const longestStep = Math.max(LEAST_GAP_MS, bucket * 2.5);
  const series: Series = { times: [], points: [] };
  let last = -Infinity;
  for (const point of points) {
    const time = Date.parse(point.at);
    if (time - last > longestStep && last !== -Infinity) {
      series.times.push(last + 1);
      series.points.push(null);
    }
    series.times.push(time);
    series.points.push(point);
    last = time;
  }
  return series;
}

/** What was loaded, continued by what has been streamed since; each moment once, the old end cut off. */
export function mergePoints(
  loaded: readonly MetricPoint[],
  streamed: readonly MetricPoint[],
  from: number,
): MetricPoint[] {
  const byTime = new Map<number, MetricPoint>();
  for (const point of [...loaded, ...streamed]) {
    const time = Date.parse(point.at);
    if (time >= from) byTime.set(time, point);
  }
  return [...byTime].toSorted(([a], [b]) => a - b).map(([, point]) => point);
}
