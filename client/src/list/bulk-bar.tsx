import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from '../i18n';
import { Button } from '../ui/button';

interface BulkBarProps {
  label: string;
  count: number;
  /** How many the filter matches, when that is more than what is selected and not too many to select. */
  total?: number | undefined;
  selecting: boolean;
  onSelectAll: () => void;
  onClear: () => void;
  /** The actions. */
  children: ReactNode;
}

/** What can be done with the selected rows; there only while some are. */
export function BulkBar({ label, count, total, selecting, onSelectAll, onClear, children }: BulkBarProps) {
  const { t } = useTranslation();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape' && !document.querySelector('[role=dialog], [role=alertdialog], [role=menu]'))
        onClear();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [onClear]);
  return (
    <div
      role="toolbar"
      aria-label={label}
      className="pointer-events-auto flex max-w-full animate-enter flex-wrap items-center gap-1 rounded-xl border border-line-strong bg-raised p-1.5 ps-3 text-sm shadow-float"
    >
      <div className="flex items-center gap-1 max-md:basis-full">
        <span className="num me-2 font-medium" role="status">
          {t('bulk.selected', { count })}
        </span>
        {total !== undefined && (
          <Button variant="ghost" className="text-accent" busy={selecting} onClick={onSelectAll}>
            {selecting ? t('bulk.selecting') : t('bulk.selectAll', { count: total })}
          </Button>
        )}
      </div>
      <span className="me-1 h-4 w-px bg-line-strong max-md:hidden" />
      {children}
      <Button variant="ghost" size="icon" aria-label={t('bulk.clear')} onClick={onClear}>
        <X className="size-3.5" aria-hidden />
      </Button>
    </div>
  );
}
