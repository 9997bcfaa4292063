import { Plus, SearchX, Waypoints } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useCanWrite } from '../../../graphql/session';
import { useTranslation } from '../../../i18n';
import { SearchBox } from '../../../list/search-box';
import { usePagedList } from '../../../list/use-paged-list';
import { VirtualTable } from '../../../list/virtual-table';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Placeholder } from '../../../ui/placeholder';
import { RolloutProgress } from '../../../sync/rollout-progress';
import { CARD_HEIGHT, ProxyRow, ProxyTableHeader } from './proxy-row';
import { proxyPages } from './proxy-source';

export default function ProxyListPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [query, setQuery] = useSearchParams();
  const search = query.get('q') ?? '';
  const proxies = usePagedList(search, (client) => proxyPages(client, search || null));
  const { state, list } = proxies;
  const refresh = () => list.refresh();
  const setSearch = (text: string) => setQuery(text ? { q: text } : {}, { replace: true });
  const empty = state.totalCount === 0 && search === '';
  return (
    <Page
      fill
      title={t('proxies.title')}
      subtitle={t('proxies.subtitle')}
      actions={
        canWrite && (
          <Button variant="primary" asChild>
            <Link to="/proxies/new">
              <Plus className="size-3.5" aria-hidden />
              {t('proxies.add')}
            </Link>
          </Button>
        )
      }
    >
      <RolloutProgress className="mx-4 mb-3 md:mx-6" />
      {!empty && (
        <div className="flex flex-wrap items-center gap-3 px-4 pb-3 md:px-6">
          <SearchBox label={t('proxies.filter')} value={search} onChange={setSearch} />
          {state.totalCount !== undefined && (
            <span className="num text-xs text-fg3" role="status">
              {t('proxies.count', { count: state.totalCount })}
            </span>
          )}
        </div>
      )}
      {state.error !== undefined && (
        <FailureNotice error={state.error} title={t('errors.load')} onRetry={refresh} className="mx-4 mb-3 md:mx-6" />
      )}
      {state.error !== undefined && state.totalCount === undefined ? null : (
        <div className="mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
          {empty ? (
            <FirstProxy canWrite={canWrite} />
          ) : state.totalCount === 0 ? (
            <Placeholder
              icon={<SearchX />}
              title={t('proxies.noMatch')}
              action={<Button onClick={() => setSearch('')}>{t('nodes.clearFilter')}</Button>}
            />
          ) : (
            <VirtualTable
              label={t('proxies.title')}
              rows={proxies}
              cardHeight={CARD_HEIGHT}
              hrefOf={({ id }) => `/proxies/${id}`}
              header={<ProxyTableHeader />}
            >
              {(place) => <ProxyRow place={place} canWrite={canWrite} onDeleted={refresh} />}
            </VirtualTable>
          )}
        </div>
      )}
    </Page>
  );
}

function FirstProxy({ canWrite }: { canWrite: boolean }) {
  const { t } = useTranslation();
  return (
    <Placeholder
      icon={<Waypoints />}
      title={t('proxies.emptyTitle')}
      action={
        canWrite && (
          <>
            <Button variant="primary" size="md" asChild>
              <Link to="/proxies/new?template=VLESS_REALITY_VISION">{t('proxies.emptyAction')}</Link>
            </Button>
            <Button size="md" asChild>
              <Link to="/proxies/new">{t('proxies.emptyOther')}</Link>
            </Button>
          </>
        )
      }
    >
      {t('proxies.emptyText')}
    </Placeholder>
  );
}
