import { Boxes, ChevronRight, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql, readFragment } from '../../graphql/gen';
import type { GroupFieldsFragment, GroupPageQuery } from '../../graphql/gen/graphql';
import { useLiveQuery } from '../../graphql/hooks';
import { useCanWrite } from '../../graphql/session';
import { useFormat, useTranslation } from '../../i18n';
import { Page } from '../../plugin';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { OwnDirection } from '../../ui/own-direction';
import { Placeholder } from '../../ui/placeholder';
import { Skeleton } from '../../ui/skeleton';
import { useRefreshed } from '../../ui/use-refreshed';
import { StatusLabel } from '../../fleet/node-status';
import { GroupActions, useGroupActions } from './group-actions';
import { GroupFields } from './group-fields';
import { Capacity, Health } from './group-row';

const GroupPageQuery = graphql(`
  query GroupPage($id: ID!) {
    nodeGroup(id: $id) {
      ...GroupFields
      nodes(first: 100) {
        totalCount
        nodes {
          id
          name
          address
          status
          connectionCount
        }
      }
    }
  }
`);

const REFRESH_MS = 5_000;

export default function GroupPage() {
  const { id = '' } = useParams();
  return <GroupPageContent key={id} id={id} />;
}

function GroupPageContent({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ data, error }, execute] = useLiveQuery({
    query: GroupPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const read = () => execute({ requestPolicy: 'network-only' });
  useRefreshed(read, REFRESH_MS);
  const group = readFragment(GroupFields, data?.nodeGroup);

  if (group && data?.nodeGroup) {
    return (
      <GroupActions onChanged={read} onDeleted={() => void navigate('/groups', { replace: true })}>
        <ShownGroup group={group} nodes={data.nodeGroup.nodes} />
      </GroupActions>
    );
  }
  if (error) {
    return (
      <Page title={t('groups.one')}>
        <FailureNotice error={error} title={t('errors.load')} onRetry={read} className="mx-4 md:mx-6" />
      </Page>
    );
  }
  if (data) return <NoSuchGroup />;
  return (
    <div role="status" aria-label={t('common.loading')} className="space-y-4 px-4 pt-5 md:px-6">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-24 w-full rounded-lg" />
      <Skeleton className="h-72 w-full rounded-lg" />
    </div>
  );
}

type Members = NonNullable<GroupPageQuery['nodeGroup']>['nodes'];

function ShownGroup({ group, nodes }: { group: GroupFieldsFragment; nodes: Members }) {
  const { t } = useTranslation();
  return (
    <Page
      title={group.name}
      heading={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link to="/groups" className="font-normal text-fg3 hover:text-fg hover:underline">
            {t('groups.title')}
          </Link>
          <ChevronRight className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
          <bdi data-group={group.id}>{group.name}</bdi>
        </span>
      }
      subtitle={
        <>
          {group.region && (
            <span className="me-3">
              <bdi>{group.region}</bdi>
            </span>
          )}
          {group.description && <bdi>{group.description}</bdi>}
        </>
      }
      actions={<HeaderActions group={group} />}
    >
      <div className="space-y-4 px-4 pb-8 md:px-6">
        <Stats group={group} />
        <MemberList group={group} nodes={nodes} />
      </div>
    </Page>
  );
}

function HeaderActions({ group }: { group: GroupFieldsFragment }) {
  const { t } = useTranslation();
  const open = useGroupActions();
  if (!useCanWrite()) return null;
  return (
    <>
      <Button onClick={() => open('edit', group)}>
        <Pencil className="size-3.5 text-fg3" aria-hidden />
        {t('common.edit')}
      </Button>
      <Button variant="dangerGhost" onClick={() => open('delete', group)}>
        <Trash2 className="size-3.5" aria-hidden />
        {t('common.delete')}
      </Button>
    </>
  );
}

function Stats({ group }: { group: GroupFieldsFragment }) {
  const { t } = useTranslation();
  const { number, bitRate } = useFormat();
  const { stats } = group;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-lift sm:grid-cols-3 xl:grid-cols-5">
      <Figure label={t('groups.columns.nodes')} detail={<Health stats={stats} />}>
        {number(stats.totalNodes)}
      </Figure>
      <Figure
        label={t('groups.columns.users')}
        detail={
          <Link to={`/users?group=${group.id}`} className="text-accent hover:underline">
            {t('groups.seeUsers')}
          </Link>
        }
      >
        {number(stats.totalUsers)}
      </Figure>
      <Figure
        label={t('groups.columns.capacity')}
        detail={stats.capacity == null ? ' ' : <Capacity short stats={stats} />}
      >
        {stats.capacity == null ? '∞' : number(stats.capacity)}
      </Figure>
      <Figure label={t('groups.columns.connections')} detail={t('kpi.connectionsHint')}>
        {number(stats.connections)}
      </Figure>
      <Figure
        label={t('kpi.download')}
        detail={
          <>
            {t('kpi.upload')} <Amount {...bitRate(stats.uplinkRate)} />
          </>
        }
      >
        <Amount {...bitRate(stats.downlinkRate)} unitClassName="text-sm font-normal text-fg3" />
      </Figure>
    </dl>
  );
}

