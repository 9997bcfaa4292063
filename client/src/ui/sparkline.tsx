import { memo, useId } from 'react';

interface SparklineProps {
  /** Oldest first; null where nothing is known. */
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  color?: string;
  /** The value at the top edge; without it the largest value is. */
  max?: number;
  min?: number;
}

/** A line without axes. A gap in the values is a gap in the line. */
export const Sparkline = memo(function Sparkline(props: SparklineProps) {
  const { values, width = 104, height = 22, color = 'var(--bar)' } = props;
  const gradient = useId();
  const known = values.filter((value) => value !== null);
  const top = props.max ?? Math.max(...known, 0);
  const bottom = props.min ?? 0;
  const span = top - bottom || 1;
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) => height - 1.5 - Math.min(1, Math.max(0, (value - bottom) / span)) * (height - 3);
  const runs = unbrokenRuns(values);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      className="block overflow-visible"
      style={{ color }}
    >
      <defs>
        <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity=".26" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </linearGradient>
      </defs>
      {runs.map(({ start, points }) => {
        const x = (index: number) => ((start + index) * step).toFixed(1);
        const line = points.map((value, index) => `${index ? 'L' : 'M'}${x(index)} ${y(value).toFixed(1)}`).join('');
        return (
          <g key={start}>
            <path d={`${line}L${x(points.length - 1)} ${height}L${x(0)} ${height}Z`} fill={`url(#${gradient})`} />
            <path
              d={line}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.25"
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          </g>
        );
      })}
    </svg>
  );
});

export function unbrokenRuns(values: readonly (number | null)[]): { start: number; points: number[] }[] {
  const runs: { start: number; points: number[] }[] = [];
  let current: { start: number; points: number[] } | undefined;
  values.forEach((value, index) => {
    if (value === null) {
      current = undefined;
      return;
    }
    if (!current) runs.push((current = { start: index, points: [] }));
    current.points.push(value);
  });
  return runs;
}
