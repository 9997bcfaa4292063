import { Plus, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { toast } from 'sonner';
import { useClient } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useStale } from '../../../graphql/live';
import { useCanWrite } from '../../../graphql/session';
import { useTranslation } from '../../../i18n';
import { useSelection } from '../../../list/use-selection';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Placeholder } from '../../../ui/placeholder';
import { SyncFeedProvider, useSyncFeed } from '../../../sync/sync-feed';
import { NodeActions, useNodeActions } from '../actions/node-actions';
import { AddNodeDialog, AddNodePanel } from '../join/add-node';
import { LiveMetricsProvider, LiveValues, type RowMetrics } from '../live-metrics';
import { useNodeChanges, useNodeMetrics } from '../node-events';
import { BulkBar } from './bulk-bar';
import { Filters } from './filters';
import { KpiStrip } from './kpi-strip';
import { isFiltered, type ListParams, readParams, toFilter, toOrder, writeParams } from './list-params';
import { useListNews } from './list-news';
import { allTargets } from './list-source';
import { NewsPill } from './news-pill';
import { NodeTable } from './node-table';
import { toTarget } from './selection';
import { useCluster } from './use-cluster';
import { useNodeList } from './use-node-list';

export default function NodeListPage() {
  return (
    <NodeActions>
      <SyncFeedProvider value={useSyncFeed()}>
        <NodeListContent />
      </SyncFeedProvider>
    </NodeActions>
  );
}

function NodeListContent() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { cluster, error: clusterError } = useCluster();
  const [query, setQuery] = useSearchParams();
  const params = readParams(query);
  const nodes = useNodeList(params);
  const { news, add: addNews, clear: clearNews } = useListNews();

  const change = useCallback(
    (part: Partial<ListParams>) =>
      setQuery((before) => writeParams({ ...readParams(before), ...part }), { replace: true }),
    [setQuery],
  );
  const refresh = useCallback(() => {
    clearNews();
    nodes.list.refresh();
  }, [clearNews, nodes.list]);

  useNodeChanges(undefined, addNews);

  const adding = query.has('add');
  const openAdd = () => setQuery((before) => new URLSearchParams([...before, ['add', '']]));
  const closeAdd = () => {
    setQuery((before) => new URLSearchParams([...before].filter(([key]) => key !== 'add')), { replace: true });
    refresh();
  };

  const empty = cluster?.totalNodes === 0 && !isFiltered(params);
  const [joiningFirst, endFirstJoin] = useFirstJoin(empty && canWrite && !adding);
  return (
    <Page
      fill
      title={t('nodes.title')}
      subtitle={cluster ? t('nodes.count', { count: cluster.totalNodes }) : ' '}
      actions={
        canWrite &&
        !joiningFirst && (
          <Button variant="primary" onClick={openAdd}>
            <Plus className="size-3.5" aria-hidden />
            {t('nodes.add')}
          </Button>
        )
      }
    >
      {clusterError && !cluster && <FailureNotice error={clusterError} className="mx-4 mb-4 md:mx-6" />}
      {joiningFirst ? (
        <AddNodePanel
          onDone={() => {
            endFirstJoin();
            refresh();
          }}
        />
      ) : (
        <>
          <KpiStrip />
          <Filters
            params={params}
            onChange={change}
            counts={cluster?.nodesByStatus ?? []}
            total={cluster?.totalNodes}
          />
          <NodeListBody params={params} nodes={nodes} onChange={change} news={news} onRefresh={refresh} />
        </>
      )}
      <AddNodeDialog open={adding} onClose={closeAdd} />
    </Page>
  );
}

/** The panel of an empty list stays when its node appears in the list: it shows a token that is told only once. */
function useFirstJoin(begins: boolean): [joining: boolean, end: () => void] {
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    if (begins) setBegun(true);
  }, [begins]);
  return [begins || begun, useCallback(() => setBegun(false), [])];
}

interface BodyProps {
  params: ListParams;
  nodes: ReturnType<typeof useNodeList>;
  onChange: (part: Partial<ListParams>) => void;
  news: ReturnType<typeof useListNews>['news'];
  onRefresh: () => void;
}

function NodeListBody({ params, nodes, onChange, news, onRefresh }: BodyProps) {
  const { t } = useTranslation();
  const client = useClient();
  const canWrite = useCanWrite();
  const stale = useStale();
  const { runCommand } = useNodeActions();
  const { selection, toggle, add, clear } = useSelection(toTarget);
  const [selecting, setSelecting] = useState(false);
  const metrics = useMemo(() => new LiveValues<RowMetrics>(), []);
  const { state } = nodes;

  useNodeMetrics(undefined, (events) => {
    for (const { nodeId, point } of events) metrics.put(nodeId, point);
  });

  const selected = useMemo(() => new Set(selection.keys()), [selection]);
  const sort = (field: ListParams['sort']) =>
    onChange({ sort: field, descending: params.sort === field ? !params.descending : field !== 'NAME' });
  const selectLoaded = () => {
    const rows = state.loadedRows();
    if (rows.every(({ id }) => selected.has(id))) clear();
    else add(rows.map(toTarget));
  };
  const selectAll = () => {
    setSelecting(true);
    allTargets(client, toFilter(params), toOrder(params))
      .then(add, () => toast.error(t('errors.network')))
      .finally(() => setSelecting(false));
  };

  if (state.error && state.totalCount === undefined) {
    return <FailureNotice error={state.error} title={t('errors.load')} onRetry={onRefresh} className="mx-4 md:mx-6" />;
  }
  const total = state.totalCount ?? 0;
  return (
    <div className="relative mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
      <NewsPill news={news} onRefresh={onRefresh} />
      {state.totalCount === 0 ? (
        <Placeholder
          icon={<SearchX />}
          title={t('nodes.noMatch')}
          action={
            <Button onClick={() => onChange({ search: '', status: 'ALL', tags: [], groupIds: [] })}>
              {t('nodes.clearFilters')}
            </Button>
          }
        >
          {t('nodes.noMatchHint')}
        </Placeholder>
      ) : (
        <LiveMetricsProvider value={metrics}>
          <NodeTable
            nodes={nodes}
            params={params}
            onSort={sort}
            selected={selected}
            onSelect={toggle}
            onSelectAll={selectLoaded}
            gone={news.deleted}
            stale={stale}
          />
        </LiveMetricsProvider>
      )}
      {state.error !== undefined && state.totalCount !== undefined && (
        <FailureNotice error={state.error} onRetry={onRefresh} className="m-2" />
      )}
      {selection.size > 0 && canWrite && (
        <div className="pointer-events-none inset-x-0 bottom-4 z-30 flex justify-center px-3 max-md:sticky md:absolute">
          <BulkBar
            count={selection.size}
            total={total > selection.size ? total : undefined}
            selecting={selecting}
            onSelectAll={selectAll}
            onClear={clear}
            onCommand={(kind) => runCommand(kind, [...selection.values()])}
          />
        </div>
      )}
    </div>
  );
}
