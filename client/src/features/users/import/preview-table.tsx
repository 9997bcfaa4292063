import { type ComponentProps, useMemo } from 'react';
import { useFormat, useTranslation } from '../../../i18n';
import { ColumnHeader } from '../../../list/column-header';
import { type Rows, VirtualTable } from '../../../list/virtual-table';
import { Amount } from '../../../ui/amount';
import { cn } from '../../../ui/cn';
import { OwnDirection } from '../../../ui/own-direction';
import { ToneIcon } from '../../../ui/tone-icon';
import { GroupChips } from '../../../fleet/group-chips';
import type { GroupOption } from '../../../fleet/use-group-options';
import type { ImportRow, RowProblem } from './import-rows';
import type { Column } from './read-file';

const GRID =
  'grid items-center grid-cols-[56px_minmax(120px,1.2fr)_minmax(100px,1fr)_88px_104px_minmax(160px,1.6fr)] ' +
  'xl:grid-cols-[64px_minmax(150px,1.2fr)_minmax(120px,1fr)_116px_120px_minmax(100px,.8fr)_minmax(240px,1.8fr)]';
const CARD_HEIGHT = 88;

interface PreviewTableProps {
  rows: readonly ImportRow[];
  groups: readonly GroupOption[];
}

/** What would become of each row, with all that stands against it. */
export function PreviewTable({ rows, groups }: PreviewTableProps) {
  const { t } = useTranslation();
  const byId = useMemo(() => new Map(groups.map((group) => [group.id, group])), [groups]);
  const list = useMemo(
    (): Rows<ImportRow> => ({
      outdated: false,
      list: { show() {} },
      state: {
        totalCount: rows.length,
        rowAt: (index) => rows[index],
        loadedRows: () => [...rows],
        error: undefined,
      },
    }),
    [rows],
  );
  return (
    <VirtualTable label={t('import.preview')} rows={list} cardHeight={CARD_HEIGHT} header={<Header />}>
      {({ row, index, top, height, phone }) => (
        <div
          role="row"
          aria-rowindex={index + 2}
          data-import-row={row.number}
          data-valid={row.problems.length === 0}
          style={{ transform: `translateY(${top}px)`, height }}
          className={cn(
            'absolute inset-x-0 top-0 border-b border-line text-sm',
            row.problems.length > 0 && 'before:absolute before:inset-y-0 before:start-0 before:w-0.5 before:bg-bad',
            phone ? 'grid grid-cols-[56px_minmax(0,1fr)_minmax(0,1fr)] items-center' : GRID,
          )}
        >
          <Cell className="num flex items-center gap-2 text-xs text-fg3">
            <ToneIcon tone={row.problems.length > 0 ? 'bad' : 'ok'} />
            <RowNumber value={row.number} />
          </Cell>
          <Cell className={marked(row, 'username')}>
            <OwnDirection className="font-medium">{row.cells.username || '–'}</OwnDirection>
          </Cell>
          <Cell className={marked(row, 'groups')}>
            {row.input.groupIds.length > 0 ? (
              <GroupChips
                groups={row.input.groupIds.map((id) => byId.get(String(id)) ?? { id: String(id), name: String(id) })}
              />
            ) : (
              <OwnDirection>{row.cells.groups || '–'}</OwnDirection>
            )}
          </Cell>
          <Cell className={cn('text-xs max-md:hidden', marked(row, 'dataLimit'))}>
            <Limit row={row} />
          </Cell>
          <Cell className={cn('truncate text-xs max-md:hidden', marked(row, 'expiresAt'))}>
            <Until row={row} />
          </Cell>
          <Cell className={cn('truncate text-xs text-fg2 max-xl:hidden', marked(row, 'note'))}>
            <bdi>{row.cells.note}</bdi>
          </Cell>
          <Cell className="max-md:col-span-2 max-md:col-start-2 max-md:self-start">
            <Problems problems={row.problems} />
          </Cell>
        </div>
      )}
    </VirtualTable>
  );
}

const Cell = ({ className, ...rest }: ComponentProps<'div'>) => (
  <div role="cell" className={cn('min-w-0 px-2 leading-tight first:ps-4', className)} {...rest} />
);

const marked = ({ problems }: ImportRow, column: Column) =>
  problems.some((problem) => problem.column === column) ? 'text-bad' : '';

function Header() {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cn(GRID, 'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3')}
    >
      <ColumnHeader label={t('import.row')} className="ps-4" />
      <ColumnHeader label={t('users.columns.user')} />
      <ColumnHeader label={t('groups.title')} />
      <ColumnHeader label={t('userForm.limit')} />
      <ColumnHeader label={t('users.columns.expires')} />
      <ColumnHeader label={t('userForm.note')} className="max-xl:hidden" />
      <ColumnHeader label={t('import.result')} />
    </div>
  );
}

function RowNumber({ value }: { value: number }) {
  return <>{useFormat().number(value)}</>;
}

function Limit({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  if (marked(row, 'dataLimit')) return <OwnDirection>{row.cells.dataLimit}</OwnDirection>;
  if (!row.input.dataLimit) return <span className="text-fg3">{t('common.unlimited')}</span>;
  return <Amount {...bytes(row.input.dataLimit)} />;
}

function Until({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const { date, dateTime } = useFormat();
  if (marked(row, 'expiresAt')) return <bdi>{row.cells.expiresAt}</bdi>;
  if (!row.input.expiresAt) return <span className="text-fg3">{t('users.never')}</span>;
  return <time title={dateTime(row.input.expiresAt)}>{date(row.input.expiresAt)}</time>;
}

function Problems({ problems }: { problems: readonly RowProblem[] }) {
  const { t } = useTranslation();
  const text = (problem: RowProblem) => {
    switch (problem.kind) {
      case 'panel':
        return `${problem.column}: ${problem.message}`;
      case 'unknownGroup':
        return t('import.problem.unknownGroup', { name: problem.name });
      case 'required':
      case 'size':
      case 'expiry':
      case 'noGroup':
      case 'extraCells':
      case 'notAnObject':
        return t(`import.problem.${problem.kind}`);
    }
  };
  if (problems.length === 0) return <span className="text-xs text-fg3">{t('import.ready')}</span>;
  const all = problems.map(text);
  return (
    <span title={all.join('\n')} className="line-clamp-2 text-xs leading-4 text-bad">
      {all.map((line, index) => (
        <span key={line}>
          {index > 0 && ' · '}
          <bdi>{line}</bdi>
        </span>
      ))}
    </span>
  );
}
