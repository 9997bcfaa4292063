import type { ReactNode } from 'react';
import { useStale } from '../../../graphql/live';
import { useFormat, useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { Skeleton } from '../../../ui/skeleton';
import { Sparkline } from '../../../ui/sparkline';
import { countOf, useCluster, useTrail } from './use-cluster';

interface KpiProps {
  label: string;
  value: string | undefined;
  /** A page from right to left puts it on the other side by itself. */
  unit?: string | undefined;
  foot: ReactNode;
  trail: readonly number[];
  color: string;
}

function Kpi({ label, value, unit, foot, trail, color }: KpiProps) {
  const stale = useStale();
  return (
    <dl className="min-w-0 px-4 py-3">
      <dt className="truncate text-xs text-fg3">{label}</dt>
      <dd className="mt-1 flex items-end justify-between gap-2">
        <div className={cn('min-w-0 transition-opacity', stale && 'opacity-50 grayscale')}>
          <div className="num flex items-baseline gap-1.5 text-xl leading-7 font-semibold tracking-tight whitespace-nowrap">
            {value === undefined ? <Skeleton className="my-1 h-5 w-16" /> : value}
            {value !== undefined && unit && (
              <span className="text-xs font-normal tracking-normal text-fg3">{unit}</span>
            )}
          </div>
          <div className="num truncate text-2xs leading-4 text-fg3">{foot}</div>
        </div>
        <span dir="ltr" className="shrink-0 @max-[11.5rem]:hidden">
          <TrailLine values={trail} color={color} />
        </span>
      </dd>
    </dl>
  );
}

/** Until there are two points there is nothing to draw; then the line grows with the time the page is open. */
function TrailLine({ values, color }: { values: readonly number[]; color: string }) {
  if (values.length < 2) return <span className="block h-7 w-16.5" />;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max(high - low, high * 0.02, 1) * 0.35;
  return <Sparkline values={values} width={66} height={28} color={color} min={low - room} max={high + room} />;
}

export function OnlineNodes() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { cluster } = useCluster();
  const online = cluster && countOf(cluster, 'ONLINE');
  const problems = cluster ? countOf(cluster, 'OFFLINE', 'DEGRADED') : 0;
  const trail = useTrail('online', online);
  return (
    <Kpi
      label={t('kpi.online')}
      value={online === undefined ? undefined : number(online)}
      unit={cluster && `/ ${number(cluster.totalNodes)}`}
      foot={
        problems > 0 ? <span className="text-warn">{t('kpi.attention', { count: problems })}</span> : t('kpi.allWell')
      }
      trail={trail}
      color="var(--ok)"
    />
  );
}

export function Connections() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { cluster } = useCluster();
  const trail = useTrail('connections', cluster?.connections);
  return (
    <Kpi
      label={t('kpi.connections')}
      value={cluster && number(cluster.connections)}
      foot={t('kpi.connectionsHint')}
      trail={trail}
      color="var(--accent)"
    />
  );
}

export function Download() {
  const { t } = useTranslation();
  const { bitRate } = useFormat();
  const { cluster } = useCluster();
  const trail = useTrail('download', cluster?.downlinkRate);
  const rate = cluster && bitRate(cluster.downlinkRate);
  return (
    <Kpi
      label={t('kpi.download')}
      value={rate?.value}
      unit={rate?.unit}
      foot={t('kpi.downloadHint')}
      trail={trail}
      color="var(--accent)"
    />
  );
}

export function Upload() {
  const { t } = useTranslation();
  const { bitRate } = useFormat();
  const { cluster } = useCluster();
  const trail = useTrail('upload', cluster?.uplinkRate);
  const rate = cluster && bitRate(cluster.uplinkRate);
  return (
    <Kpi
      label={t('kpi.upload')}
      value={rate?.value}
      unit={rate?.unit}
      foot={t('kpi.uploadHint')}
      trail={trail}
      color="var(--bar)"
    />
  );
}

export function OnlineUsers() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { cluster } = useCluster();
  const trail = useTrail('users', cluster?.onlineUsers);
  return (
    <Kpi
      label={t('kpi.users')}
      value={cluster && number(cluster.onlineUsers)}
      foot={t('kpi.usersHint')}
      trail={trail}
      color="var(--bar)"
    />
  );
}
