import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';

interface ColumnHeaderProps {
  label: string;
  /** Absent when the list cannot be sorted by it. */
  onSort?: (() => void) | undefined;
  sorted?: 'ascending' | 'descending' | undefined;
  end?: boolean | undefined;
  className?: string | undefined;
}

export function ColumnHeader({ label, onSort, sorted, end, className }: ColumnHeaderProps) {
  const { t } = useTranslation();
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted}
      className={cn('flex h-full min-w-0 items-center px-2', end && 'justify-end', className)}
    >
      {onSort ? (
        <button
          type="button"
          title={t('nodes.sortBy', { column: label })}
          onClick={onSort}
          className={cn('-mx-1 flex h-6 min-w-0 items-center gap-1 rounded px-1 hover:text-fg', sorted && 'text-fg')}
        >
          <span className="truncate">{label}</span>
          {sorted && <Arrow className="size-3 shrink-0" aria-hidden />}
        </button>
      ) : (
        <span className="truncate">{label}</span>
      )}
    </div>
  );
}
