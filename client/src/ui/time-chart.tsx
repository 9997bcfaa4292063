import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from './theme';

export interface TimeSeries {
  label: string;
  /** A CSS variable, read anew when the theme changes. */
  color: `--${string}`;
  /** null where nothing was measured. */
  values: readonly (number | null)[];
}

interface TimeChartProps {
  /** Milliseconds since 1970, ascending. */
  times: readonly number[];
  series: readonly TimeSeries[];
  from: number;
  to: number;
  /** The top of the scale when all values are below it. */
  max?: number | undefined;
  /** `max` is the top whatever the values are. */
  fixed?: boolean | undefined;
  formatValue: (value: number) => string;
  formatTime: (milliseconds: number) => string;
  /** Charts with one key share their cursor. */
  syncKey: string;
  height?: number;
  /** The index under the cursor, or null when it has left. */
  onCursor: (index: number | null) => void;
}

const AXIS_FONT = "11px 'Inter Variable', 'Vazirmatn Variable', sans-serif";

/** Lines over time on a canvas. What it shows is told to screen readers by the table beside it. */
export function TimeChart(props: TimeChartProps) {
  const { times, series, from, to, height = 148 } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const [width, setWidth] = useState(0);
  const look = JSON.stringify([theme, series.map(({ label, color }) => [label, color]), props.syncKey]);

  useEffect(() => {
    const element = host.current!;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (width === 0) return;
    const plot = new uPlot(options(latest, width, height), toData(latest.current), host.current!);
    chart.current = plot;
    return () => {
      chart.current = null;
      plot.destroy();
    };
  }, [look, width, height]);

  useEffect(() => {
    chart.current?.setData(toData({ times, series }));
  }, [times, series, from, to]);

  return <div ref={host} dir="ltr" style={{ height }} aria-hidden className="min-w-0" />;
}

const toData = ({ times, series }: Pick<TimeChartProps, 'times' | 'series'>) =>
  [times.map((time) => time / 1_000), ...series.map(({ values }) => values)] as uPlot.AlignedData;

function options(latest: { readonly current: TimeChartProps }, width: number, height: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: color('--fg-3'), font: AXIS_FONT, ticks: { show: false } };
  const { series, syncKey } = latest.current;
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: syncKey, setSeries: false }, points: { size: 6 }, drag: { x: false, y: false }, y: false },
    scales: {
      x: { time: true, range: () => [latest.current.from / 1_000, latest.current.to / 1_000] },
      y: { range: (_plot, _min, max) => [0, topOfScale(max ?? 0, latest.current)] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 72,
        grid: { show: false },
        values: (_plot, splits) => splits.map((split) => latest.current.formatTime(split * 1_000)),
      },
      {
        ...axis,
        size: 62,
        space: 34,
        grid: { stroke: color('--line'), width: 1 },
        values: (_plot, splits) => splits.map((split) => latest.current.formatValue(split)),
      },
    ],
    series: [
      {},
      ...series.map((line) => ({
        label: line.label,
        stroke: color(line.color),
        fill: translucent(color(line.color)),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      setCursor: [(plot) => latest.current.onCursor(plot.cursor.idx ?? null)],
    },
  };
}

/** A little above the highest value; a scale with a known end keeps to it. */
const topOfScale = (highest: number, { max = 0, fixed }: TimeChartProps) =>
  fixed ? max : Math.max(highest * 1.12, max) || 1;

/** The theme's colours are written `oklch(l c h)`. */
const translucent = (color: string) => color.replace(/\)$/, ' / 0.1)');
