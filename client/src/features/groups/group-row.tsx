import { MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
import { Link } from 'react-router';
import type { GroupFieldsFragment } from '../../graphql/gen/graphql';
import { useCanWrite } from '../../graphql/session';
import { useFormat, useTranslation } from '../../i18n';
import type { Placed } from '../../list/virtual-table';
import { Button } from '../../ui/button';
import { cn } from '../../ui/cn';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Meter } from '../../ui/meter';
import { OwnDirection } from '../../ui/own-direction';
import { ToneIcon } from '../../ui/tone-icon';
import { Throughput } from '../../fleet/throughput';
import { useGroupActions } from './group-actions';
import type { GroupRow as Row } from './group-source';

type ColumnId = 'group' | 'region' | 'nodes' | 'users' | 'capacity' | 'connections' | 'throughput';

export const GROUP_COLUMNS: readonly { id: ColumnId; end?: boolean; visible?: string }[] = [
  { id: 'group' },
  { id: 'region', visible: 'max-lg:hidden' },
  { id: 'nodes' },
  { id: 'users', end: true },
  { id: 'capacity', visible: 'max-xl:hidden' },
  { id: 'connections', end: true, visible: 'max-lg:hidden' },
  { id: 'throughput', end: true },
];

const columns = new Map(GROUP_COLUMNS.map((column) => [column.id, column]));

export const GROUP_GRID =
  'grid items-center ps-2 grid-cols-[minmax(130px,1.6fr)_minmax(150px,1fr)_80px_112px_40px] ' +
  'lg:grid-cols-[minmax(140px,1.6fr)_minmax(80px,.7fr)_minmax(150px,1fr)_80px_100px_112px_40px] ' +
  'xl:grid-cols-[minmax(180px,1.6fr)_minmax(100px,.8fr)_minmax(160px,1fr)_96px_minmax(150px,1fr)_104px_120px_40px]';

export const GROUP_CARD_HEIGHT = 100;

const Cell = ({ id, className, ...rest }: ComponentProps<'div'> & { id?: ColumnId }) => (
  <div role="cell" className={cn('min-w-0 px-2 leading-tight', id && columns.get(id)?.visible, className)} {...rest} />
);

export const GroupRow = memo(function GroupRow({ row, index, top, height, phone, current }: Placed<Row>) {
  const { number } = useFormat();
  const { t } = useTranslation();
  const { stats } = row;
  const menu = (
    <GroupMenu
      group={row}
      className={cn(
        !phone &&
          'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100',
      )}
    />
  );
  const frame = {
    role: 'row',
    'aria-rowindex': index + 2,
    'data-group': row.id,
    style: { transform: `translateY(${top}px)`, height },
    className: cn(
      'group absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-hover',
      current && 'bg-hover outline-1 -outline-offset-1 outline-accent',
      phone ? 'grid grid-cols-[repeat(6,minmax(0,1fr))_40px] grid-rows-[50px_1fr] items-center ps-2' : GROUP_GRID,
    ),
  };
  if (phone) {
    return (
      <div {...frame}>
        <Cell className="col-span-3">
          <Name group={row} />
        </Cell>
        <Cell className="col-span-3">
          <Health stats={stats} />
        </Cell>
        <Cell className="px-0">{menu}</Cell>
        <Cell className="col-span-2 self-start">
          <span className="block text-2xs text-fg3">{t('groups.columns.users')}</span>
          <span className="num text-xs text-fg2">{number(stats.totalUsers)}</span>
        </Cell>
        <Cell className="col-span-2 self-start">
          <span className="block text-2xs text-fg3">{t('groups.columns.connections')}</span>
          <span className="num text-xs text-fg2">{number(stats.connections)}</span>
        </Cell>
        <Cell className="col-span-2 self-start">
          <Throughput metrics={stats} />
        </Cell>
      </div>
    );
  }
  return (
    <div {...frame}>
      <Cell id="group">
        <Name group={row} />
      </Cell>
      <Cell id="region" className="truncate text-fg2">
        {row.region ? <bdi>{row.region}</bdi> : <span className="text-fg3">–</span>}
      </Cell>
      <Cell id="nodes">
        <Health stats={stats} />
      </Cell>
      <Cell id="users" className="num text-end text-xs text-fg2">
        {number(stats.totalUsers)}
      </Cell>
      <Cell id="capacity">
        <Capacity stats={stats} />
      </Cell>
      <Cell id="connections" className="num text-end text-xs text-fg2">
        {number(stats.connections)}
      </Cell>
      <Cell id="throughput">
        <Throughput metrics={stats} />
      </Cell>
      <Cell className="grid place-items-center px-0">{menu}</Cell>
    </div>
  );
});

const Name = ({ group }: { group: Row }) => (
  <>
    <Link to={`/groups/${group.id}`} className="block truncate font-medium hover:underline">
      <bdi>{group.name}</bdi>
    </Link>
    {group.description && <OwnDirection className="mt-0.5 text-2xs text-fg3">{group.description}</OwnDirection>}
  </>
);

type Stats = GroupFieldsFragment['stats'];

/** How many of its nodes are healthy. */
export function Health({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const { totalNodes, healthyNodes } = stats;
  if (totalNodes === 0) return <span className="text-fg3">{t('groups.noNodes')}</span>;
  const tone = healthyNodes === totalNodes ? 'ok' : healthyNodes === 0 ? 'bad' : 'warn';
  return (
    <span className="flex items-center gap-2">
      <ToneIcon tone={tone} />
      <span className="num truncate text-fg2 max-md:text-xs">
        {t('groups.healthy', { healthy: healthyNodes, total: totalNodes })}
      </span>
    </span>
  );
}

/** How many of its places are taken; `short` where the number of places stands beside it. */
export function Capacity({ stats, short }: { stats: Stats; short?: boolean }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const { capacity, totalUsers } = stats;
  if (capacity == null) return <span className="text-xs text-fg3">{t('common.unlimited')}</span>;
  if (capacity === 0) return <span className="text-fg3">–</span>;
  return (
    <span className="flex items-center gap-2" title={t('groups.places', { used: totalUsers, capacity })}>
      <Meter value={totalUsers / capacity} label={t('groups.columns.capacity')} className="w-14" />
      <span className="num text-xs text-fg2">{percent(totalUsers / capacity)}</span>
      {!short && <span className="num text-2xs text-fg3">{number(capacity)}</span>}
    </span>
  );
}

function GroupMenu({ group, className }: { group: Row; className?: string }) {
  const { t } = useTranslation();
  const open = useGroupActions();
  if (!useCanWrite()) return null;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('common.more', { name: group.name })} className={className}>
          <MoreHorizontal className="size-4" aria-hidden />
        </Button>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => open('edit', group)}>
        {t('common.edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => open('delete', group)}>
        {t('common.delete')}
      </MenuItem>
    </Menu>
  );
}
