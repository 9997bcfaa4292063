import { Link } from 'react-router';
import type { NodeStatus } from '../../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../../i18n';
import { Amount } from '../../../ui/amount';
import { Chip } from '../../../ui/chip';
import { cn } from '../../../ui/cn';
import { Meter, RED_FROM } from '../../../ui/meter';
import { OwnDirection } from '../../../ui/own-direction';
import { Sparkline } from '../../../ui/sparkline';
import { Tooltip } from '../../../ui/tooltip';
import { NodeSyncMark } from '../../../sync/sync-state';
import { STATUS_TONE, StatusLabel } from '../../../fleet/node-status';
import type { Row } from './list-source';
import { useIssueText } from '../issue-text';

const SLOW_MS = 200;
export const Nothing = () => <span className="text-fg3">–</span>;

/** No numbers are shown for a node that sends none: old ones would look alive. */
export const isSilent = (status: NodeStatus) => status === 'OFFLINE' || status === 'PENDING' || status === 'DISABLED';

export function NameCell({ row }: { row: Row }) {
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Link to={`/nodes/${row.id}`} className="max-w-[65%] min-w-0 shrink-0 truncate font-medium hover:underline">
          <bdi>{row.name}</bdi>
        </Link>
        <Labels row={row} />
      </span>
      <OwnDirection className="mt-0.5 font-mono text-2xs text-fg3">{row.address}</OwnDirection>
    </>
  );
}

/** Its groups, else its tags: there is room for one, and for how many more there are. */
function Labels({ row: { groups, tags } }: { row: Row }) {
  const { number } = useFormat();
  const first = groups[0]?.name ?? tags[0]?.value;
  if (first === undefined) return null;
  const more = groups.length + tags.length - 1;
  const all = [...groups.map(({ name }) => name), ...tags.map(({ key, value }) => `${key}=${value}`)];
  return (
    <span title={all.join('  ')} className="flex min-w-0 shrink items-center gap-1">
      <Chip className={cn('max-w-full', groups.length > 0 && 'bg-hover')}>
        <bdi className="truncate">{first}</bdi>
      </Chip>
      {more > 0 && (
        <span dir="ltr" className="num text-2xs text-fg3">
          +{number(more)}
        </span>
      )}
    </span>
  );
}

export function StatusCell({ row, gone }: { row: Row; gone: boolean }) {
  const { t } = useTranslation();
  const issueText = useIssueText();
  if (gone) return <span className="text-fg3">{t('nodes.gone')}</span>;
  const [issue] = row.issues;
  const reason = issue && issueText(issue);
  return (
    <>
      <span className="flex items-center gap-1.5">
        <StatusLabel status={row.status} />
        <NodeSyncMark nodeId={row.id} />
      </span>
      {reason && (
        <Tooltip label={<bdi>{issue.message}</bdi>}>
          <span className="block">
            <OwnDirection className="text-2xs text-fg3">{reason}</OwnDirection>
          </span>
        </Tooltip>
      )}
    </>
  );
}

export function LocationCell({ row }: { row: Row }) {
  const { country } = useFormat();
  if (!row.location) return <Nothing />;
  const { city, countryCode } = row.location;
  return (
    <>
      <span className="block truncate text-fg2">
        <bdi>{city ?? (countryCode && country(countryCode)) ?? '–'}</bdi>
      </span>
      {city && countryCode && <span className="block truncate text-2xs text-fg3">{country(countryCode)}</span>}
    </>
  );
}

interface MeterCellProps {
  value: number | undefined;
  label: string;
  className?: string;
}

export function MeterCell({ value, label, className = 'w-10' }: MeterCellProps) {
  const { percent } = useFormat();
  return (
    <span className="flex items-center gap-2">
      {value === undefined ? (
        <span className={cn('h-1 rounded-full bg-track', className)} />
      ) : (
        <Meter value={value} label={label} className={className} />
      )}
      <span
        className={cn('num w-8.5 text-end text-xs text-fg2', value !== undefined && value >= RED_FROM && 'text-bad')}
      >
        {value === undefined ? <Nothing /> : percent(value)}
      </span>
    </span>
  );
}

const TREND_COLORS = {
  ok: 'var(--bar)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
  waiting: 'var(--bar)',
  off: 'var(--bar)',
};

export function TrendCell({ row }: { row: Row }) {
  const color = TREND_COLORS[STATUS_TONE[row.status]];
  return (
    <span dir="ltr" className="block">
      <Sparkline values={row.loadTrend} max={1} color={color} />
    </span>
  );
}

export function LatencyCell({ row }: { row: Row }) {
  const { milliseconds } = useFormat();
  const { latencyMs } = row;
  if (typeof latencyMs !== 'number' || isSilent(row.status)) return <Nothing />;
  return <Amount {...milliseconds(latencyMs)} className={latencyMs > SLOW_MS ? 'text-warn' : 'text-fg2'} />;
}

export function VersionCell({ row }: { row: Row }) {
  const { t } = useTranslation();
  const { agent, xray } = row;
  if (!agent.version && !xray.version) return <Nothing />;
  return (
    <>
      {xray.version && (
        <span className="block truncate text-xs text-fg2">{t('nodes.xrayVersion', { version: xray.version })}</span>
      )}
      {agent.version && (
        <span className="block truncate text-2xs text-fg3">{t('nodes.agentVersion', { version: agent.version })}</span>
      )}
    </>
  );
}
