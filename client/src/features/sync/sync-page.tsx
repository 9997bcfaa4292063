import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, RefreshCw, SearchX, Server, Boxes, Zap } from 'lucide-react';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { FailureNotice } from '../../graphql/failure-notice';
import { useCanWrite } from '../../graphql/session';
import type { SyncInput } from '../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../i18n';
import { SearchBox } from '../../list/search-box';
import { Page } from '../../plugin';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { cn } from '../../ui/cn';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Placeholder } from '../../ui/placeholder';
import { Segmented } from '../../ui/segmented';
import { Skeleton } from '../../ui/skeleton';
import { ToneIcon } from '../../ui/tone-icon';
import { SelectionBar } from './selection-bar';
import { SyncBar } from '../../sync/sync-bar';
import { ForceDialog, GroupDialog } from './sync-dialog';
import { useSyncFeed, useSyncStatuses } from '../../sync/sync-feed';
import { GRID, SyncRow } from './sync-row';
import { SyncIcon } from '../../sync/sync-state';
import {
  arrange,
  countStates,
  SYNC_STATES,
  type SyncCounts,
  type SyncEntry,
  type SyncFilter,
} from '../../sync/sync-status';
import { useSyncNow } from './use-sync-now';

const NO_ENTRIES: readonly SyncEntry[] = [];
const NOBODY: ReadonlySet<string> = new Set();

type Opened = { dialog: 'force'; input: SyncInput; count: number } | { dialog: 'group' } | undefined;

export default function SyncPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const feed = useSyncFeed();
  const { entries, error } = useSyncStatuses();
  const { syncNow, asking } = useSyncNow();
  const [query, setQuery] = useSearchParams();
  const filter = readFilter(query);
  const search = query.get('q') ?? '';
  const [selected, setSelected] = useState(NOBODY);
  const [opened, setOpened] = useState<Opened>();

  const counts = useMemo(() => countStates(entries ?? NO_ENTRIES), [entries]);
  const shown = useMemo(() => arrange(entries ?? NO_ENTRIES, filter, search), [entries, filter, search]);
  const change = (next: { filter?: SyncFilter; search?: string }) => {
    const state = next.filter ?? filter;
    const text = next.search ?? search;
    setQuery({ ...(state !== 'ALL' && { state: state.toLowerCase() }), ...(text && { q: text }) }, { replace: true });
  };
  const toggle = useCallback(
    (nodeId: string) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(nodeId)) after.add(nodeId);
        return after;
      }),
    [],
  );
  const all = shown.length > 0 && shown.every(({ node }) => selected.has(node.id));
  const retry = useCallback((nodeId: string) => void syncNow({ nodeIds: [nodeId] }), [syncNow]);
  const force = useCallback(
    (nodeId: string) => setOpened({ dialog: 'force', input: { nodeIds: [nodeId] }, count: 1 }),
    [],
  );
  const chosen = [...selected];
  const close = () => setOpened(undefined);

  return (
    <Page
      fill
      title={t('sync.title')}
      subtitle={t('sync.subtitle')}
      actions={
        canWrite &&
        counts.total > 0 && (
          <SyncMenu
            asking={asking}
            onAll={() => void syncNow({ all: true })}
            onForceAll={() => setOpened({ dialog: 'force', input: { all: true }, count: counts.total })}
            onGroup={() => setOpened({ dialog: 'group' })}
          />
        )
      }
    >
      {error !== undefined && (
        <FailureNotice
          error={error}
          title={t('errors.load')}
          onRetry={() => void feed.refresh()}
          className="mx-4 mb-4 md:mx-6"
        />
      )}
      {entries?.length === 0 ? (
        <NoNodes />
      ) : (
        <>
          <Headline counts={counts} loading={!entries} />
          <div className="flex flex-wrap items-center gap-2 px-4 pt-4 pb-3 md:px-6">
            <SearchBox label={t('sync.filter')} value={search} onChange={(text) => change({ search: text })} />
            <StateFilter filter={filter} counts={counts} onChange={(state) => change({ filter: state })} />
          </div>
          <div className="relative mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
            {entries && shown.length === 0 ? (
              <Placeholder
                icon={<SearchX />}
                title={t('nodes.noMatch')}
                action={<Button onClick={() => setQuery({}, { replace: true })}>{t('nodes.clearFilters')}</Button>}
              />
            ) : (
              <SyncTable
                loading={!entries}
                rows={shown}
                selected={selected}
                selection={all || (selected.size > 0 ? 'indeterminate' : false)}
                canWrite={canWrite}
                onSelect={toggle}
                onSelectAll={() => setSelected(all ? NOBODY : new Set(shown.map(({ node }) => node.id)))}
                onRetry={retry}
                onForce={force}
              />
            )}
            {chosen.length > 0 && canWrite && (
              <SelectionBar
                count={chosen.length}
                busy={asking}
                onSync={() => void syncNow({ nodeIds: chosen }).then((ok) => ok && setSelected(NOBODY))}
                onForce={() => setOpened({ dialog: 'force', input: { nodeIds: chosen }, count: chosen.length })}
                onClear={() => setSelected(NOBODY)}
              />
            )}
          </div>
        </>
      )}
      {opened?.dialog === 'force' && <ForceDialog input={opened.input} count={opened.count} onClose={close} />}
      {opened?.dialog === 'group' && <GroupDialog onClose={close} />}
    </Page>
  );
}

