import { type ComponentProps, memo, type ReactNode } from 'react';
import { Throughput } from '../../../fleet/throughput';
import { useFormat, useTranslation } from '../../../i18n';
import { ROW_HEIGHT } from '../../../list/virtual-table';
import { Checkbox } from '../../../ui/checkbox';
import { cn } from '../../../ui/cn';
import { Meter } from '../../../ui/meter';
import { NodeMenu } from '../actions/node-menu';
import { useRowMetrics } from '../live-metrics';
import { STATUS_TONE } from '../../../fleet/node-status';
import * as Cells from './cells';
import { CARD_HEIGHT, type ColumnId, GRID, visibleFrom } from './columns';
import type { Row } from './list-source';

export interface RowProps {
  row: Row;
  index: number;
  top: number;
  selected: boolean;
  current: boolean;
  gone: boolean;
  stale: boolean;
  onSelect: (row: Row, range: boolean) => void;
}

/** 2 px at the edge of what needs attention. */
const EDGES = { ok: '', waiting: '', off: '', warn: 'before:bg-warn', bad: 'before:bg-bad' };
const edge = 'before:absolute before:inset-y-0 before:start-0 before:w-0.5';

const Cell = ({ id, className, ...rest }: ComponentProps<'div'> & { id?: ColumnId }) => (
  <div role="cell" className={cn('min-w-0 px-2 leading-tight', id && visibleFrom(id), className)} {...rest} />
);

function rowProps({ row, index, top, selected, current, gone, stale }: RowProps, height: number) {
  return {
    role: 'row',
    'aria-rowindex': index + 2,
    'data-node': row.name,
    'data-status': row.status,
    'data-selected': selected || undefined,
    style: { transform: `translateY(${top}px)`, height },
    className: cn(
      'group absolute inset-x-0 top-0 border-b border-line text-sm hover:bg-hover',
      selected && 'bg-selected hover:bg-selected',
      current && 'bg-hover outline-1 -outline-offset-1 outline-accent',
      EDGES[STATUS_TONE[row.status]] && [edge, EDGES[STATUS_TONE[row.status]]],
      (gone || stale) && '[&>[data-fades]]:opacity-45 [&>[data-fades]]:grayscale',
    ),
  };
}

function SelectBox({ row, selected, gone, onSelect }: RowProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      checked={selected}
      disabled={gone}
      aria-label={t('nodes.select', { name: row.name })}
      onClick={(event) => {
        event.preventDefault();
        onSelect(row, event.shiftKey);
      }}
    />
  );
}

export const NodeRow = memo(function NodeRow(props: RowProps) {
  const { row, gone } = props;
  const { t } = useTranslation();
  const { number } = useFormat();
  const streamed = useRowMetrics(row.id, row.metrics);
  const metrics = Cells.isSilent(row.status) ? null : streamed;
  const shared = rowProps(props, ROW_HEIGHT);
  return (
    <div {...shared} className={cn(shared.className, GRID)}>
      <Cell className="grid place-items-center ps-1 pe-0">
        <SelectBox {...props} />
      </Cell>
      <Cell id="node">
        <Cells.NameCell row={row} />
      </Cell>
      <Cell id="status">
        <Cells.StatusCell row={row} gone={gone} />
      </Cell>
      <Cell id="location">
        <Cells.LocationCell row={row} />
      </Cell>
      <Cell id="cpu" data-fades>
        <Cells.MeterCell value={metrics?.cpu} label={t('nodes.columns.cpu')} />
      </Cell>
      <Cell id="memory" data-fades>
        <Cells.MeterCell value={metrics?.memory} label={t('nodes.columns.memory')} />
      </Cell>
      <Cell id="connections" data-fades className="num text-end text-xs text-fg2">
        {metrics ? number(metrics.connections) : <Cells.Nothing />}
      </Cell>
      <Cell id="throughput" data-fades>
        <Throughput metrics={metrics} />
      </Cell>
      <Cell id="trend" data-fades>
        <Cells.TrendCell row={row} />
      </Cell>
      <Cell id="latency" data-fades className="text-end text-xs">
        <Cells.LatencyCell row={row} />
      </Cell>
      <Cell id="version">
        <Cells.VersionCell row={row} />
      </Cell>
      <Cell className="grid place-items-center px-0">
        {!gone && (
          <NodeMenu
            node={row}
            className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          />
        )}
      </Cell>
    </div>
  );
});

/** The same row where there is no room for columns. */
export const NodeCard = memo(function NodeCard(props: RowProps) {
  const { row, gone } = props;
  const { t } = useTranslation();
  const { number } = useFormat();
  const streamed = useRowMetrics(row.id, row.metrics);
  const metrics = Cells.isSilent(row.status) ? null : streamed;
  const shared = rowProps(props, CARD_HEIGHT);
  return (
    <div
      {...shared}
      className={cn(
        shared.className,
        'grid grid-cols-[36px_repeat(12,minmax(0,1fr))_40px] grid-rows-[54px_1fr] items-center',
      )}
    >
      <Cell className="grid place-items-center ps-1 pe-0">
        <SelectBox {...props} />
      </Cell>
      <Cell className="col-span-6 px-1">
        <Cells.NameCell row={row} />
      </Cell>
      <Cell className="col-span-6 px-1">
        <Cells.StatusCell row={row} gone={gone} />
      </Cell>
      <Cell className="px-0">{!gone && <NodeMenu node={row} />}</Cell>
      <Figure label={t('nodes.columns.cpu')} className="col-start-2">
        <Load value={metrics?.cpu} label={t('nodes.columns.cpu')} />
      </Figure>
      <Figure label={t('nodes.columns.memory')}>
        <Load value={metrics?.memory} label={t('nodes.columns.memory')} />
      </Figure>
      <Figure label={t('nodes.columns.connections')}>
        {metrics ? number(metrics.connections) : <Cells.Nothing />}
      </Figure>
      <Cell data-fades className="col-span-4 ps-1 pe-3">
        <Throughput metrics={metrics} />
      </Cell>
    </div>
  );
});

const Figure = ({ label, className, children }: { label: string; className?: string; children: ReactNode }) => (
  <Cell data-fades className={cn('col-span-3 self-start px-1', className)}>
    <span className="block truncate text-2xs leading-4 text-fg3">{label}</span>
    <span className="num block text-xs leading-4 text-fg2">{children}</span>
  </Cell>
);

function Load({ value, label }: { value: number | undefined; label: string }) {
  const { percent } = useFormat();
  if (value === undefined) return <Cells.Nothing />;
  return (
    <>
      {percent(value)}
      <Meter value={value} label={label} className="mt-0.5 w-10" />
    </>
  );
}
