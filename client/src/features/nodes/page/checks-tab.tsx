import { HeartPulse } from 'lucide-react';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import type { HealthChecksQuery } from '../../../graphql/gen/graphql';
import { useLiveQuery } from '../../../graphql/hooks';
import { useFormat, useTranslation } from '../../../i18n';
import { Amount } from '../../../ui/amount';
import { cn } from '../../../ui/cn';
import { Placeholder } from '../../../ui/placeholder';
import { Skeleton } from '../../../ui/skeleton';
import { ToneIcon } from '../../../ui/tone-icon';
import { useRefreshed } from '../../../ui/use-refreshed';
import { HistoryTable } from './history-table';

const HealthChecks = graphql(`
  query HealthChecks($id: ID!) {
    node(id: $id) {
      id
      healthChecks(first: 60) {
        nodes {
          id
          at
          ok
          latencyMs
          healthAfter
          vantage
          probes {
            kind
            ok
            latencyMs
            error
          }
        }
      }
    }
  }
`);

type Check = NonNullable<HealthChecksQuery['node']>['healthChecks']['nodes'][number];

/** Checks are not streamed; they come every half minute or so. */
const REFRESH_MS = 15_000;

export default function ChecksTab({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const [{ data, error }, execute] = useLiveQuery({
    query: HealthChecks,
    variables: { id: nodeId },
    requestPolicy: 'cache-and-network',
  });
  const read = () => execute({ requestPolicy: 'network-only' });
  useRefreshed(read, REFRESH_MS);
  if (error && !data) return <FailureNotice error={error} title={t('errors.load')} onRetry={read} />;
  const checks = data?.node?.healthChecks.nodes;
  if (!checks) return <Skeleton className="h-72 w-full rounded-lg" />;
  if (checks.length === 0) return <Placeholder icon={<HeartPulse />} title={t('checks.empty')} />;
  return (
    <div className="space-y-4">
      <CheckBar checks={checks.toReversed()} />
      <HistoryTable
        label={t('checks.title')}
        heads={[
          t('checks.at'),
          t('checks.result'),
          t('checks.latency'),
          t('checks.probes'),
          t('checks.health'),
          t('checks.vantage'),
        ]}
      >
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </HistoryTable>
    </div>
  );
}

/** One stroke for each check: full height when it passed, low and red when not. */
function CheckBar({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const passed = checks.filter(({ ok }) => ok).length / checks.length;
  return (
    <div className="flex items-center gap-4 rounded-lg border border-line bg-panel px-4 py-3 shadow-lift">
      <div
        className="flex h-7 min-w-0 flex-1 items-end gap-0.5"
        role="img"
        aria-label={`${t('checks.recent')}: ${percent(passed)}`}
      >
        {checks.map((check) => (
          <span
            key={check.id}
            className={cn('min-w-px flex-1 rounded-xs', check.ok ? 'h-full bg-ok/70' : 'h-1/2 bg-bad')}
          />
        ))}
      </div>
      <span className="num text-lg font-semibold">{percent(passed)}</span>
    </div>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { t } = useTranslation();
  const { dateTime, milliseconds } = useFormat();
  return (
    <tr>
      <td className="num whitespace-nowrap text-fg2">{dateTime(check.at)}</td>
      <td>
        <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', !check.ok && 'text-bad')}>
          <ToneIcon tone={check.ok ? 'ok' : 'bad'} />
          {t(check.ok ? 'checks.ok' : 'checks.failed')}
        </span>
      </td>
      <td className="text-fg2">
        {typeof check.latencyMs === 'number' ? <Amount {...milliseconds(check.latencyMs)} /> : '–'}
      </td>
      <td>
        <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
          {check.probes.map((probe) => (
            <li key={probe.kind} className="flex items-baseline gap-2 text-xs">
              <ToneIcon tone={probe.ok ? 'ok' : 'bad'} className="size-2.5" />
              <span className="whitespace-nowrap text-fg2">{t(`node.test.${probe.kind}`)}</span>
              {typeof probe.latencyMs === 'number' && (
                <Amount {...milliseconds(probe.latencyMs)} className="text-fg3" />
              )}
              {probe.error && <bdi className="text-bad">{probe.error}</bdi>}
            </li>
          ))}
        </ul>
      </td>
      <td className="whitespace-nowrap text-fg2">{t(`health.${check.healthAfter}`)}</td>
      <td className="text-fg3">
        <bdi>{check.vantage}</bdi>
      </td>
    </tr>
  );
}