const FILTERS = ['ALL', ...SYNC_STATES, 'DRIFTED'] as const;

function readFilter(query: URLSearchParams): SyncFilter {
  const asked = (query.get('state') ?? 'all').toUpperCase();
  return FILTERS.find((filter) => filter === asked) ?? 'ALL';
}

function Headline({ counts, loading }: { counts: SyncCounts; loading: boolean }) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('sync.headline')}
      className="mx-4 rounded-lg border border-line bg-panel px-4 py-3.5 shadow-lift md:mx-6"
    >
      {loading ? (
        <Skeleton className="h-7 w-48" />
      ) : (
        <p className="flex flex-wrap items-baseline gap-x-2" role="status">
          <span className="num text-2xl leading-8 font-semibold tracking-tight">
            {t('sync.of', { done: counts.IN_SYNC, total: counts.total })}
          </span>
          <span className="text-sm text-fg3">{t('sync.inSync')}</span>
          {counts.FAILED > 0 && (
            <span className="num ms-auto text-sm text-bad">{t('sync.rollout.failed', { count: counts.FAILED })}</span>
          )}
        </p>
      )}
      <SyncBar counts={counts} className="mt-2.5" />
    </section>
  );
}

interface StateFilterProps {
  filter: SyncFilter;
  counts: SyncCounts;
  onChange: (filter: SyncFilter) => void;
}

function StateFilter({ filter, counts, onChange }: StateFilterProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const countOf = (state: SyncFilter) =>
    state === 'ALL' ? counts.total : state === 'DRIFTED' ? counts.drifted : counts[state];
  return (
    <Segmented
      className="max-md:order-2"
      label={t('sync.columns.state')}
      value={filter}
      onChange={onChange}
      options={FILTERS.filter((state) => state === 'ALL' || state === filter || countOf(state) > 0).map((value) => ({
        value,
        label: value === 'ALL' ? t('status.all') : value === 'DRIFTED' ? t('sync.drifted') : t(`sync.state.${value}`),
        icon: value === 'ALL' ? undefined : value === 'DRIFTED' ? <ToneIcon tone="warn" /> : <SyncIcon state={value} />,
        count: number(countOf(value)),
      }))}
    />
  );
}

interface SyncMenuProps {
  asking: boolean;
  onAll: () => void;
  onForceAll: () => void;
  onGroup: () => void;
}

function SyncMenu({ asking, onAll, onForceAll, onGroup }: SyncMenuProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button variant="primary" busy={asking} onClick={onAll}>
        {!asking && <RefreshCw className="size-3.5" aria-hidden />}
        <span className="max-sm:sr-only">{t('sync.all')}</span>
      </Button>
      <Menu
        trigger={
          <Button>
            {t('node.actions')}
            <ChevronDown className="size-3 text-fg3" aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Boxes aria-hidden />} onSelect={onGroup}>
          {t('sync.group.action')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Zap aria-hidden />} onSelect={onForceAll}>
          {t('sync.force.all')}
        </MenuItem>
      </Menu>
    </>
  );
}

