import type { SyncState } from '../graphql/gen/graphql';
import { useFormat, useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { SYNC_STATES, type SyncCounts } from './sync-status';

const COLORS: Record<SyncState, string> = {
  IN_SYNC: 'bg-ok',
  SYNCING: 'bg-info',
  PENDING: 'bg-info/50',
  NEVER: 'bg-line-strong',
  FAILED: 'bg-bad',
};

/** One bar in parts, a part for each state, each as long as its share of the nodes. */
export function SyncBar({ counts, className }: { counts: SyncCounts; className?: string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const states = SYNC_STATES.toReversed().filter((state) => counts[state] > 0);
  const label = states.map((state) => `${t(`sync.state.${state}`)}: ${number(counts[state])}`).join(', ');
  return (
    <div
      role="img"
      aria-label={label || t('sync.title')}
      className={cn('flex h-2 gap-0.5 overflow-hidden rounded-full', states.length === 0 && 'bg-track', className)}
    >
      {states.map((state) => (
        <span
          key={state}
          data-part={state}
          className={cn('min-w-1.5 transition-[flex-grow] duration-300', COLORS[state])}
          style={{ flexGrow: counts[state], flexBasis: 0 }}
        />
      ))}
    </div>
  );
}
