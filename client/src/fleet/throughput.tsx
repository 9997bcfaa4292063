import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat, useTranslation } from '../i18n';
import { Amount } from '../ui/amount';
import { cn } from '../ui/cn';

/** Down above up. */
export function Throughput({ metrics }: { metrics: { uplinkRate: number; downlinkRate: number } | null }) {
  const { t } = useTranslation();
  const { bitRate } = useFormat();
  return (
    <span className="block text-2xs leading-4 text-fg2">
      <Direction icon={<ArrowDown className="size-3 text-fg3" role="img" aria-label={t('nodes.down')} />}>
        {metrics ? <Amount {...bitRate(metrics.downlinkRate)} /> : <span className="text-fg3">–</span>}
      </Direction>
      <Direction icon={<ArrowUp className="size-3" role="img" aria-label={t('nodes.up')} />} className="text-fg3">
        {metrics ? <Amount {...bitRate(metrics.uplinkRate)} /> : <span className="text-fg3">–</span>}
      </Direction>
    </span>
  );
}

const Direction = ({ icon, children, className }: { icon: ReactNode; children: ReactNode; className?: string }) => (
  <span className={cn('flex items-center justify-end gap-1', className)}>
    {children}
    {icon}
  </span>
);
