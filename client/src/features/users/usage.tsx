import { useFormat, useTranslation } from '../../i18n';
import { Amount } from '../../ui/amount';
import { cn } from '../../ui/cn';
import { Meter, RED_FROM } from '../../ui/meter';

interface UsageProps {
  /** Bytes, as the API writes them. */
  used: string;
  limit: string | null | undefined;
  className?: string;
}

/** How much of the limit is used up; without one only how much was used. */
export function Usage({ used, limit, className }: UsageProps) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const share = limit ? Number(used) / Number(limit) : undefined;
  return (
    <span className={cn('block', className)}>
      <span className="flex items-baseline gap-1 text-xs leading-4 whitespace-nowrap">
        <Amount {...bytes(used)} className={share !== undefined && share >= RED_FROM ? 'text-bad' : 'text-fg2'} />
        <span className="text-2xs text-fg3">
          {limit ? (
            <>
              / <Amount {...bytes(limit)} />
            </>
          ) : (
            <span aria-label={t('common.unlimited')} role="img">
              / ∞
            </span>
          )}
        </span>
      </span>
      {share === undefined ? null : <Meter value={share} label={t('users.columns.usage')} className="mt-1 w-full" />}
    </span>
  );
}
