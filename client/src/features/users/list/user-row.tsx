import { CloudOff, MoreHorizontal } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Checkbox } from '../../../ui/checkbox';
import { cn } from '../../../ui/cn';
import { CopyButton } from '../../../ui/copy-button';
import { OwnDirection } from '../../../ui/own-direction';
import { GroupChips } from '../../../fleet/group-chips';
import { UserMenu } from '../actions/user-menu';
import { Expiry, When } from '../times';
import { Usage } from '../usage';
import { UserStatusLabel } from '../user-status';
import { selectWidth, USER_GRID, type UserColumnId, visibleFrom } from './columns';
import type { UserRow as Row } from './user-source';

interface RowProps {
  row: Row;
  index: number;
  top: number;
  height: number;
  phone: boolean;
  current: boolean;
  selected: boolean;
  /** Absent where nothing can be done with many. */
  onSelect?: ((row: Row) => void) | undefined;
}

const Cell = ({ id, className, ...rest }: ComponentProps<'div'> & { id?: UserColumnId }) => (
  <div role="cell" className={cn('min-w-0 px-2 leading-tight', id && visibleFrom(id), className)} {...rest} />
);

export const UserRow = memo(function UserRow(props: RowProps) {
  const { row, index, top, height, phone, current, selected, onSelect } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-user={row.id}
      data-status={row.status}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cn(
        'group absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-hover',
        selected && 'bg-selected hover:bg-selected',
        current && 'bg-hover outline-1 -outline-offset-1 outline-accent',
        phone
          ? 'grid grid-cols-[var(--select)_minmax(0,1.2fr)_minmax(0,1fr)_80px] grid-rows-[54px_1fr] items-center'
          : USER_GRID,
        selectWidth(onSelect !== undefined),
      )}
    >
      {phone ? <CardCells {...props} /> : <RowCells {...props} />}
    </div>
  );
});

function RowCells(props: RowProps) {
  const { row } = props;
  return (
    <>
      <Cell className="grid place-items-center ps-1 pe-0">
        <SelectBox {...props} />
      </Cell>
      <Cell id="user">
        <Name row={row} />
      </Cell>
      <Cell id="status">
        <Status row={row} />
      </Cell>
      <Cell id="groups">
        <GroupChips groups={row.groups} />
      </Cell>
      <Cell id="usage" className="max-w-44">
        <Usage used={row.dataUsed} limit={row.dataLimit} />
      </Cell>
      <Cell id="expires" className="truncate text-xs">
        <Expiry at={row.expiresAt} />
      </Cell>
      <Cell id="fetched">
        <Fetched row={row} />
      </Cell>
      <Cell id="created" className="truncate text-xs text-fg2">
        <When at={row.createdAt} />
      </Cell>
      <Cell className="flex justify-end px-1">
        <RowActions
          row={row}
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
        />
      </Cell>
    </>
  );
}

/** The same where there is no room for columns. */
function CardCells(props: RowProps) {
  const { row } = props;
  return (
    <>
      <Cell className="grid place-items-center ps-1 pe-0">
        <SelectBox {...props} />
      </Cell>
      <Cell className="px-1">
        <Name row={row} />
      </Cell>
      <Cell className="px-1">
        <Status short row={row} />
      </Cell>
      <Cell className="flex justify-end px-1">
        <RowActions row={row} />
      </Cell>
      <Cell className="col-start-2 self-start px-1">
        <Usage used={row.dataUsed} limit={row.dataLimit} className="max-w-36" />
      </Cell>
      <Cell className="col-span-2 self-start px-1 text-xs">
        <Expiry at={row.expiresAt} className="block truncate leading-4" />
        <span className="mt-1 block">
          <GroupChips groups={row.groups} most={1} />
        </span>
      </Cell>
    </>
  );
}

function SelectBox({ row, selected, onSelect }: RowProps) {
  const { t } = useTranslation();
  if (!onSelect) return null;
  return (
    <Checkbox
      checked={selected}
      aria-label={t('nodes.select', { name: row.username })}
      onCheckedChange={() => onSelect(row)}
    />
  );
}

const Name = ({ row }: { row: Row }) => (
  <>
    <Link to={`/users/${row.id}`} className="block truncate font-medium hover:underline">
      <bdi>{row.username}</bdi>
    </Link>
    {row.note && <OwnDirection className="mt-0.5 text-2xs text-fg3">{row.note}</OwnDirection>}
  </>
);

function Status({ row, short }: { row: Row; short?: boolean }) {
  const { t } = useTranslation();
  const pending = row.pendingNodes.length;
  return (
    <>
      <UserStatusLabel status={row.status} />
      {pending > 0 && (
        <span
          className="mt-0.5 flex items-center gap-1 text-2xs text-info"
          title={`${t('users.pendingOn', { count: pending })}: ${row.pendingNodes.map(({ name }) => name).join(', ')}`}
        >
          <CloudOff className="size-3 shrink-0" aria-hidden />
          <span className="truncate">{t(short ? 'nodes.count' : 'users.pendingOn', { count: pending })}</span>
        </span>
      )}
    </>
  );
}

function Fetched({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (!row.subscriptionFetchedAt) return <span className="text-xs text-fg3">{t('users.notFetched')}</span>;
  return (
    <>
      <When at={row.subscriptionFetchedAt} className="block truncate text-xs text-fg2" />
      {row.subscriptionClient && (
        <OwnDirection className="mt-0.5 text-2xs text-fg3">{row.subscriptionClient}</OwnDirection>
      )}
    </>
  );
}

function RowActions({ row, className }: { row: Row; className?: string }) {
  const { t } = useTranslation();
  return (
    <>
      <CopyButton
        iconOnly
        variant="ghost"
        text={row.subscriptionUrl}
        label={t('users.copyLinkOf', { name: row.username })}
        copiedLabel={t('users.linkCopied')}
        className={className}
      />
      <UserMenu
        inRow
        user={row}
        trigger={
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('common.more', { name: row.username })}
            className={className}
          >
            <MoreHorizontal className="size-4" aria-hidden />
          </Button>
        }
      />
    </>
  );
}
