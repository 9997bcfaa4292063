import { ArrowRight, ChevronDown, MoreHorizontal, RotateCw, Zap } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat, useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { cn } from '../../ui/cn';
import { Menu, MenuItem } from '../../ui/menu';
import { useNow } from '../../ui/use-now';
import { Revision } from '../../sync/revision';
import { SyncStateLabel } from '../../sync/sync-state';
import type { SyncEntry } from '../../sync/sync-status';

export const GRID =
  'md:grid md:items-center md:grid-cols-[36px_minmax(110px,1fr)_minmax(120px,1fr)_minmax(190px,auto)_64px_minmax(96px,.7fr)_76px] ' +
  'lg:grid-cols-[36px_minmax(130px,1fr)_minmax(180px,1.9fr)_196px_72px_minmax(104px,.7fr)_minmax(104px,.7fr)_76px]';

interface SyncRowProps {
  entry: SyncEntry;
  index: number;
  selected: boolean;
  expanded: boolean;
  canWrite: boolean;
  onSelect: (nodeId: string) => void;
  onExpand: (nodeId: string) => void;
  onRetry: (nodeId: string) => void;
  onForce: (nodeId: string) => void;
}

export const SyncRow = memo(function SyncRow(props: SyncRowProps) {
  const { entry, index, selected, expanded, canWrite, onSelect, onExpand, onRetry, onForce } = props;
  const { t } = useTranslation();
  const { number } = useFormat();
  const { node, state, desiredRevision, appliedRevision, attempts, lastError } = entry;
  const differs = desiredRevision !== appliedRevision;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-sync={node.id}
      data-state={state}
      data-selected={selected || undefined}
      className={cn(
        'group relative border-b border-line text-sm hover:bg-hover',
        selected && 'bg-selected hover:bg-selected',
        state === 'FAILED' && 'before:absolute before:inset-y-0 before:start-0 before:w-0.5 before:bg-bad',
        entry.driftSince &&
          state !== 'FAILED' &&
          'before:absolute before:inset-y-0 before:start-0 before:w-0.5 before:bg-warn',
      )}
    >
      <div
        role="presentation"
        className={cn(
          GRID,
          'min-h-11 py-1.5 max-md:grid max-md:grid-cols-[36px_minmax(0,1fr)_auto] max-md:items-center max-md:gap-y-1',
        )}
      >
        <Cell className="grid place-items-center ps-1 pe-0">
          <Checkbox
            checked={selected}
            aria-label={t('nodes.select', { name: node.name })}
            onCheckedChange={() => onSelect(node.id)}
          />
        </Cell>
        <Cell>
          <Link to={`/nodes/${node.id}/configuration`} className="block truncate font-medium hover:underline">
            <bdi>{node.name}</bdi>
          </Link>
          {!node.agent.connected && <span className="block truncate text-2xs text-fg3">{t('sync.away')}</span>}
        </Cell>
        <Cell className="max-md:col-span-2 max-md:col-start-2 max-md:row-start-2">
          <SyncStateLabel entry={entry} />
          {lastError && (
            <button
              type="button"
              aria-expanded={expanded}
              onClick={() => onExpand(node.id)}
              className="-mb-1 flex min-h-6 max-w-full min-w-0 items-center gap-1 text-2xs text-fg3 hover:text-fg"
            >
              <ChevronDown
                className={cn('size-3 shrink-0 transition-transform', expanded && 'rotate-180')}
                aria-hidden
              />
              <span className="sr-only">{t(expanded ? 'sync.hideError' : 'sync.showError')}</span>
              <bdi dir="ltr" className="truncate font-mono">
                {gist(lastError)}
              </bdi>
            </button>
          )}
        </Cell>
        <Cell className="max-md:col-span-2 max-md:col-start-2">
          <span dir="ltr" className="flex items-center gap-0.5 rtl:justify-end">
            <Revision revision={appliedRevision} differs={differs && appliedRevision != null} />
            {differs && (
              <>
                <ArrowRight className="size-3 shrink-0 text-fg3" role="img" aria-label={t('sync.goesTo')} />
                <Revision revision={desiredRevision} />
              </>
            )}
          </span>
        </Cell>
        <Cell className="num text-xs text-fg2 max-md:hidden">
          {attempts > 0 ? (
            <span className={state === 'FAILED' ? 'text-bad' : undefined}>{number(attempts)}</span>
          ) : (
            <span className="text-fg3">–</span>
          )}
        </Cell>
        <Cell className="text-xs text-fg2 max-lg:hidden">
          <LastSynced at={entry.lastSyncedAt} />
        </Cell>
        <Cell className="text-xs text-fg2 max-md:col-span-2 max-md:col-start-2">
          <NextRetry entry={entry} />
        </Cell>
        <Cell className="flex items-center justify-end gap-0.5 ps-0 max-md:col-start-3 max-md:row-start-1">
          {canWrite && (
            <>
              {(state !== 'IN_SYNC' || entry.driftSince) && (
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={t('sync.retryNode', { name: node.name })}
                  title={t('sync.retry')}
                  onClick={() => onRetry(node.id)}
                >
                  <RotateCw className="size-3.5" aria-hidden />
                </Button>
              )}
              <Menu
                trigger={
                  <Button variant="ghost" size="icon" aria-label={t('common.more', { name: node.name })}>
                    <MoreHorizontal className="size-4" aria-hidden />
                  </Button>
                }
              >
                <MenuItem icon={<RotateCw aria-hidden />} onSelect={() => onRetry(node.id)}>
                  {t('sync.now')}
                </MenuItem>
                <MenuItem icon={<Zap aria-hidden />} onSelect={() => onForce(node.id)}>
                  {t('sync.force.submit')}
                </MenuItem>
              </Menu>
            </>
          )}
        </Cell>
      </div>
      {expanded && lastError && (
        <div role="cell" className="px-3 pb-3 md:ps-11">
          <ErrorText text={lastError} />
        </div>
      )}
    </div>
  );
});

