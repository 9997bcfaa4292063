import { useTranslation } from '../i18n';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Popover } from '../ui/popover';
import { useNow } from '../ui/use-now';
import { type LiveState, reconnectNow, useLive } from './live';

const DOTS: Record<LiveState['state'], string> = {
  connecting: 'bg-fg3',
  live: 'bg-ok',
  reconnecting: 'bg-warn',
  offline: 'bg-bad',
};

/** Whether what is on screen is current. */
export function LiveBadge() {
  const { t } = useTranslation();
  const live = useLive();
  const stale = live.state === 'reconnecting' || live.state === 'offline';
  return (
    <Popover
      label={t('shell.live')}
      trigger={
        <button
          type="button"
          data-live={live.state}
          className={cn(
            'inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs whitespace-nowrap text-fg3 hover:bg-hover hover:text-fg',
            stale && 'text-warn',
          )}
        >
          <span className="relative flex size-1.5">
            {live.state === 'live' && (
              <span className="absolute size-full animate-ping rounded-full bg-ok opacity-60" />
            )}
            <span className={cn('size-1.5 rounded-full', DOTS[live.state])} />
          </span>
          <span role="status" className={live.state === 'live' ? 'max-sm:sr-only' : undefined}>
            <LiveText live={live} />
          </span>
        </button>
      }
    >
      <p className="text-fg2">{stale ? t('shell.staleHint') : t('shell.liveHint')}</p>
      {stale && (
        <Button className="mt-2" onClick={reconnectNow}>
          {t('shell.reconnect')}
        </Button>
      )}
    </Popover>
  );
}

function LiveText({ live }: { live: LiveState }) {
  const { t } = useTranslation();
  if (live.state !== 'reconnecting') return t(`shell.${live.state}`);
  return (
    <>
      <span className="sr-only">{t('shell.reconnecting')}</span>
      <span aria-hidden>
        <CountDown to={live.retryAt} />
      </span>
    </>
  );
}

function CountDown({ to }: { to: number }) {
  const { t } = useTranslation();
  const seconds = Math.ceil((to - useNow()) / 1_000);
  return seconds > 0 ? t('shell.reconnectingIn', { seconds }) : t('shell.reconnecting');
}
