import type { UserFilter, UserOrder, UserOrderField, UserStatus } from '../../../graphql/gen/graphql';

/** What the address bar says about the list; a link shows the same list to somebody else. */
export interface UserListParams {
  search: string;
  status: UserStatus | 'ALL';
  groupIds: string[];
  sort: UserOrderField;
  descending: boolean;
}

export const USER_STATUS_CHOICES = ['ALL', 'ACTIVE', 'DISABLED', 'LIMITED', 'EXPIRED'] as const;
const SORT_FIELDS: readonly UserOrderField[] = ['USERNAME', 'CREATED_AT'];

export function readParams(query: URLSearchParams): UserListParams {
  const status = (query.get('status') ?? 'all').toUpperCase();
  const sort = query.get('sort') ?? '';
  const field = SORT_FIELDS.find((candidate) => candidate === sort.replace(/^-/, '').toUpperCase());
  return {
    search: query.get('q') ?? '',
    status: USER_STATUS_CHOICES.find((choice) => choice === status) ?? 'ALL',
    groupIds: query.getAll('group').filter(Boolean),
    sort: field ?? 'USERNAME',
    descending: sort.startsWith('-') && field !== undefined,
  };
}

export function writeParams({ search, status, groupIds, sort, descending }: UserListParams): URLSearchParams {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (status !== 'ALL') query.set('status', status.toLowerCase());
  for (const id of groupIds) query.append('group', id);
  if (sort !== 'USERNAME' || descending) query.set('sort', (descending ? '-' : '') + sort.toLowerCase());
  return query;
}

export function toFilter({ search, status, groupIds }: UserListParams): UserFilter {
  return {
    ...(search.trim() && { search: search.trim() }),
    ...(status !== 'ALL' && { status: [status] }),
    ...(groupIds.length > 0 && { groupIds }),
  };
}

export const toOrder = ({ sort, descending }: UserListParams): UserOrder => ({
  field: sort,
  direction: descending ? 'DESC' : 'ASC',
});

export const isFiltered = ({ search, status, groupIds }: UserListParams) =>
  search.trim() !== '' || status !== 'ALL' || groupIds.length > 0;