/** Xray names the place first and the reason last. */
function gist(error: string): string {
  const lastLine = error.trim().split('\n').at(-1) ?? '';
  return lastLine.split(' > ').at(-1) ?? lastLine;
}

const Cell = ({ className, children }: { className?: string; children: ReactNode }) => (
  <div role="cell" className={cn('min-w-0 px-2 leading-tight', className)}>
    {children}
  </div>
);

/** Xray's or the agent's own words, whole. */
export const ErrorText = ({ text, className }: { text: string; className?: string }) => {
  const { t } = useTranslation();
  return (
    <pre
      dir="ltr"
      tabIndex={0}
      aria-label={t('sync.lastError')}
      className={cn(
        'thin-scroll max-h-64 overflow-auto rounded-md border border-bad/25 bg-bad-soft px-3 py-2 font-mono text-2xs leading-4.5 wrap-anywhere whitespace-pre-wrap text-fg',
        className,
      )}
    >
      {text}
    </pre>
  );
};

export function LastSynced({ at }: { at: string | null | undefined }) {
  const { t } = useTranslation();
  const { relative, dateTime } = useFormat();
  const now = useNow(10_000);
  if (!at) return <span className="text-fg3">{t('sync.neverSynced')}</span>;
  return (
    <time dateTime={at} title={dateTime(at)} className="num">
      {relative(at, now)}
    </time>
  );
}

/** Counts down while the panel waits before it asks a failed node again. */
export function NextRetry({ entry }: { entry: SyncEntry }) {
  return entry.nextRetryAt ? <CountDown to={entry.nextRetryAt} /> : <span className="text-fg3 max-md:hidden">–</span>;
}

function CountDown({ to }: { to: string }) {
  const { t } = useTranslation();
  const { duration } = useFormat();
  const left = Math.ceil((Date.parse(to) - useNow()) / 1_000) * 1_000;
  return (
    <time dateTime={to} role="timer" className="num whitespace-nowrap">
      {left > 0 ? t('sync.retryIn', { duration: duration(left) }) : t('sync.retryNow')}
    </time>
  );
}
