import { FileJson, RotateCw, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import { useLiveQuery } from '../../graphql/hooks';
import { useCanWrite } from '../../graphql/session';
import { useFormat, useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { LazyCodeEditor } from '../../ui/code';
import { useEditorPhrases } from '../../ui/code/use-editor-phrases';
import { CopyButton } from '../../ui/copy-button';
import { Notice } from '../../ui/notice';
import { Placeholder } from '../../ui/placeholder';
import { Skeleton } from '../../ui/skeleton';
import { useNow } from '../../ui/use-now';
import { Revision } from '../../sync/revision';
import { ForceDialog } from './sync-dialog';
import { useSyncStatuses } from '../../sync/sync-feed';
import { ErrorText, LastSynced, NextRetry } from './sync-row';
import { SyncStateLabel } from '../../sync/sync-state';
import type { SyncEntry } from '../../sync/sync-status';
import { useSyncNow } from './use-sync-now';

const NodeConfiguration = graphql(`
  query NodeConfiguration($id: ID!) {
    node(id: $id) {
      id
      config
    }
  }
`);

/** What the node should run, and whether it does. */
export default function ConfigurationTab({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const phrases = useEditorPhrases();
  const { entries, error: syncError } = useSyncStatuses();
  const entry = entries?.find(({ node }) => node.id === nodeId);
  const [{ data, error }, execute] = useLiveQuery({
    query: NodeConfiguration,
    variables: { id: nodeId },
    requestPolicy: 'cache-and-network',
  });
  const desired = entry?.desiredRevision;
  useEffect(() => {
    // Another revision is another configuration.
    if (desired) execute({ requestPolicy: 'network-only' });
  }, [desired, execute]);

  const config = data?.node?.config;
  const text = config == null ? undefined : JSON.stringify(config, null, 2);
  return (
    <div className="grid min-h-0 gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 max-xl:order-2">
        {error && !data && (
          <FailureNotice
            error={error}
            title={t('errors.load')}
            onRetry={() => execute({ requestPolicy: 'network-only' })}
          />
        )}
        {!data && !error && <Skeleton className="h-96 w-full rounded-lg" />}
        {data && text === undefined && (
          <Placeholder
            icon={<FileJson />}
            title={t('configuration.none')}
            className="rounded-lg border border-line bg-panel"
          >
            {t('configuration.noneText')}
          </Placeholder>
        )}
        {text !== undefined && (
          <div className="overflow-hidden rounded-lg border border-line bg-panel shadow-lift">
            <header className="flex items-center gap-3 border-b border-line py-1.5 ps-4 pe-1.5">
              <h2 className="text-sm font-medium">{t('configuration.heading')}</h2>
              <span className="min-w-0 flex-1 truncate text-2xs text-fg3">{t('configuration.masked')}</span>
              <CopyButton
                iconOnly
                variant="ghost"
                text={text}
                label={t('common.copy')}
                copiedLabel={t('common.copied')}
              />
            </header>
            <LazyCodeEditor
              label={t('configuration.heading')}
              value={text}
              phrases={phrases}
              maskHint={t('configuration.masked')}
              className="h-[min(68dvh,760px)]"
            />
          </div>
        )}
      </div>
      <aside aria-label={t('sync.title')} className="min-w-0 space-y-3">
        {syncError !== undefined && !entries && <FailureNotice error={syncError} title={t('errors.load')} />}
        {entry ? <SyncCard entry={entry} /> : !entries && <Skeleton className="h-64 w-full rounded-lg" />}
      </aside>
    </div>
  );
}

function SyncCard({ entry }: { entry: SyncEntry }) {
  const { t } = useTranslation();
  const { number, relative } = useFormat();
  const canWrite = useCanWrite();
  const now = useNow(10_000);
  const { syncNow, asking } = useSyncNow();
  const [forcing, setForcing] = useState(false);
  const { node, state, desiredRevision, appliedRevision, attempts, lastError, driftSince } = entry;
  const differs = desiredRevision !== appliedRevision;
  return (
    <>
      {driftSince && (
        <Notice tone="warn" title={t('issues.CONFIG_DRIFT')}>
          {t('configuration.drift', { time: relative(driftSince, now) })}
        </Notice>
      )}
      <section
        data-sync={node.id}
        data-state={state}
        aria-label={t('sync.title')}
        className="rounded-lg border border-line bg-panel shadow-lift"
      >
        <header className="border-b border-line px-4 py-3">
          <SyncStateLabel entry={entry} className="text-sm font-semibold" />
          <p className="mt-1 text-xs text-fg3">{t(`sync.hint.${state}`)}</p>
        </header>
        <dl className="divide-y divide-line px-4">
          <Fact label={t('sync.applied')}>
            <Revision revision={appliedRevision} differs={differs} />
          </Fact>
          <Fact label={t('sync.desired')}>
            <Revision revision={desiredRevision} />
          </Fact>
          <Fact label={t('sync.columns.lastSynced')}>
            <LastSynced at={entry.lastSyncedAt} />
          </Fact>
          {attempts > 0 && (
            <Fact label={t('sync.columns.attempts')}>
              <span className="num">{number(attempts)}</span>
            </Fact>
          )}
          {entry.nextRetryAt && (
            <Fact label={t('sync.columns.nextRetry')}>
              <NextRetry entry={entry} />
            </Fact>
          )}
        </dl>
        {lastError && (
          <div className="border-t border-line px-4 py-3">
            <h3 className="mb-1.5 text-xs font-medium text-fg2">{t('sync.lastError')}</h3>
            <ErrorText text={lastError} />
          </div>
        )}
        {canWrite && (
          <footer className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
            <Button
              size="md"
              variant="primary"
              busy={asking}
              onClick={() => void syncNow({ nodeIds: [node.id] })}
              className="grow"
            >
              {!asking && <RotateCw className="size-3.5" aria-hidden />}
              {t('sync.now')}
            </Button>
            <Button size="md" className="grow" onClick={() => setForcing(true)}>
              <Zap className="size-3.5 text-fg3" aria-hidden />
              {t('sync.force.submit')}
            </Button>
          </footer>
        )}
      </section>
      {forcing && <ForceDialog input={{ nodeIds: [node.id] }} count={1} onClose={() => setForcing(false)} />}
    </>
  );
}

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="flex min-h-9 items-center justify-between gap-3 text-sm">
    <dt className="text-xs text-fg3">{label}</dt>
    <dd className="min-w-0 text-end">{children}</dd>
  </div>
);
