import { Waypoints } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import { useLiveQuery } from '../../../graphql/hooks';
import { useCanWrite } from '../../../graphql/session';
import { useFormat, useTranslation } from '../../../i18n';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Notice } from '../../../ui/notice';
import { Placeholder } from '../../../ui/placeholder';
import { Segmented } from '../../../ui/segmented';
import { Skeleton } from '../../../ui/skeleton';
import { useNow } from '../../../ui/use-now';
import { RolloutProgress } from '../../../sync/rollout-progress';
import { type Draft, hasTargets, toUpdateInput } from '../draft';
import { JsonTab } from '../form/json-tab';
import { SettingsFields } from '../form/settings-fields';
import { TargetPicker } from '../form/target-picker';
import { errorsIn, useValidation } from '../form/use-validation';
import { EnabledSwitch } from '../list/proxy-row';
import { fieldOf, type Problem } from '../problems';
import { ProxyFields, type ProxyRow, toDraft } from '../proxy-api';
import { ProxyMenu } from '../proxy-menu';
import { TraitBadges } from '../trait-badges';
import { Crumbs } from './crumbs';
import { SaveBar } from './save-bar';
import { ServedBy } from './served-by';

const ProxyPageQuery = graphql(`
  query ProxyPage($id: ID!) {
    proxy(id: $id) {
      ...ProxyFields
    }
  }
`);

export default function ProxyPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, retry] = useLiveQuery({
    query: ProxyPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const proxy = readFragment(ProxyFields, data?.proxy);
  if (proxy) return <ShownProxy key={id} proxy={proxy} />;
  return (
    <Page title={t('proxies.title')} heading={<Crumbs> </Crumbs>}>
      {error ? (
        <FailureNotice
          error={error}
          title={t('errors.load')}
          onRetry={() => retry({ requestPolicy: 'network-only' })}
          className="mx-4 md:mx-6"
        />
      ) : data ? (
        <Placeholder
          icon={<Waypoints />}
          title={t('proxies.gone')}
          action={
            <Button asChild>
              <Link to="/proxies">{t('proxies.back')}</Link>
            </Button>
          }
        >
          {t('notFound.nodeText')}
        </Placeholder>
      ) : (
        <div role="status" aria-label={t('common.loading')} className="px-4 md:px-6">
          <Skeleton className="h-96 w-full rounded-lg" />
        </div>
      )}
    </Page>
  );
}

function ShownProxy({ proxy }: { proxy: ProxyRow }) {
  const { t } = useTranslation();
  const { relative, dateTime } = useFormat();
  const now = useNow(5_000);
  const navigate = useNavigate();
  const canWrite = useCanWrite();
  const [query, setQuery] = useSearchParams();
  const tab = query.get('tab') === 'json' ? 'json' : 'settings';
  const edit = useEdit(proxy);
  const { draft, change, problems, stored } = edit;
  const leave = () => void navigate('/proxies', { replace: true });
  return (
    <Page
      title={proxy.name}
      heading={
        <Crumbs>
          <bdi>{proxy.name}</bdi>
        </Crumbs>
      }
      subtitle={
        <div data-proxy={proxy.id} className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <TraitBadges inbound={proxy.inbound} protocol={proxy.protocol} />
          <bdi dir="ltr" className="num font-mono">
            :{proxy.port}
          </bdi>
          <time dateTime={proxy.updatedAt} title={dateTime(proxy.updatedAt)}>
            {t('proxies.edited', { time: relative(Math.min(Date.parse(proxy.updatedAt), now), now) })}
          </time>
        </div>
      }
      actions={
        <>
          <EnabledSwitch proxy={proxy} canWrite={canWrite} />
          {canWrite && <ProxyMenu proxy={proxy} ownPage onDeleted={leave} />}
        </>
      }
    >
      <RolloutProgress className="mx-4 mb-4 md:mx-6" />
      {!hasTargets(stored.targets) && (
        <Notice tone="warn" title={t('proxies.nowhere')} className="mx-4 mb-4 md:mx-6">
          {t('proxies.nowhereHint')}
        </Notice>
      )}
      <div className="grid gap-4 px-4 pb-20 md:px-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <Segmented
            className="mb-3 w-fit"
            label={t('proxies.mode.label')}
            value={tab}
            onChange={(value) => setQuery(value === 'json' ? { tab: 'json' } : {}, { replace: true })}
            options={[
              { value: 'settings', label: t('proxies.steps.settings') },
              { value: 'json', label: t('proxies.mode.json') },
            ]}
          />
          {!canWrite && (
            <Notice tone="off" className="mb-3">
              {t('proxies.readOnly')}
            </Notice>
          )}
          {tab === 'json' ? (
            <JsonTab draft={draft} onChange={canWrite ? change : undefined} problems={problems} editing />
          ) : (
            <fieldset disabled={!canWrite} className="min-w-0 space-y-4">
              <Card title={t('proxies.steps.settings')}>
                <SettingsFields key={proxy.updatedAt} draft={draft} onChange={change} problems={problems} editing />
              </Card>
              <Card title={t('proxies.columns.targets')}>
                <TargetPicker
                  targets={draft.targets}
                  onChange={(targets) => change((before) => ({ ...before, targets }))}
                  problems={problems.filter(({ path }) => fieldOf(path) === 'targets')}
                />
              </Card>
            </fieldset>
          )}
        </div>
        <ServedBy targets={stored.targets} enabled={proxy.enabled} />
      </div>
      {canWrite && edit.input && (
        <SaveBar
          input={edit.input}
          stored={stored}
          draft={draft}
          errors={errorsIn(problems).length}
          checking={edit.checking}
          onDiscard={edit.discard}
          onSaved={edit.discard}
          onRefused={edit.refuse}
        />
      )}
    </Page>
  );
}

const Card = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section aria-label={title} className="rounded-lg border border-line bg-panel p-4 shadow-lift">
    <h2 className="mb-3 text-sm font-semibold">{title}</h2>
    {children}
  </section>
);

/** What is stored until something is changed; from then on what was typed, whatever else happens to the proxy. */
function useEdit(proxy: ProxyRow) {
  const stored = useMemo(() => toDraft(proxy), [proxy]);
  const [edited, setEdited] = useState<Draft>();
  const [refused, setRefused] = useState<{ draft: Draft; problems: Problem[] }>();
  const draft = edited ?? stored;
  const change = useCallback(
    (make: (draft: Draft) => Draft) => setEdited((before) => make(before ?? stored)),
    [stored],
  );
  const input = edited?.brokenText === undefined ? toUpdateInput(proxy.id, stored, draft) : { id: proxy.id };
  const targetsKept = JSON.stringify(draft.targets) === JSON.stringify(stored.targets);
  const { problems: checked, checking } = useValidation(edited, { id: proxy.id, targetsKept });
  const said = refused && refused.draft === draft ? refused.problems : [];
  return {
    draft,
    stored,
    change,
    input,
    checking,
    problems: [...said, ...checked.filter(({ path }) => !said.some((other) => other.path === path))],
    discard: () => setEdited(undefined),
    refuse: (problems: Problem[]) => setRefused({ draft, problems }),
  };
}
