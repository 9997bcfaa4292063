import { expect, it } from 'vitest';
import type { MetricPoint } from '../node-events';
import { mergePoints, toSeries } from './metrics-history';

const START = Date.UTC(2026, 0, 1);
const point = (seconds: number, cpu = 0.5): MetricPoint => ({
  at: new Date(START + seconds * 1_000).toISOString(),
  cpu,
  memory: 0,
  disk: 0,
  loadAverage: 0,
  uplinkRate: 0,
  downlinkRate: 0,
  connections: 0,
  onlineUsers: 0,
});

it('[R9.2] leaves a gap where the node was silent, and none where a report was only late', () => {
  const { points } = toSeries([point(0), point(15), point(50), point(300), point(315)], 15_000);
  expect(points.map((sample) => sample !== null)).toEqual([true, true, true, false, true, true]);
});

it('[R9.2] continues what was loaded by what is streamed, each moment once', () => {
  const merged = mergePoints([point(0), point(10)], [point(10, 0.9), point(20)], START);
  expect(merged.map(({ at, cpu }) => [Date.parse(at) - START, cpu])).toEqual([
    [0, 0.5],
    [10_000, 0.9],
    [20_000, 0.5],
  ]);
});

it('cuts off what is older than the range', () => {
  expect(mergePoints([point(0), point(100)], [], START + 50_000)).toHaveLength(1);
});
