import { Boxes, Copy, Plus, Power, PowerOff, SearchX, Trash2, Upload, Users } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { toast } from 'sonner';
import { useClient, useQuery } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import { useCanWrite } from '../../../graphql/session';
import { useTranslation } from '../../../i18n';
import { BulkBar } from '../../../list/bulk-bar';
import { SearchBox } from '../../../list/search-box';
import { type ShownList, usePagedList } from '../../../list/use-paged-list';
import { useSelection } from '../../../list/use-selection';
import { Page } from '../../../plugin';
import { Button } from '../../../ui/button';
import { copyText } from '../../../ui/copy-text';
import { Placeholder } from '../../../ui/placeholder';
import { Segmented } from '../../../ui/segmented';
import { ToneIcon } from '../../../ui/tone-icon';
import { useRefreshed } from '../../../ui/use-refreshed';
import { GroupFilter } from '../../../fleet/group-filter';
import { useUserActions, UserActions } from '../actions/user-actions';
import { USER_TONE } from '../user-status';
import {
  isFiltered,
  readParams,
  toFilter,
  toOrder,
  USER_STATUS_CHOICES,
  type UserListParams,
  writeParams,
} from './list-params';
import { allTargets, toTarget, userPages, type UserRow } from './user-source';
import { UserTable } from './user-table';

const CreateDialog = lazy(() => import('../form/create-dialog'));

/** More could not be changed in a sensible time, nor their links be pasted anywhere. */
const MOST_SELECTED = 20_000;
/** Nothing is pushed about users; what changes by itself is traffic, and that the link was fetched. */
const REFRESH_MS = 20_000;

const HasGroups = graphql(`
  query HasGroups {
    nodeGroups(first: 1) {
      totalCount
    }
  }
`);

export default function UserListPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [query, setQuery] = useSearchParams();
  const params = readParams(query);
  const filter = toFilter(params);
  const order = toOrder(params);
  const users = usePagedList(JSON.stringify([filter, order]), (client) => userPages(client, filter, order));
  const { list, state } = users;

  const change = useCallback(
    (part: Partial<UserListParams>) =>
      setQuery((before) => writeParams({ ...readParams(before), ...part }), { replace: true }),
    [setQuery],
  );
  const refresh = useCallback(() => list.refresh(), [list]);
  const adding = query.has('add');
  const openAdd = () => setQuery((before) => new URLSearchParams([...before, ['add', '']]));
  const closeAdd = () => {
    setQuery((before) => new URLSearchParams([...before].filter(([key]) => key !== 'add')), { replace: true });
  };

  const empty = state.totalCount === 0 && !isFiltered(params);
  return (
    <Page
      fill
      title={t('users.title')}
      subtitle={state.totalCount === undefined ? ' ' : t('users.count', { count: state.totalCount })}
      actions={
        canWrite &&
        !empty && (
          <>
            <Button asChild>
              <Link to="/users/import">
                <Upload className="size-3.5 text-fg3" aria-hidden />
                {t('users.import')}
              </Link>
            </Button>
            <Button variant="primary" onClick={openAdd}>
              <Plus className="size-3.5" aria-hidden />
              {t('users.add')}
            </Button>
          </>
        )
      }
    >
      {empty ? (
        <Empty onAdd={openAdd} />
      ) : (
        <>
          <Filters params={params} onChange={change} />
          <UserListContent params={params} users={users} onChange={change} onRefresh={refresh} />
        </>
      )}
      <Suspense fallback={null}>{adding && <CreateDialog onClose={closeAdd} onCreated={refresh} />}</Suspense>
    </Page>
  );
}

function Filters({ params, onChange }: { params: UserListParams; onChange: (part: Partial<UserListParams>) => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 md:px-6">
      <SearchBox label={t('users.filter')} value={params.search} onChange={(search) => onChange({ search })} />
      <Segmented
        className="max-md:order-2"
        label={t('status.label')}
        value={params.status}
        onChange={(status) => onChange({ status })}
        options={USER_STATUS_CHOICES.map((value) => ({
          value,
          label: value === 'ALL' ? t('status.all') : t(`users.status.${value}`),
          icon: value !== 'ALL' && <ToneIcon tone={USER_TONE[value]} />,
        }))}
      />
      <GroupFilter value={params.groupIds} onChange={(groupIds) => onChange({ groupIds })} />
    </div>
  );
}

