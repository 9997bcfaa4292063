import { ChevronRight, MoreHorizontal, Pencil, Power, PowerOff, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import type { UserFieldsFragment, UserPageQuery } from '../../../graphql/gen/graphql';
import { useLiveQuery } from '../../../graphql/hooks';
import { useCanWrite } from '../../../graphql/session';
import { useFormat, useTranslation } from '../../../i18n';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { Placeholder } from '../../../ui/placeholder';
import { Skeleton } from '../../../ui/skeleton';
import { useRefreshed } from '../../../ui/use-refreshed';
import { UserActions, useUserActions } from '../actions/user-actions';
import { UserMenu } from '../actions/user-menu';
import { toTarget } from '../list/user-source';
import { Expiry, When } from '../times';
import { Usage } from '../usage';
import { UserFields } from '../user-fields';
import { UserStatusLabel } from '../user-status';
import { SubscriptionLink } from './subscription-link';
import { UserNodes } from './user-nodes';

const UserPageQuery = graphql(`
  query UserPage($id: ID!) {
    user(id: $id) {
      ...UserFields
      pendingNodes {
        ...UserNode
      }
      groups {
        id
        nodes(first: 100) {
          totalCount
          nodes {
            ...UserNode
          }
        }
      }
    }
  }
`);

/** What waits for a node changes within seconds of its return. */
const PENDING_REFRESH_MS = 3_000;
const REFRESH_MS = 15_000;

export default function UserPage() {
  const { id = '' } = useParams();
  return <UserPageContent key={id} id={id} />;
}

function UserPageContent({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ data, error }, execute] = useLiveQuery({
    query: UserPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const read = () => execute({ requestPolicy: 'network-only' });
  const user = readFragment(UserFields, data?.user);
  useRefreshed(read, user && user.pendingNodes.length > 0 ? PENDING_REFRESH_MS : REFRESH_MS);

  if (user && data?.user) {
    return (
      <UserActions
        onChanged={(deleted) => (deleted.includes(id) ? void navigate('/users', { replace: true }) : read())}
      >
        <ShownUser user={user} more={data.user} />
      </UserActions>
    );
  }
  if (error) {
    return (
      <Page title={t('users.columns.user')}>
        <FailureNotice error={error} title={t('errors.load')} onRetry={read} className="mx-4 md:mx-6" />
      </Page>
    );
  }
  return data ? <NoSuchUser /> : <UserPageSkeleton />;
}

type More = NonNullable<UserPageQuery['user']>;

function ShownUser({ user, more }: { user: UserFieldsFragment; more: More }) {
  const { t } = useTranslation();
  return (
    <Page
      title={user.username}
      heading={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link to="/users" className="font-normal text-fg3 hover:text-fg hover:underline">
            {t('users.title')}
          </Link>
          <ChevronRight className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
          <bdi data-user={user.id} data-status={user.status}>
            {user.username}
          </bdi>
          <UserStatusLabel status={user.status} className="ms-1 text-sm font-medium tracking-normal" />
        </span>
      }
      subtitle={t(`users.statusHint.${user.status}`)}
      actions={<HeaderActions user={user} />}
    >
      <div className="grid items-start gap-4 px-4 pb-8 md:px-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-4">
          <Card title={t('users.subscription')}>
            <SubscriptionLink url={user.subscriptionUrl} />
          </Card>
          <UserNodes user={more} status={user.status} />
        </div>
        <Facts user={user} />
      </div>
    </Page>
  );
}

export const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="rounded-lg border border-line bg-panel p-4 shadow-lift">
    <h2 className="mb-3 text-sm font-semibold">{title}</h2>
    {children}
  </section>
);

function HeaderActions({ user }: { user: UserFieldsFragment }) {
  const { t } = useTranslation();
  const { edit, run } = useUserActions();
  if (!useCanWrite()) return null;
  const target = toTarget(user);
  const disabled = user.status === 'DISABLED';
  const Icon = disabled ? Power : PowerOff;
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => edit(user)}>
        <Pencil className="size-3.5 text-fg3" aria-hidden />
        {t('common.edit')}
      </Button>
      <Button onClick={() => run(disabled ? 'enable' : 'disable', [target])}>
        <Icon className="size-3.5 text-fg3" aria-hidden />
        {t(disabled ? 'users.enable.submit' : 'users.disable.submit')}
      </Button>
      <UserMenu
        user={user}
        trigger={
          <Button size="icon" aria-label={t('common.more', { name: user.username })}>
            <MoreHorizontal className="size-4" aria-hidden />
          </Button>
        }
      />
    </div>
  );
}

function Facts({ user }: { user: UserFieldsFragment }) {
  const { t } = useTranslation();
  const { date, dateTime } = useFormat();
  return (
    <aside aria-label={t('overview.facts')}>
      <dl className="divide-y divide-line rounded-lg border border-line bg-panel px-3.5 shadow-lift">
        <Fact label={t('users.columns.usage')}>
          <Usage used={user.dataUsed} limit={user.dataLimit} />
        </Fact>
        <Fact label={t('users.columns.expires')}>
          <Expiry at={user.expiresAt} />
          {user.expiresAt && <span className="block text-2xs text-fg3">{dateTime(user.expiresAt)}</span>}
        </Fact>
        <Fact label={t('groups.title')}>
          {user.groups.length === 0 && <span className="text-fg3">–</span>}
          {user.groups.map(({ id, name }) => (
            <Link key={id} to={`/groups/${id}`} className="block truncate leading-6 hover:underline">
              <bdi>{name}</bdi>
            </Link>
          ))}
        </Fact>
        <Fact label={t('users.columns.fetched')}>
          {user.subscriptionFetchedAt ? (
            <>
              <When at={user.subscriptionFetchedAt} />
              {user.subscriptionClient && (
                <span className="block text-2xs wrap-anywhere text-fg3">
                  <bdi>{user.subscriptionClient}</bdi>
                </span>
              )}
            </>
          ) : (
            <span className="text-fg3">{t('users.notFetched')}</span>
          )}
        </Fact>
        <Fact label={t('users.columns.created')}>{date(user.createdAt)}</Fact>
        <Fact label={t('users.edited')}>
          <When at={user.updatedAt} />
        </Fact>
        {user.note && (
          <div className="py-2.5">
            <dt className="mb-1 text-xs text-fg3">{t('userForm.note')}</dt>
            <dd dir="auto" className="text-sm whitespace-pre-wrap text-left wrap-anywhere in-[[dir=rtl]]:text-right">
              {user.note}
            </dd>
          </div>
        )}
      </dl>
    </aside>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2 py-2 text-sm">
    <dt className="text-xs leading-5 text-fg3">{label}</dt>
    <dd className="min-w-0 leading-5">{children}</dd>
  </div>
);

function NoSuchUser() {
  const { t } = useTranslation();
  return (
    <Page title={t('users.unknown')}>
      <Placeholder
        icon={<UserX />}
        title={t('users.unknown')}
        action={
          <Button asChild>
            <Link to="/users">{t('users.back')}</Link>
          </Button>
        }
      >
        {t('notFound.nodeText')}
      </Placeholder>
    </Page>
  );
}

function UserPageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className="space-y-4 px-4 pt-5 md:px-6">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="h-56 w-full rounded-lg" />
    </div>
  );
}
