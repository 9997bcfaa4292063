import { Boxes, Plus, SearchX } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { FailureNotice } from '../../graphql/failure-notice';
import { useCanWrite } from '../../graphql/session';
import { useTranslation } from '../../i18n';
import { ColumnHeader } from '../../list/column-header';
import { SearchBox } from '../../list/search-box';
import { type ShownList, usePagedList } from '../../list/use-paged-list';
import { VirtualTable } from '../../list/virtual-table';
import { Page } from '../../plugin';
import { Button } from '../../ui/button';
import { cn } from '../../ui/cn';
import { Placeholder } from '../../ui/placeholder';
import { useRefreshed } from '../../ui/use-refreshed';
import { GroupActions } from './group-actions';
import { GROUP_CARD_HEIGHT, GROUP_COLUMNS, GROUP_GRID, GroupRow } from './group-row';
import { groupPages, type GroupRow as Row } from './group-source';

const GroupDialog = lazy(() => import('./group-dialog'));

/** Totals change with each sample of each node; nobody needs them sooner. */
const REFRESH_MS = 5_000;

export default function GroupListPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [query, setQuery] = useSearchParams();
  const search = query.get('q') ?? '';
  const groups = usePagedList(search, (client) => groupPages(client, search || null));
  const { list, state } = groups;
  useRefreshed(() => list.reread(), REFRESH_MS);

  const adding = query.has('add');
  const openAdd = () => setQuery((before) => new URLSearchParams([...before, ['add', '']]));
  const closeAdd = () =>
    setQuery((before) => new URLSearchParams([...before].filter(([key]) => key !== 'add')), { replace: true });
  const addButton = canWrite && (
    <Button variant="primary" onClick={openAdd}>
      <Plus className="size-3.5" aria-hidden />
      {t('groups.add')}
    </Button>
  );
  const empty = state.totalCount === 0 && !search;
  return (
    <Page
      fill
      title={t('groups.title')}
      subtitle={state.totalCount === undefined ? ' ' : t('groups.count', { count: state.totalCount })}
      actions={!empty && addButton}
    >
      {empty ? (
        <Placeholder icon={<Boxes />} title={t('groups.emptyTitle')} action={addButton}>
          {t('groups.emptyText')}
        </Placeholder>
      ) : (
        <GroupActions onChanged={() => list.refresh()} onDeleted={() => list.refresh()}>
          <div className="px-4 pb-3 md:px-6">
            <SearchBox
              label={t('groups.find')}
              value={search}
              onChange={(text) => setQuery(text ? { q: text } : {}, { replace: true })}
            />
          </div>
          <Body groups={groups} />
        </GroupActions>
      )}
      <Suspense fallback={null}>
        {adding && (
          <GroupDialog
            onClose={closeAdd}
            onSaved={() => {
              closeAdd();
              list.refresh();
            }}
          />
        )}
      </Suspense>
    </Page>
  );
}

function Body({ groups }: { groups: ShownList<Row> }) {
  const { t } = useTranslation();
  const { state, list } = groups;
  if (state.error !== undefined && state.totalCount === undefined) {
    return (
      <FailureNotice
        error={state.error}
        title={t('errors.load')}
        onRetry={() => list.refresh()}
        className="mx-4 md:mx-6"
      />
    );
  }
  return (
    <div className="mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
      {state.totalCount === 0 ? (
        <Placeholder icon={<SearchX />} title={t('groups.noMatch')}>
          {t('nodes.noMatchHint')}
        </Placeholder>
      ) : (
        <VirtualTable
          label={t('groups.title')}
          rows={groups}
          cardHeight={GROUP_CARD_HEIGHT}
          hrefOf={({ id }) => `/groups/${id}`}
          header={
            <div
              role="row"
              aria-rowindex={1}
              className={cn(GROUP_GRID, 'h-8 border-b border-line bg-panel text-2xs font-medium text-fg3')}
            >
              {GROUP_COLUMNS.map((column) => (
                <ColumnHeader
                  key={column.id}
                  label={t(`groups.columns.${column.id}`)}
                  end={column.end}
                  className={column.visible}
                />
              ))}
              <div role="columnheader">
                <span className="sr-only">{t('node.actions')}</span>
              </div>
            </div>
          }
        >
          {(place) => <GroupRow {...place} />}
        </VirtualTable>
      )}
    </div>
  );
}
