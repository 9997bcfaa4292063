import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { ToneIcon } from '../ui/tone-icon';
import { advanceRollout, NO_ROLLOUT, type Rollout } from './rollout';
import { useSyncStatuses } from './sync-feed';

/** How long the end of a roll-out stays on screen. */
const LINGER_MS = 6_000;

/** A strip that is there while nodes are on their way to a new configuration, and tells how it ended. */
export function RolloutProgress({ className }: { className?: string }) {
  const rollout = useRollout();
  if (rollout.state === 'none') return null;
  return <RolloutStrip rollout={rollout} className={className} />;
}

function useRollout(): Rollout {
  const { entries } = useSyncStatuses();
  const known = useRef(NO_ROLLOUT);
  const [shown, setShown] = useState(NO_ROLLOUT);

  useEffect(() => {
    if (!entries) return;
    known.current = advanceRollout(known.current, entries);
    setShown(known.current);
  }, [entries]);

  useEffect(() => {
    if (shown.state !== 'over') return;
    const timer = setTimeout(() => {
      known.current = NO_ROLLOUT;
      setShown(NO_ROLLOUT);
    }, LINGER_MS);
    return () => clearTimeout(timer);
  }, [shown]);

  return shown;
}

export function RolloutStrip({ rollout, className }: { rollout: Rollout; className?: string | undefined }) {
  const { t } = useTranslation();
  const { state, done, failed, away } = rollout;
  const total = rollout.nodeIds.size - away;
  const over = state === 'over';
  return (
    <section
      data-rollout={state}
      aria-label={t('sync.rollout.label')}
      className={cn(
        'animate-enter rounded-lg border border-info/25 bg-info-soft px-3 py-2 text-sm',
        over && failed === 0 && 'border-ok/25 bg-ok-soft',
        failed > 0 && 'border-bad/25 bg-bad-soft',
        className,
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        {over ? (
          <ToneIcon tone={failed > 0 ? 'bad' : 'ok'} />
        ) : (
          <LoaderCircle className="size-3.5 animate-spin text-info" aria-hidden />
        )}
        <span className="num font-medium" role="status">
          {over && failed === 0
            ? t('sync.rollout.over', { count: done })
            : t('sync.rollout.running', { done, count: total })}
        </span>
        {failed > 0 && <span className="num text-bad">{t('sync.rollout.failed', { count: failed })}</span>}
        {away > 0 && <span className="num text-fg2">{t('sync.rollout.away', { count: away })}</span>}
        <Link to="/sync" className="ms-auto text-xs font-medium text-fg2 underline-offset-2 hover:underline">
          {t('sync.rollout.details')}
        </Link>
      </div>
      <div
        role="progressbar"
        aria-label={t('sync.rollout.label')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="mt-2 flex h-1 overflow-hidden rounded-full bg-track"
      >
        <div
          className="h-full bg-ok transition-[width] duration-300"
          style={{ width: `${(done / Math.max(1, total)) * 100}%` }}
        />
        <div
          className="h-full bg-bad transition-[width] duration-300"
          style={{ width: `${(failed / Math.max(1, total)) * 100}%` }}
        />
      </div>
    </section>
  );
}
