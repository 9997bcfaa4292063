import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { Skeleton } from '../../../ui/skeleton';
import { usePhone } from '../../../ui/use-media';
import { CARD_HEIGHT, HEADER_HEIGHT, ROW_HEIGHT } from './columns';
import type { ListParams } from './list-params';
import type { Row } from './list-source';
import { NodeCard, NodeRow } from './node-row';
import { TableHeader } from './table-header';
import type { NodeList } from './use-node-list';
import { useRowKeys } from './use-row-keys';

interface NodeTableProps {
  nodes: NodeList;
  params: ListParams;
  onSort: (field: ListParams['sort']) => void;
  selected: ReadonlySet<string>;
  onSelect: (row: Row, range: boolean) => void;
  onSelectAll: () => void;
  gone: ReadonlySet<string>;
  stale: boolean;
}

const FIRST_ROWS = 12;

/** Draws only the rows on screen. On a phone the page scrolls, elsewhere the table does, below its header. */
export function NodeTable({ nodes, params, onSort, selected, onSelect, onSelectAll, gone, stale }: NodeTableProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { state, list, outdated } = nodes;
  const region = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const count = state.totalCount ?? FIRST_ROWS;
  const height = phone ? CARD_HEIGHT : ROW_HEIGHT;
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
    onSelect: (row) => onSelect(row, false),
    reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  });

  const loaded = state.loadedRows();
  const all = loaded.length > 0 && loaded.every(({ id }) => selected.has(id));
  const RowView = phone ? NodeCard : NodeRow;
  return (
    <div
      ref={region}
      role="region"
      tabIndex={0}
      aria-label={t('nodes.title')}
      aria-busy={outdated || state.totalCount === undefined}
      className={cn('thin-scroll min-h-0 flex-1 transition-opacity md:overflow-auto', outdated && 'opacity-60')}
    >
      <div role="table" aria-label={t('nodes.title')} aria-rowcount={count + 1}>
        <div role="rowgroup" className="sticky top-0 z-20 max-md:hidden">
          <TableHeader
            params={params}
            onSort={onSort}
            selection={all || (selected.size > 0 ? 'indeterminate' : false)}
            onSelectAll={onSelectAll}
          />
        </div>
        <div ref={body} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = state.rowAt(item.index);
            const top = item.start - virtual.options.scrollMargin;
            if (!row) return <RowSkeleton key={item.key} top={top} height={height} />;
            return (
              <RowView
                key={item.key}
                row={row}
                index={item.index}
                top={top}
                selected={selected.has(row.id)}
                current={current === item.index}
                gone={gone.has(row.id)}
                stale={stale}
                onSelect={onSelect}
              />
            );
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
