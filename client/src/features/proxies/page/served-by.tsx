import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';
import { Skeleton } from '../../../ui/skeleton';
import { SyncBar } from '../../../sync/sync-bar';
import { useSyncStatuses } from '../../../sync/sync-feed';
import { SyncStateLabel } from '../../../sync/sync-state';
import { arrange, countStates } from '../../../sync/sync-status';
import type { Targets } from '../draft';
import { useServing } from '../serving';

/** The nodes that serve the proxy, and whether they have got their newest configuration. */
export function ServedBy({ targets, enabled }: { targets: Targets; enabled: boolean }) {
  const { t } = useTranslation();
  const serving = useServing(targets);
  const { entries } = useSyncStatuses();
  const rows = serving && entries ? arrange(entries, 'ALL', '').filter(({ node }) => serving.has(node.id)) : undefined;
  return (
    <aside aria-label={t('proxies.servedBy')} className="min-w-0">
      <div className="rounded-lg border border-line bg-panel shadow-lift xl:sticky xl:top-4">
        <header className="border-b border-line px-4 py-3">
          <h2 className="flex items-baseline gap-2 text-sm font-semibold">
            {t('proxies.servedBy')}
            {rows && (
              <span className="num text-xs font-normal text-fg3">{t('nodes.count', { count: rows.length })}</span>
            )}
          </h2>
          {!enabled && <p className="mt-1 text-xs text-fg3">{t('proxies.notServed')}</p>}
          {rows && rows.length > 0 && <SyncBar counts={countStates(rows)} className="mt-2.5" />}
        </header>
        {!rows ? (
          <Skeleton className="m-4 h-32" />
        ) : rows.length === 0 ? (
          <p className="px-4 py-6 text-center text-sm text-fg3">{t('proxies.noNodes')}</p>
        ) : (
          <ul
            tabIndex={0}
            aria-label={t('proxies.servedBy')}
            className="thin-scroll max-h-[60dvh] divide-y divide-line overflow-y-auto"
          >
            {rows.slice(0, MOST_SHOWN).map((entry) => (
              <li
                key={entry.node.id}
                data-sync={entry.node.id}
                data-state={entry.state}
                className="flex items-center justify-between gap-3 px-4 py-2 text-sm"
              >
                <Link to={`/nodes/${entry.node.id}/configuration`} className="min-w-0 truncate hover:underline">
                  <bdi>{entry.node.name}</bdi>
                </Link>
                <SyncStateLabel entry={entry} className="shrink-0 text-xs" />
              </li>
            ))}
          </ul>
        )}
        {rows && rows.length > MOST_SHOWN && (
          <Link to="/sync" className="block border-t border-line px-4 py-2 text-xs text-fg2 hover:underline">
            {t('proxies.allNodes', { count: rows.length })}
          </Link>
        )}
      </div>
    </aside>
  );
}

const MOST_SHOWN = 200;
