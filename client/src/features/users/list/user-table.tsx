import { useTranslation } from '../../../i18n';
import { ColumnHeader } from '../../../list/column-header';
import type { ShownList } from '../../../list/use-paged-list';
import { VirtualTable } from '../../../list/virtual-table';
import { Checkbox } from '../../../ui/checkbox';
import { cn } from '../../../ui/cn';
import { selectWidth, USER_CARD_HEIGHT, USER_COLUMNS, USER_GRID } from './columns';
import type { UserListParams } from './list-params';
import { UserRow } from './user-row';
import type { UserRow as Row } from './user-source';

interface UserTableProps {
  label: string;
  users: ShownList<Row>;
  order?: Pick<UserListParams, 'sort' | 'descending'>;
  onSort?: (field: UserListParams['sort']) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (row: Row) => void;
  onSelectAll?: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function UserTable({ label, users, selected = NONE, onSelect, ...rest }: UserTableProps) {
  const loaded = users.state.loadedRows();
  const all = loaded.length > 0 && loaded.every(({ id }) => selected.has(id));
  return (
    <VirtualTable
      label={label}
      rows={users}
      cardHeight={USER_CARD_HEIGHT}
      hrefOf={({ id }) => `/users/${id}`}
      {...(onSelect && { onSelect })}
      header={<Header {...rest} selection={all || (selected.size > 0 ? 'indeterminate' : false)} />}
    >
      {(place) => <UserRow {...place} selected={selected.has(place.row.id)} onSelect={onSelect} />}
    </VirtualTable>
  );
}

interface HeaderProps extends Pick<UserTableProps, 'order' | 'onSort' | 'onSelectAll'> {
  selection: boolean | 'indeterminate';
}

function Header({ order, onSort, onSelectAll, selection }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cn(
        USER_GRID,
        selectWidth(onSelectAll !== undefined),
        'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3',
      )}
    >
      <div role="columnheader" className="grid place-items-center ps-1">
        {onSelectAll ? (
          <Checkbox checked={selection} onCheckedChange={onSelectAll} aria-label={t('users.selectAll')} />
        ) : (
          <span className="sr-only">{t('users.columns.user')}</span>
        )}
      </div>
      {USER_COLUMNS.map(({ id, sort, visible }) => (
        <ColumnHeader
          key={id}
          label={t(`users.columns.${id}`)}
          onSort={sort && onSort && (() => onSort(sort))}
          sorted={sort && order?.sort === sort ? (order.descending ? 'descending' : 'ascending') : undefined}
          className={visible}
        />
      ))}
      <div role="columnheader">
        <span className="sr-only">{t('node.actions')}</span>
      </div>
    </div>
  );
}
