import { NavLink } from 'react-router';
import { useFormat } from '../i18n';
import type { NavItem } from '../plugin';
import { cn } from '../ui/cn';

const noCount = () => undefined;

/** In the sidebar; on a narrow one only the icon is left. */
export function SidebarLink({ item }: { item: NavItem }) {
  const { icon: Icon, useCount = noCount } = item;
  const count = useCount();
  const format = useFormat();
  return (
    <NavLink
      to={item.to}
      title={item.label()}
      className={({ isActive }) =>
        cn(
          'flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-fg2 transition-colors hover:bg-hover hover:text-fg max-lg:justify-center max-lg:px-0 pointer-coarse:h-10',
          isActive && 'bg-hover font-medium text-fg',
        )
      }
    >
      {({ isActive }) => (
        <>
          <Icon className={cn('size-4 shrink-0 text-fg3', isActive && 'text-fg')} />
          <span className="truncate max-lg:sr-only">{item.label()}</span>
          {count !== undefined && (
            <span className="num ms-auto text-xs font-normal text-fg3 max-lg:sr-only">{format.number(count)}</span>
          )}
        </>
      )}
    </NavLink>
  );
}

export const BOTTOM_ENTRY =
  'flex min-w-10 flex-auto flex-col items-center justify-center gap-0.5 rounded-md px-1 text-2xs text-fg3 focus-visible:-outline-offset-2';

export function BottomLink({ item }: { item: NavItem }) {
  const { icon: Icon } = item;
  return (
    <NavLink to={item.to} className={({ isActive }) => cn(BOTTOM_ENTRY, isActive && 'font-medium text-fg')}>
      <Icon className="size-5" />
      <span className="max-w-full truncate">{item.label()}</span>
    </NavLink>
  );
}

export const SHEET_ENTRY =
  'flex h-11 w-full items-center gap-3 rounded-md px-2 text-start text-sm text-fg2 hover:bg-hover hover:text-fg focus-visible:-outline-offset-2 [&>svg]:size-4.5 [&>svg]:shrink-0 [&>svg]:text-fg3';

/** In the sheet that the bottom bar opens. */
export function SheetLink({ item, onClick }: { item: NavItem; onClick: () => void }) {
  const { icon: Icon, useCount = noCount } = item;
  const count = useCount();
  const format = useFormat();
  return (
    <NavLink
      to={item.to}
      onClick={onClick}
      className={({ isActive }) => cn(SHEET_ENTRY, isActive && 'bg-hover font-medium text-fg')}
    >
      <Icon />
      {item.label()}
      {count !== undefined && <span className="num ms-auto text-xs font-normal text-fg3">{format.number(count)}</span>}
    </NavLink>
  );
}
