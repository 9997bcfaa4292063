import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cn } from '../ui/cn';
import { Skeleton } from '../ui/skeleton';
import { usePhone } from '../ui/use-media';
import type { ShownList } from './use-paged-list';
import { useRowKeys } from './use-row-keys';

export const ROW_HEIGHT = 44;
export const HEADER_HEIGHT = 32;

/** Where and how a row is to be drawn. */
export interface Placed<Row> {
  row: Row;
  index: number;
  top: number;
  height: number;
  /** A card, where there is no room for columns. */
  phone: boolean;
  /** Under the cursor of the keys j and k. */
  current: boolean;
}

/** A paged list, or rows that are all here. */
export interface Rows<Row> extends Pick<ShownList<Row>, 'state' | 'outdated'> {
  list: Pick<ShownList<Row>['list'], 'show'>;
}

interface VirtualTableProps<Row> {
  label: string;
  rows: Rows<Row>;
  header: ReactNode;
  cardHeight: number;
  hrefOf?: (row: Row) => string;
  onSelect?: (row: Row) => void;
  children: (place: Placed<Row>) => ReactNode;
}

const FIRST_ROWS = 12;

/** Draws only the rows on screen. On a phone the page scrolls, elsewhere the table does, below its header. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, header, cardHeight, hrefOf, onSelect, children } = props;
  const { state, list, outdated } = rows;
  const phone = usePhone();
  const region = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const count = state.totalCount ?? FIRST_ROWS;
  const height = phone ? cardHeight : ROW_HEIGHT;
  const margin = useScrollMargin(phone, body);

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => (phone ? document.getElementById('content') : region.current),
    estimateSize: () => height,
    overscan: 8,
    scrollMargin: phone ? margin : HEADER_HEIGHT,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => list.show(first, last), [list, first, last]);

  const current = useRowKeys({
    count,
    rowAt: state.rowAt,
    onSelect,
    hrefOf,
    reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  });

  return (
    <div
      ref={region}
      role="region"
      tabIndex={0}
      aria-label={label}
      aria-busy={outdated || state.totalCount === undefined}
      className={cn('thin-scroll min-h-0 flex-1 transition-opacity md:overflow-auto', outdated && 'opacity-60')}
    >
      <div role="table" aria-label={label} aria-rowcount={count + 1}>
        <div role="rowgroup" className="sticky top-0 z-20 max-md:hidden">
          {header}
        </div>
        <div ref={body} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = state.rowAt(item.index);
            const top = item.start - virtual.options.scrollMargin;
            if (!row) return <RowSkeleton key={item.key} top={top} height={height} />;
            const place = { row, index: item.index, top, height, phone, current: current === item.index };
            return <Fragment key={item.key}>{children(place)}</Fragment>;
          })}
        </div>
      </div>
    </div>
  );
}

/** How far the list is from the top of what scrolls. */
function useScrollMargin(phone: boolean, body: RefObject<HTMLElement | null>): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const scroller = document.getElementById('content');
    if (!phone || !scroller || !body.current) return;
    const measure = () => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      setMargin(top - scroller.getBoundingClientRect().top + scroller.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);
    return () => observer.disconnect();
  }, [phone, body]);
  return margin;
}

function RowSkeleton({ top, height }: { top: number; height: number }) {
  return (
    <div
      role="row"
      className="absolute inset-x-0 top-0 flex items-center gap-6 border-b border-line px-3"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="cell" className="flex w-full items-center gap-6">
        <Skeleton className="size-4" />
        <Skeleton className="h-3 w-32" />
        <Skeleton className="h-3 w-20" />
        <Skeleton className="ms-auto h-3 w-24 max-md:hidden" />
        <Skeleton className="h-3 w-40 max-lg:hidden" />
      </span>
    </div>
  );
}
