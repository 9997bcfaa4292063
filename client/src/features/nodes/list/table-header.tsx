import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from '../../../i18n';
import { Checkbox } from '../../../ui/checkbox';
import { cn } from '../../../ui/cn';
import { COLUMNS, GRID } from './columns';
import type { ListParams } from './list-params';

interface TableHeaderProps {
  params: ListParams;
  onSort: (field: ListParams['sort']) => void;
  selection: boolean | 'indeterminate';
  onSelectAll: () => void;
}

export function TableHeader({ params, onSort, selection, onSelectAll }: TableHeaderProps) {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cn(GRID, 'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3')}
    >
      <div role="columnheader" className="grid place-items-center ps-1">
        <Checkbox checked={selection} onCheckedChange={onSelectAll} aria-label={t('nodes.selectAll')} />
      </div>
      {COLUMNS.map(({ id, sort, end, visible }) => {
        const sorted = sort !== undefined && params.sort === sort;
        const Arrow = params.descending ? ArrowDown : ArrowUp;
        const label = t(`nodes.columns.${id}`);
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={sorted ? (params.descending ? 'descending' : 'ascending') : undefined}
            className={cn('flex h-full min-w-0 items-center px-2', end && 'justify-end', visible)}
          >
            {sort ? (
              <button
                type="button"
                title={t('nodes.sortBy', { column: label })}
                onClick={() => onSort(sort)}
                className={cn(
                  '-mx-1 flex h-6 min-w-0 items-center gap-1 rounded px-1 hover:text-fg',
                  sorted && 'text-fg',
                )}
              >
                <span className="truncate">{label}</span>
                {sorted && <Arrow className="size-3 shrink-0" aria-hidden />}
              </button>
            ) : (
              <span className="truncate">{label}</span>
            )}
          </div>
        );
      })}
      <div role="columnheader">
        <span className="sr-only">{t('node.actions')}</span>
      </div>
    </div>
  );
}