interface SyncTableProps {
  loading: boolean;
  rows: readonly SyncEntry[];
  selected: ReadonlySet<string>;
  selection: boolean | 'indeterminate';
  canWrite: boolean;
  onSelect: (nodeId: string) => void;
  onSelectAll: () => void;
  onRetry: (nodeId: string) => void;
  onForce: (nodeId: string) => void;
}

const HEADS = ['node', 'state', 'revision', 'attempts', 'lastSynced', 'nextRetry'] as const;

/** Rows grow when an error is opened, so each is measured. */
function SyncTable(props: SyncTableProps) {
  const { loading, rows, selected, selection, canWrite, onSelect, onSelectAll, onRetry, onForce } = props;
  const { t } = useTranslation();
  const region = useRef<HTMLDivElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [expanded, setExpanded] = useState(NOBODY);
  const margin = useOffset(region, scroller);
  useLayoutEffect(() => {
    // On a phone the page scrolls, elsewhere the table does.
    const phone = matchMedia('(max-width: 767.98px)').matches;
    setScroller(phone ? document.getElementById('content') : region.current);
  }, []);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => 45,
    overscan: 10,
    scrollMargin: margin,
    getItemKey: (index) => rows[index]?.node.id ?? index,
  });
  const expand = useCallback(
    (nodeId: string) =>
      setExpanded((before) => {
        const after = new Set(before);
        if (!after.delete(nodeId)) after.add(nodeId);
        return after;
      }),
    [],
  );

  return (
    <div
      ref={region}
      role="region"
      tabIndex={0}
      aria-label={t('sync.title')}
      aria-busy={loading}
      className="thin-scroll min-h-0 flex-1 md:overflow-auto"
    >
      <div role="table" aria-label={t('sync.title')} aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className="sticky top-0 z-20 max-md:hidden">
          <div
            role="row"
            aria-rowindex={1}
            className={cn(GRID, 'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3')}
          >
            <div role="columnheader" className="grid place-items-center ps-1">
              <Checkbox checked={selection} onCheckedChange={onSelectAll} aria-label={t('sync.selectAll')} />
            </div>
            {HEADS.map((head) => (
              <div
                key={head}
                role="columnheader"
                className={cn('truncate px-2', head === 'lastSynced' && 'max-lg:hidden')}
              >
                {t(`sync.columns.${head}`)}
              </div>
            ))}
            <div role="columnheader">
              <span className="sr-only">{t('node.actions')}</span>
            </div>
          </div>
        </div>
        {loading ? (
          <div className="space-y-3 p-4" role="rowgroup">
            <div role="row">
              <div role="cell" className="space-y-3">
                {Array.from({ length: 8 }, (_, index) => (
                  <Skeleton key={index} className="h-6 w-full" />
                ))}
              </div>
            </div>
          </div>
        ) : (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const entry = rows[item.index];
              if (!entry) return null;
              const { id } = entry.node;
              return (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  role="presentation"
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start - margin}px)` }}
                >
                  <SyncRow
                    entry={entry}
                    index={item.index}
                    selected={selected.has(id)}
                    expanded={expanded.has(id)}
                    canWrite={canWrite}
                    onSelect={onSelect}
                    onExpand={expand}
                    onRetry={onRetry}
                    onForce={onForce}
                  />
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}

/** How far the list is from the top of what scrolls, when that is not the list itself. */
function useOffset(list: { readonly current: HTMLElement | null }, scroller: HTMLElement | null): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (!scroller || !list.current || scroller === list.current) return setOffset(0);
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      setOffset(top - scroller.getBoundingClientRect().top + scroller.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);
    return () => observer.disconnect();
  }, [list, scroller]);
  return offset;
}

function NoNodes() {
  const { t } = useTranslation();
  return (
    <Placeholder
      icon={<Server />}
      title={t('sync.emptyTitle')}
      action={
        <Button variant="primary" size="md" asChild>
          <Link to="/nodes?add">{t('nodes.add')}</Link>
        </Button>
      }
      className="mx-4 rounded-lg border border-line bg-panel md:mx-6"
    >
      {t('sync.emptyText')}
    </Placeholder>
  );
}
