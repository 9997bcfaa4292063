import { RotateCw, Zap } from 'lucide-react';
import { useTranslation } from '../../i18n';
import { BulkBar } from '../../list/bulk-bar';
import { Button } from '../../ui/button';

interface SelectionBarProps {
  count: number;
  busy: boolean;
  onSync: () => void;
  onForce: () => void;
  onClear: () => void;
}

const NOTHING = () => {};

export function SelectionBar({ count, busy, onSync, onForce, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  return (
    <div className="pointer-events-none inset-x-0 bottom-4 z-30 flex justify-center px-3 max-md:sticky md:absolute">
      <BulkBar label={t('bulk.actions')} count={count} selecting={false} onSelectAll={NOTHING} onClear={onClear}>
        <Button variant="ghost" busy={busy} onClick={onSync}>
          {!busy && <RotateCw className="size-3.5" aria-hidden />}
          {t('sync.now')}
        </Button>
        <Button variant="ghost" disabled={busy} onClick={onForce}>
          <Zap className="size-3.5" aria-hidden />
          {t('sync.force.submit')}
        </Button>
      </BulkBar>
    </div>
  );
}
