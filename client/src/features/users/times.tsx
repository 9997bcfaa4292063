import { useFormat, useTranslation } from '../../i18n';
import { cn } from '../../ui/cn';
import { useNow } from '../../ui/use-now';

const DAY_MS = 86_400_000;
/** An end so near deserves a glance. */
const SOON_MS = 3 * DAY_MS;

interface WhenProps {
  at: string;
  /** It may be yet to come; else what happened a moment ago is never said to be about to happen. */
  ahead?: boolean;
  className?: string;
}

/** How long ago, or how soon; the exact time is its title. */
export function When({ at, ahead, className }: WhenProps) {
  const { relative, dateTime } = useFormat();
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={dateTime(at)} className={className}>
      {relative(at, ahead ? now : Math.max(now, Date.parse(at)))}
    </time>
  );
}

export function Expiry({ at, className }: { at: string | null | undefined; className?: string }) {
  const { t } = useTranslation();
  const now = useNow(30_000);
  if (!at) return <span className={cn('text-fg3', className)}>{t('users.never')}</span>;
  const left = Date.parse(at) - now;
  return (
    <When ahead at={at} className={cn(left < 0 ? 'text-bad' : left < SOON_MS ? 'text-warn' : 'text-fg2', className)} />
  );
}
