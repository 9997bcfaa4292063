import { Table2, TrendingUp } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Segmented } from '../../../ui/segmented';
import { ChartGrid } from './chart-grid';
import { Facts } from './facts';
import { MetricsTable } from './metrics-table';
import { bucketMs, isRange, type RangeName } from './metrics-history';
import { useMetrics } from './use-metrics';

export default function OverviewTab({ nodeId }: { nodeId: string }) {
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_18rem]">
      <Measurements nodeId={nodeId} />
      <Facts nodeId={nodeId} />
    </div>
  );
}

function Measurements({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const { duration } = useFormat();
  const [query, setQuery] = useSearchParams();
  const asked = query.get('range');
  const range: RangeName = isRange(asked) ? asked : '1h';
  const [asTable, setAsTable] = useState(false);
  const Icon = asTable ? TrendingUp : Table2;
  return (
    <div className="min-w-0">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Segmented
          label={t('overview.range')}
          value={range}
          onChange={(name) => setQuery(name === '1h' ? {} : { range: name }, { replace: true })}
          options={(['1h', '24h', '7d'] as const).map((value) => ({ value, label: t(`overview.ranges.${value}`) }))}
        />
        <span className="text-2xs text-fg3">{t('overview.buckets', { duration: duration(bucketMs(range)) })}</span>
        <Button variant="ghost" className="ms-auto" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <Icon className="size-3.5" aria-hidden />
          {t(asTable ? 'overview.asChart' : 'overview.asTable')}
        </Button>
      </div>
      <RangeOfMetrics key={range} nodeId={nodeId} range={range} asTable={asTable} />
    </div>
  );
}

interface RangeOfMetricsProps {
  nodeId: string;
  range: RangeName;
  asTable: boolean;
}

function RangeOfMetrics({ nodeId, range, asTable }: RangeOfMetricsProps) {
  const { t } = useTranslation();
  const metrics = useMetrics(nodeId, range);
  return (
    <>
      {metrics.error && (
        <FailureNotice error={metrics.error} title={t('errors.load')} onRetry={metrics.retry} className="mb-3" />
      )}
      {asTable ? <MetricsTable series={metrics.series} /> : <ChartGrid metrics={metrics} range={range} />}
    </>
  );
}
