import { lazy, Suspense, useMemo, useState } from 'react';
import { useStale } from '../../../graphql/live';
import { useFormat, useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { Skeleton } from '../../../ui/skeleton';
import type { MetricPoint } from '../node-events';
import type { RangeName } from './metrics-history';
import type { useMetrics } from './use-metrics';

const TimeChart = lazy(async () => ({ default: (await import('../../../ui/time-chart')).TimeChart }));

interface Line {
  label: string;
  color: `--${string}`;
  of: (point: MetricPoint) => number;
}

interface Chart {
  title: string;
  lines: Line[];
  format: (value: number) => string;
  max?: number;
  fixed?: boolean;
}

interface ChartGridProps {
  metrics: ReturnType<typeof useMetrics>;
  range: RangeName;
}

export function ChartGrid({ metrics, range }: ChartGridProps) {
  const charts = useCharts();
  const [cursor, setCursor] = useState<number | null>(null);
  return (
    <div className="grid gap-3 md:grid-cols-2">
      {charts.map((chart) => (
        <ChartCard
          key={chart.title}
          chart={chart}
          metrics={metrics}
          range={range}
          cursor={cursor}
          onCursor={setCursor}
        />
      ))}
    </div>
  );
}

function useCharts(): Chart[] {
  const { t } = useTranslation();
  const { percent, number, decimal, bitRate } = useFormat();
  const rate = (value: number) => {
    const quantity = bitRate(value);
    return `${quantity.value} ${quantity.unit}`;
  };
  const single = (title: string, of: Line['of'], rest: Omit<Chart, 'title' | 'lines'>): Chart => ({
    title,
    lines: [{ label: title, color: '--accent', of }],
    ...rest,
  });
  return [
    single(t('overview.cpu'), ({ cpu }) => cpu, { format: percent, max: 1, fixed: true }),
    single(t('overview.memory'), ({ memory }) => memory, { format: percent, max: 1, fixed: true }),
    {
      title: t('overview.throughput'),
      format: rate,
      lines: [
        { label: t('overview.download'), color: '--accent', of: ({ downlinkRate }) => downlinkRate },
        { label: t('overview.upload'), color: '--chart-2', of: ({ uplinkRate }) => uplinkRate },
      ],
    },
    {
      title: t('overview.connections'),
      format: number,
      max: 10,
      lines: [
        { label: t('overview.connections'), color: '--accent', of: ({ connections }) => connections },
        { label: t('overview.onlineUsers'), color: '--chart-2', of: ({ onlineUsers }) => onlineUsers },
      ],
    },
    single(t('overview.load'), ({ loadAverage }) => loadAverage, { format: decimal, max: 1 }),
    single(t('overview.disk'), ({ disk }) => disk, { format: percent, max: 1, fixed: true }),
  ];
}

interface ChartCardProps extends ChartGridProps {
  chart: Chart;
  cursor: number | null;
  onCursor: (index: number | null) => void;
}

/** Its heading tells the newest values, or those under the cursor that all charts share. */
function ChartCard({ chart, metrics, range, cursor, onCursor }: ChartCardProps) {
  const { t } = useTranslation();
  const { series, newest, from, to, loading } = metrics;
  const stale = useStale();
  const { hourMinute, dayMonth } = useFormat();
  const point = cursor === null ? newest : (series.points[cursor] ?? undefined);
  const { lines } = chart;
  const drawn = useMemo(
    () =>
      lines.map(({ label, color, of }) => ({
        label,
        color,
        values: series.points.map((sample) => (sample ? of(sample) : null)),
      })),
    // oxlint-disable-next-line react/exhaustive-deps -- the lines follow from the language, which names them
    [series, chart.title],
  );
  return (
    <section
      aria-label={chart.title}
      className="min-w-0 rounded-lg border border-line bg-panel px-3 pt-2.5 pb-1.5 shadow-lift"
    >
      <header className="mb-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1 px-1">
        <h3 className="text-xs font-medium text-fg2">{chart.title}</h3>
        <div className={cn('ms-auto flex gap-4', stale && cursor === null && 'opacity-50 grayscale')}>
          {lines.map((line) => (
            <span key={line.label} className="flex items-baseline gap-1.5 text-xs">
              {lines.length > 1 && (
                <>
                  <span className="size-2 rounded-full" style={{ background: `var(${line.color})` }} aria-hidden />
                  <span className="text-2xs text-fg3">{line.label}</span>
                </>
              )}
              <span dir="ltr" className="num font-medium">
                {point ? chart.format(line.of(point)) : '–'}
              </span>
            </span>
          ))}
        </div>
      </header>
      {loading ? (
        <Skeleton className="my-2 h-33 w-full" />
      ) : series.times.length === 0 ? (
        <p className="grid h-37 place-items-center text-xs text-fg3">{t('overview.noData')}</p>
      ) : (
        <Suspense fallback={<Skeleton className="my-2 h-33 w-full" />}>
          <TimeChart
            times={series.times}
            series={drawn}
            from={from}
            to={to}
            max={chart.max}
            fixed={chart.fixed}
            formatValue={chart.format}
            formatTime={range === '7d' ? dayMonth : hourMinute}
            syncKey="node"
            onCursor={onCursor}
          />
        </Suspense>
      )}
    </section>
  );
}