/** The last one fills its line, however many fit. */
const Figure = ({ label, detail, children }: { label: string; detail: ReactNode; children: ReactNode }) => (
  <div className="bg-panel px-4 py-3 last:max-xl:col-span-2">
    <dt className="text-xs text-fg3">{label}</dt>
    <dd className="num mt-0.5 text-xl font-semibold tracking-tight">{children}</dd>
    <dd className="mt-0.5 text-2xs text-fg3">{detail}</dd>
  </div>
);

function MemberList({ group, nodes }: { group: GroupFieldsFragment; nodes: Members }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const open = useGroupActions();
  const canWrite = useCanWrite();
  return (
    <section aria-label={t('nodes.title')} className="rounded-lg border border-line bg-panel shadow-lift">
      <h2 className="flex items-baseline gap-2 border-b border-line px-4 py-3 text-sm font-semibold">
        {t('nodes.title')}
        {nodes.totalCount > 0 && (
          <Link to={`/nodes?group=${group.id}`} className="ms-auto text-xs font-normal text-accent hover:underline">
            {t('groups.seeNodes', { count: nodes.totalCount })}
          </Link>
        )}
      </h2>
      {nodes.nodes.length === 0 ? (
        <Placeholder
          icon={<Boxes />}
          title={t('groups.noNodes')}
          action={canWrite && <Button onClick={() => open('edit', group)}>{t('groups.choose')}</Button>}
        >
          {t('groups.noNodesText')}
        </Placeholder>
      ) : (
        <ul>
          {nodes.nodes.map((node) => (
            <li
              key={node.id}
              data-node={node.name}
              className="grid min-h-11 grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_4rem] items-center gap-3 border-b border-line px-4 py-1.5 text-sm last:border-0 hover:bg-hover"
            >
              <span className="min-w-0">
                <Link to={`/nodes/${node.id}`} className="block truncate font-medium hover:underline">
                  <bdi>{node.name}</bdi>
                </Link>
                <OwnDirection className="font-mono text-2xs text-fg3">{node.address}</OwnDirection>
              </span>
              <StatusLabel status={node.status} />
              <span className="num text-end text-xs text-fg2" title={t('nodes.columns.connections')}>
                {number(node.connectionCount)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NoSuchGroup() {
  const { t } = useTranslation();
  return (
    <Page title={t('groups.unknown')}>
      <Placeholder
        icon={<Boxes />}
        title={t('groups.unknown')}
        action={
          <Button asChild>
            <Link to="/groups">{t('groups.back')}</Link>
          </Button>
        }
      >
        {t('notFound.nodeText')}
      </Placeholder>
    </Page>
  );
}
