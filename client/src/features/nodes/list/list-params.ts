import type { NodeFilter, NodeOrder, NodeOrderField, NodeStatus } from '../../../graphql/gen/graphql';

/** What the address bar says about the list; a link shows the same list to somebody else. */
export interface ListParams {
  search: string;
  status: NodeStatus | 'ALL';
  tags: { key: string; value: string }[];
  groupIds: string[];
  sort: NodeOrderField;
  descending: boolean;
}

export const STATUS_CHOICES = ['ALL', 'ONLINE', 'DEGRADED', 'OFFLINE', 'PENDING', 'DISABLED'] as const;
const SORT_FIELDS = ['NAME', 'STATUS', 'LOAD', 'CPU', 'MEMORY', 'CONNECTIONS', 'THROUGHPUT', 'LATENCY', 'CREATED_AT'];

export function readParams(query: URLSearchParams): ListParams {
  const status = (query.get('status') ?? 'all').toUpperCase();
  const sort = query.get('sort') ?? '';
  const field = sort.replace(/^-/, '').toUpperCase();
  return {
    search: query.get('q') ?? '',
    status: STATUS_CHOICES.find((choice) => choice === status) ?? 'ALL',
    tags: query.getAll('tag').flatMap((tag) => parseTag(tag) ?? []),
    groupIds: query.getAll('group').filter(Boolean),
    sort: (SORT_FIELDS.includes(field) ? field : 'NAME') as NodeOrderField,
    descending: sort.startsWith('-') && SORT_FIELDS.includes(field),
  };
}

export function writeParams({ search, status, tags, groupIds, sort, descending }: ListParams): URLSearchParams {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (status !== 'ALL') query.set('status', status.toLowerCase());
  for (const { key, value } of tags) query.append('tag', `${key}=${value}`);
  for (const id of groupIds) query.append('group', id);
  if (sort !== 'NAME' || descending) query.set('sort', (descending ? '-' : '') + sort.toLowerCase());
  return query;
}

export function toFilter({ search, status, tags, groupIds }: ListParams): NodeFilter {
  return {
    ...(search.trim() && { search: search.trim() }),
    ...(status !== 'ALL' && { status: [status] }),
    ...(tags.length > 0 && { tags }),
    ...(groupIds.length > 0 && { groupIds }),
  };
}

export const toOrder = ({ sort, descending }: ListParams): NodeOrder => ({
  field: sort,
  direction: descending ? 'DESC' : 'ASC',
});

export const isFiltered = ({ search, status, tags, groupIds }: ListParams) =>
  search.trim() !== '' || status !== 'ALL' || tags.length > 0 || groupIds.length > 0;

export function parseTag(text: string): { key: string; value: string } | undefined {
  const [, key, value] = /^\s*([^=\s][^=]*?)\s*=\s*(\S.*?)\s*$/.exec(text) ?? [];
  return key && value ? { key, value } : undefined;
}
