import type { UserOrderField } from '../../../graphql/gen/graphql';

export type UserColumnId = 'user' | 'status' | 'groups' | 'usage' | 'expires' | 'fetched' | 'created';

interface Column {
  id: UserColumnId;
  sort?: UserOrderField;
  /** From which width on there is room for it. */
  visible?: string;
}

export const USER_COLUMNS: readonly Column[] = [
  { id: 'user', sort: 'USERNAME' },
  { id: 'status' },
  { id: 'groups', visible: 'max-lg:hidden' },
  { id: 'usage' },
  { id: 'expires' },
  { id: 'fetched', visible: 'max-xl:hidden' },
  { id: 'created', sort: 'CREATED_AT', visible: 'max-xl:hidden' },
];

const columns = new Map(USER_COLUMNS.map((column) => [column.id, column]));
export const visibleFrom = (id: UserColumnId) => columns.get(id)?.visible;

/** As wide as the track of the boxes; where nothing can be chosen it is only a margin. */
export const selectWidth = (selectable: boolean) => (selectable ? '[--select:36px]' : '[--select:8px]');

/** One grid for the header and every row. The first and last tracks are the checkbox, and the copy button with the menu. */
export const USER_GRID =
  'grid items-center grid-cols-[var(--select)_minmax(120px,1.4fr)_minmax(140px,1fr)_minmax(112px,1fr)_96px_72px] ' +
  'lg:grid-cols-[var(--select)_minmax(130px,1.4fr)_minmax(148px,1fr)_minmax(110px,1fr)_minmax(120px,1fr)_100px_72px] ' +
  'xl:grid-cols-[var(--select)_minmax(150px,1.3fr)_minmax(136px,1fr)_minmax(160px,1.2fr)_minmax(128px,.9fr)_104px_minmax(116px,.9fr)_100px_72px]';

export const USER_CARD_HEIGHT = 104;
