import type { NodeOrderField } from '../../../graphql/gen/graphql';

export type ColumnId =
  'node' | 'status' | 'location' | 'cpu' | 'memory' | 'connections' | 'throughput' | 'trend' | 'latency' | 'version';

interface Column {
  id: ColumnId;
  sort?: NodeOrderField;
  end?: boolean;
  /** From which width on there is room for it. */
  visible?: string;
}

export const COLUMNS: readonly Column[] = [
  { id: 'node', sort: 'NAME' },
  { id: 'status', sort: 'STATUS' },
  { id: 'location', visible: 'max-xl:hidden' },
  { id: 'cpu', sort: 'CPU' },
  { id: 'memory', sort: 'MEMORY' },
  { id: 'connections', sort: 'CONNECTIONS', end: true },
  { id: 'throughput', sort: 'THROUGHPUT', end: true, visible: 'max-lg:hidden' },
  { id: 'trend', visible: 'max-xl:hidden' },
  { id: 'latency', sort: 'LATENCY', end: true, visible: 'max-xl:hidden' },
  { id: 'version', visible: 'max-2xl:hidden' },
];

const columns = new Map(COLUMNS.map((column) => [column.id, column]));
export const visibleFrom = (id: ColumnId) => columns.get(id)?.visible;

/** One grid for the header and every row. The first and last tracks are the checkbox and the menu. */
export const GRID =
  'grid items-center grid-cols-[36px_minmax(140px,1.5fr)_minmax(124px,1.2fr)_88px_88px_84px_40px] ' +
  'lg:grid-cols-[36px_minmax(150px,1.5fr)_minmax(130px,1.2fr)_92px_92px_92px_104px_40px] ' +
  'xl:grid-cols-[36px_minmax(144px,1.4fr)_minmax(132px,1.2fr)_minmax(92px,.8fr)_88px_88px_94px_100px_116px_68px_40px] ' +
  '2xl:grid-cols-[36px_minmax(160px,1.5fr)_minmax(146px,1.3fr)_minmax(104px,.8fr)_90px_90px_98px_104px_116px_72px_minmax(88px,.5fr)_40px]';

export const CARD_HEIGHT = 104;
