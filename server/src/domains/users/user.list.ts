import type { DataSource } from 'typeorm';
import {
  decodeCursor,
  onUnreadableCursor,
  pageSize,
  toConnection,
  type Connection,
} from '../../platform/graphql/paging.js';
import { searchPattern } from '../../platform/postgres/like.js';
import { isUuid, OrderDirection } from '../nodes/index.js';
import type { CredentialStore } from './credentials.js';
import { toUser, USER_COLUMNS, type UserRow } from './user.rows.js';
import { UserOrderField, type User, type UserFilter, type UserOrder } from './user.types.js';

export interface UserListArgs {
  first: number;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}

const SORT_KEYS = {
  [UserOrderField.USERNAME]: { expression: 'u.username', type: 'text' },
  [UserOrderField.CREATED_AT]: { expression: 'u.created_at', type: 'timestamptz' },
} as const;

function conditions(filter: UserFilter | null | undefined, values: unknown[]): string[] {
  const clauses: string[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (!filter) return clauses;
  const search = searchPattern(filter.search, 'filter.search');
  if (search) {
    const pattern = add(search);
    clauses.push(`(u.username ILIKE ${pattern} OR u.note ILIKE ${pattern})`);
  }
  if (filter.status) clauses.push(`u.status = ANY(${add(filter.status)})`);
  if (filter.groupIds) {
    const ids = add(filter.groupIds.filter(isUuid));
    clauses.push(`EXISTS (SELECT FROM user_groups m WHERE m.user_id = u.id AND m.group_id = ANY(${ids}))`);
  }
  if (filter.nodeIds) {
    const ids = add(filter.nodeIds.filter(isUuid));
    clauses.push(`EXISTS (SELECT FROM user_groups m JOIN group_nodes g ON g.group_id = m.group_id
      WHERE m.user_id = u.id AND g.node_id = ANY(${ids}))`);
  }
  return clauses;
}

const where = (clauses: string[]): string => (clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '');

/** A page of users by keyset: as fast at the end of a million as at the beginning. */
export async function listUsers(
  db: DataSource,
  store: CredentialStore,
  { first, after, filter, orderBy }: UserListArgs,
): Promise<Connection<User>> {
  const size = pageSize(first);
  const { expression, type } = SORT_KEYS[orderBy?.field ?? UserOrderField.USERNAME];
  const descending = orderBy?.direction === OrderDirection.DESC;
  const values: unknown[] = [];
  const clauses = conditions(filter, values);
  if (after) {
    const [value, id] = decodeCursor(after);
    const [valueAt, idAt] = [values.push(value), values.push(id)];
    clauses.push(`(${expression}, u.id) ${descending ? '<' : '>'} ($${valueAt}::${type}, $${idAt}::uuid)`);
  }
  const direction = descending ? 'DESC' : 'ASC';
  const rows = await db
    .query<(UserRow & { sort_value: string })[]>(
      `SELECT ${USER_COLUMNS}, ${expression}::text AS sort_value FROM users u ${where(clauses)}
       ORDER BY ${expression} ${direction}, u.id ${direction} LIMIT ${size + 1}`,
      values,
    )
    .catch(onUnreadableCursor);
  const entries = rows.map((row) => ({ user: toUser(row, store), key: row.sort_value }));
  const page = toConnection(
    entries,
    size,
    after,
    ({ user, key }) => [key, user.id],
    () => countUsers(db, filter),
  );
  return {
    ...page,
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.user })),
    nodes: page.nodes.map(({ user }) => user),
  };
}

async function countUsers(db: DataSource, filter: UserFilter | null | undefined): Promise<number> {
  const values: unknown[] = [];
  const clauses = conditions(filter, values);
  const [row] = await db.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM users u ${where(clauses)}`,
    values,
  );
  return row?.count ?? 0;
}