/** The first user needs a group first: without one no node would serve it. */
function Empty({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [{ data }] = useQuery({ query: HasGroups, requestPolicy: 'cache-and-network' });
  if (!data) return null;
  if (data.nodeGroups.totalCount === 0) {
    return (
      <Placeholder
        icon={<Boxes />}
        title={t('users.groupFirst')}
        action={
          canWrite && (
            <Button variant="primary" size="md" asChild>
              <Link to="/groups?add">
                <Plus className="size-3.5" aria-hidden />
                {t('groups.add')}
              </Link>
            </Button>
          )
        }
      >
        {t('users.groupFirstText')}
      </Placeholder>
    );
  }
  return (
    <Placeholder
      icon={<Users />}
      title={t('users.emptyTitle')}
      action={
        canWrite && (
          <>
            <Button size="md" asChild>
              <Link to="/users/import">
                <Upload className="size-3.5 text-fg3" aria-hidden />
                {t('users.import')}
              </Link>
            </Button>
            <Button size="md" variant="primary" onClick={onAdd}>
              <Plus className="size-3.5" aria-hidden />
              {t('users.add')}
            </Button>
          </>
        )
      }
    >
      {t('users.emptyText')}
    </Placeholder>
  );
}

interface ContentProps {
  params: UserListParams;
  users: ShownList<UserRow>;
  onChange: (part: Partial<UserListParams>) => void;
  onRefresh: () => void;
}

function UserListContent(props: ContentProps) {
  const { selection, toggle, add, clear } = useSelection(toTarget);
  return (
    <UserActions
      onChanged={(deleted) => {
        if (deleted.some((id) => selection.has(id))) clear();
        props.onRefresh();
      }}
    >
      <UserListBody {...props} selection={selection} onSelect={toggle} onAdd={add} onClear={clear} />
    </UserActions>
  );
}

interface BodyProps extends ContentProps {
  selection: ReturnType<typeof useSelection<UserRow, ReturnType<typeof toTarget>>>['selection'];
  onSelect: (row: UserRow) => void;
  onAdd: (targets: readonly ReturnType<typeof toTarget>[]) => void;
  onClear: () => void;
}

function UserListBody({ params, users, onChange, onRefresh, selection, onSelect, onAdd, onClear }: BodyProps) {
  const { t } = useTranslation();
  const client = useClient();
  const canWrite = useCanWrite();
  const { run } = useUserActions();
  const [selecting, setSelecting] = useState(false);
  const { state } = users;
  const selected = useMemo(() => new Set(selection.keys()), [selection]);
  useRefreshed(() => users.list.reread(), REFRESH_MS);

  const sort = (field: UserListParams['sort']) =>
    onChange({ sort: field, descending: params.sort === field ? !params.descending : field === 'CREATED_AT' });
  const selectLoaded = () => {
    const rows = state.loadedRows();
    if (rows.every(({ id }) => selected.has(id))) onClear();
    else onAdd(rows.map(toTarget));
  };
  const selectAll = () => {
    setSelecting(true);
    allTargets(client, toFilter(params), toOrder(params))
      .then(onAdd, () => toast.error(t('errors.network')))
      .finally(() => setSelecting(false));
  };
  const targets = () => [...selection.values()];
  const copyLinks = () =>
    void copyText(
      targets()
        .map(({ link }) => link)
        .join('\n'),
    ).then(() => toast.success(t('users.linksCopied', { count: selection.size })));

  if (state.error && state.totalCount === undefined) {
    return <FailureNotice error={state.error} title={t('errors.load')} onRetry={onRefresh} className="mx-4 md:mx-6" />;
  }
  const total = state.totalCount ?? 0;
  return (
    <div className="relative mx-4 mb-4 flex min-h-0 flex-1 flex-col rounded-lg border border-line bg-panel shadow-lift md:mx-6 md:overflow-hidden">
      {state.totalCount === 0 ? (
        <Placeholder
          icon={<SearchX />}
          title={t('users.noMatch')}
          action={
            <Button onClick={() => onChange({ search: '', status: 'ALL', groupIds: [] })}>
              {t('nodes.clearFilters')}
            </Button>
          }
        >
          {t('nodes.noMatchHint')}
        </Placeholder>
      ) : (
        <UserTable
          label={t('users.title')}
          users={users}
          order={params}
          onSort={sort}
          selected={selected}
          onSelect={onSelect}
          onSelectAll={selectLoaded}
        />
      )}
      {state.error !== undefined && state.totalCount !== undefined && (
        <FailureNotice error={state.error} onRetry={onRefresh} className="m-2" />
      )}
      {selection.size > 0 && (
        <div className="pointer-events-none inset-x-0 bottom-4 z-30 flex justify-center px-3 max-md:sticky md:absolute">
          <BulkBar
            label={t('users.bulk')}
            count={selection.size}
            total={total > selection.size && total <= MOST_SELECTED ? total : undefined}
            selecting={selecting}
            onSelectAll={selectAll}
            onClear={onClear}
          >
            <Button variant="ghost" onClick={copyLinks}>
              <Copy className="size-3.5" aria-hidden />
              <span className="max-md:sr-only">{t('users.copyLinks')}</span>
            </Button>
            {canWrite && (
              <>
                <Button variant="ghost" onClick={() => run('enable', targets())}>
                  <Power className="size-3.5" aria-hidden />
                  <span className="max-md:sr-only">{t('users.enable.submit')}</span>
                </Button>
                <Button variant="ghost" onClick={() => run('disable', targets())}>
                  <PowerOff className="size-3.5" aria-hidden />
                  <span className="max-md:sr-only">{t('users.disable.submit')}</span>
                </Button>
                <Button variant="dangerGhost" onClick={() => run('delete', targets())}>
                  <Trash2 className="size-3.5" aria-hidden />
                  <span className="max-md:sr-only">{t('common.delete')}</span>
                </Button>
              </>
            )}
          </BulkBar>
        </div>
      )}
    </div>
  );
}
