import { useTranslation } from '../../../i18n';
import { ColumnHeader } from '../../../list/column-header';
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
        return (
          <ColumnHeader
            key={id}
            label={t(`nodes.columns.${id}`)}
            sorted={sorted ? (params.descending ? 'descending' : 'ascending') : undefined}
            onSort={sort && (() => onSort(sort))}
            end={end}
            className={visible}
          />
        );
      })}
      <div role="columnheader">
        <span className="sr-only">{t('node.actions')}</span>
      </div>
    </div>
  );
}
