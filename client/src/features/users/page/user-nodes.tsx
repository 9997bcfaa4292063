import { Link } from 'react-router';
import { graphql, readFragment } from '../../../graphql/gen';
import type { UserNodeFragment, UserPageQuery, UserStatus } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Notice } from '../../../ui/notice';
import { OwnDirection } from '../../../ui/own-direction';
import { SyncIcon } from '../../../sync/sync-state';
import { StatusLabel } from '../../../fleet/node-status';
import { When } from '../times';

export const UserNode = graphql(`
  fragment UserNode on Node {
    id
    name
    status
    sync {
      state
      lastError
      nextRetryAt
    }
  }
`);

interface UserNodesProps {
  user: NonNullable<UserPageQuery['user']>;
  status: UserStatus;
}

/** Where the user is served, and which nodes have not heard of the newest change yet: those first. */
export function UserNodes({ user, status }: UserNodesProps) {
  const { t } = useTranslation();
  const pending = readFragment(UserNode, user.pendingNodes).toSorted(byName);
  const nodes = nodesOf(user);
  const waiting = new Set(pending.map(({ id }) => id));
  const rows = [...pending, ...nodes.filter(({ id }) => !waiting.has(id))];
  const total = user.groups.length === 1 ? (user.groups[0]?.nodes.totalCount ?? 0) : nodes.length;
  return (
    <section aria-label={t('nodes.title')} className="rounded-lg border border-line bg-panel shadow-lift">
      <h2 className="flex items-baseline gap-2 px-4 pt-4 pb-3 text-sm font-semibold">
        {t('nodes.title')}
        <span className="text-xs font-normal text-fg3">{t('nodes.count', { count: total })}</span>
      </h2>
      {pending.length > 0 && (
        <Notice
          tone="waiting"
          role="status"
          className="mx-4 mb-3"
          title={t('users.pendingOn', { count: pending.length })}
        >
          {t('users.pendingHint')}
        </Notice>
      )}
      {status !== 'ACTIVE' && <p className="px-4 pb-3 text-xs text-fg3">{t('users.notServed')}</p>}
      {rows.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-center text-sm text-fg3">{t('users.noNodes')}</p>
      ) : (
        <ul className="border-t border-line">
          {rows.map((node) => (
            <NodeLine key={node.id} node={node} pending={waiting.has(node.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

const byName = (a: UserNodeFragment, b: UserNodeFragment) => a.name.localeCompare(b.name);

function nodesOf(user: UserNodesProps['user']): UserNodeFragment[] {
  const all = user.groups.flatMap(({ nodes }) => readFragment(UserNode, nodes.nodes));
  return [...new Map(all.map((node) => [node.id, node])).values()].toSorted(byName);
}

function NodeLine({ node, pending }: { node: UserNodeFragment; pending: boolean }) {
  const { t } = useTranslation();
  const { state, lastError, nextRetryAt } = node.sync;
  // The revision is there before the users are: in step with the former, waiting for the latter.
  const shown = pending && state === 'IN_SYNC' ? 'PENDING' : state;
  return (
    <li
      data-node={node.name}
      data-pending={pending || undefined}
      className="grid min-h-11 grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-2 text-sm last:border-0 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,.8fr)_minmax(0,1.4fr)]"
    >
      <Link to={`/nodes/${node.id}`} className="truncate font-medium hover:underline">
        <bdi>{node.name}</bdi>
      </Link>
      <StatusLabel status={node.status} />
      <span className="min-w-0 text-xs text-fg2 max-sm:col-span-2">
        <span className="flex items-center gap-1.5">
          <SyncIcon state={shown} className="size-3" />
          {t(`sync.state.${shown}`)}
          {nextRetryAt && state === 'FAILED' && <When ahead at={nextRetryAt} className="text-2xs text-fg3" />}
        </span>
        {lastError && state === 'FAILED' && (
          <span title={lastError}>
            <OwnDirection className="text-2xs text-bad">{lastError}</OwnDirection>
          </span>
        )}
      </span>
    </li>
  );
}
