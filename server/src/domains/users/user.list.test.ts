import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../platform/graphql/paging.js';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { Plans } from '../../testing/plans.js';
import { OrderDirection } from '../nodes/index.js';
import type { CredentialStore } from './credentials.js';
import { listUsers, type UserListArgs } from './user.list.js';
import { UserOrderField, UserStatus, type User } from './user.types.js';

const USERS = 200_000;
/** Tokens of rows that SQL has made cannot be opened. */
const store = { openToken: () => '' } as unknown as CredentialStore;

/** Names are hashes, so that no order of theirs is that of the rows; some moments of creation are shared by thousands. */
const SEED = `
INSERT INTO node_groups (name) SELECT 'group-' || n FROM generate_series(1, 200) n;
INSERT INTO users (username, status, note, credentials, credential_key, password_key, digest_a, digest_b, subscription_token,
    subscription_hash, version, created_at)
  SELECT 'u' || md5(n::text), (ARRAY['ACTIVE', 'ACTIVE', 'DISABLED', 'LIMITED', 'EXPIRED'])[1 + n % 5],
    CASE WHEN n % 2 = 0 THEN 'customer ' || md5('note' || n) END, '\\x00', sha256(('key' || n)::bytea), sha256(('password' || n)::bytea), 0, 0, '\\x00',
    sha256(('link' || n)::bytea), 1, '2026-01-01'::timestamptz + (n / 5000) * interval '1.000001 second'
  FROM generate_series(1, ${USERS}) n;
-- One group of all, the others of a part each.
WITH g AS (SELECT id, row_number() OVER (ORDER BY name) AS at FROM node_groups),
  u AS (SELECT id, row_number() OVER (ORDER BY username) AS at FROM users)
INSERT INTO user_groups (user_id, group_id) SELECT u.id, g.id FROM u JOIN g ON
  g.at = 1 OR g.at = 2 + u.at % 199`;

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  for (const statement of SEED.split(';\n')) await database.db.query(statement);
  await database.db.query('ANALYZE');
}, 180_000);
afterAll(async () => database.drop());

/** A page, and how PostgreSQL has come by it. */
async function explained(args: UserListArgs): Promise<{ users: User[]; plans: Plans }> {
  const { db, plans } = Plans.of(database.db);
  const { nodes } = await listUsers(db, store, args);
  return { users: nodes, plans };
}

const groupId = async (which: 'all' | 'part'): Promise<string> => {
  const place = { all: 0, part: 1 }[which];
  const rows = (await database.db.query('SELECT id FROM node_groups ORDER BY name')) as { id: string }[];
  return rows[place]!.id;
};

const { USERNAME, CREATED_AT } = UserOrderField;
const { ASC, DESC } = OrderDirection;
const ORDERS = [USERNAME, CREATED_AT].flatMap((field) => [ASC, DESC].map((direction) => ({ field, direction })));

describe('of 200,000 users', () => {
  test.each(ORDERS)('a page behind a cursor reads about as many rows as it has, by %o', async (orderBy) => {
    const [middle] = (await database.db.query(
      'SELECT id, username, created_at::text AS created FROM users ORDER BY username OFFSET $1 LIMIT 1',
      [USERS / 2],
    )) as [{ id: string; username: string; created: string }];
    const after = encodeCursor([orderBy.field === USERNAME ? middle.username : middle.created, middle.id]);
    for (const args of [{ first: 50 }, { first: 50, after }]) {
      const { users, plans } = await explained({ ...args, orderBy });
      expect(users).toHaveLength(50);
      expect(plans.scanned).toEqual([]);
      expect(plans.rowsRead).toBeLessThan(200);
    }
  });

  test('a page of those of one status and of a large group is found on the way', async () => {
    const { users, plans } = await explained({
      first: 50,
      filter: { status: [UserStatus.ACTIVE], groupIds: [await groupId('all')] },
    });
    expect(users).toHaveLength(50);
    expect(plans.scanned).not.toContain('users');
    expect(plans.rowsRead).toBeLessThan(2_000);
  });

  test.each([
    ['the name', (user: User) => user.username.slice(7, 19)],
    ['the note', (user: User) => user.note!.slice(12, 24)],
    ['the name, in capitals', (user: User) => user.username.slice(7, 19).toUpperCase()],
  ])('a search for a part of %s reads next to nothing', async (_what, partOf) => {
    const [sought] = (await explained({ first: 100, filter: { search: 'customer' } })).users;
    const { users, plans } = await explained({ first: 50, filter: { search: ` ${partOf(sought!)} ` } });
    expect(users.map(({ id }) => id)).toEqual([sought!.id]);
    expect(plans.scanned).toEqual([]);
    expect(plans.rowsRead).toBeLessThan(50);
  });

  test('a search that nothing matches, and wild cards that mean themselves, stay on the index', async () => {
    for (const search of ['there is no such user', 'customer_0', 'cust%mer', 'customer\\']) {
      const { users, plans } = await explained({ first: 50, filter: { search } });
      expect(users).toEqual([]);
      expect(plans.scanned).toEqual([]);
    }
  });
});

describe('page by page', () => {
  /** Every entry in order; `between` is called after each page. */
  async function walk(args: Omit<UserListArgs, 'first'>, between?: (page: number) => Promise<void>): Promise<string[]> {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const { nodes, pageInfo } = await listUsers(database.db, store, { ...args, first: 100, after });
      seen.push(...nodes.map(({ id }) => id));
      await between?.(page);
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
    }
  }
  const SORTED = {
    [USERNAME]: (descending: boolean) => (descending ? 'u.username DESC, u.id DESC' : 'u.username, u.id'),
    [CREATED_AT]: (descending: boolean) => (descending ? 'u.created_at DESC, u.id DESC' : 'u.created_at, u.id'),
  };
  const expected = async (orderBy: (typeof ORDERS)[number], group: string): Promise<string[]> => {
    const rows = (await database.db.query(
      `SELECT u.id FROM users u JOIN user_groups m ON m.user_id = u.id WHERE m.group_id = $1
       ORDER BY ${SORTED[orderBy.field](orderBy.direction === DESC)}`,
      [group],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  };

  test.each(ORDERS)('nobody is left out or shown twice, by %o', async (orderBy) => {
    const group = await groupId('part');
    const seen = await walk({ filter: { groupIds: [group] }, orderBy });
    expect(seen.length).toBeGreaterThan(1_000);
    expect(seen).toEqual(await expected(orderBy, group));
  });

  test.each(ORDERS)('users who come and go meanwhile move nobody else, by %o', async (orderBy) => {
    const group = await groupId('part');
    const before = await expected(orderBy, group);
    const gone = new Set<string>();
    const seen = await walk({ filter: { groupIds: [group] }, orderBy }, async (page) => {
      if (page % 3 !== 0) return;
      // One whom a page has shown already, one whom none has, and a new one.
      for (const id of [before[page * 100]!, before.at(-1 - page)!]) {
        await database.db.query('DELETE FROM user_groups WHERE group_id = $1 AND user_id = $2', [group, id]);
        gone.add(id);
      }
      await database.db.query(
        `WITH made AS (INSERT INTO users (username, credentials, credential_key, password_key, digest_a, digest_b, subscription_token,
             subscription_hash, version, created_at)
           VALUES ('u' || md5($2), '\\x00', sha256($2::bytea), sha256($2::bytea), 0, 0, '\\x00', sha256($2::bytea), 1,
             '2026-01-01'::timestamptz + $3 * interval '1 second') RETURNING id)
         INSERT INTO user_groups (user_id, group_id) SELECT id, $1 FROM made`,
        [group, randomUUID(), page],
      );
    });
    expect(new Set(seen).size).toBe(seen.length);
    const left = new Set(await expected(orderBy, group));
    const stayed = before.filter((id) => left.has(id));
    const known = new Set(before);
    expect(seen.filter((id) => known.has(id) && !gone.has(id))).toEqual(stayed);
  });
});

describe('a cursor', () => {
  test.each([
    [USERNAME, ['x', 'nonsense']],
    [USERNAME, [null, randomUUID()]],
    [USERNAME, [7, randomUUID()]],
    [CREATED_AT, ['x', randomUUID()]],
    [CREATED_AT, ['1', randomUUID()]],
    [CREATED_AT, ['2026', randomUUID()]],
    [CREATED_AT, ['Thu, 01 Jan 1970 00:00:00 GMT+0300', randomUUID()]],
    [CREATED_AT, ['+275760-09-13T00:00:00.000Z', randomUUID()]],
    [CREATED_AT, ['2026-01-31 24:61:00+00', randomUUID()]],
    [CREATED_AT, [1_767_225_600_000, randomUUID()]],
    [CREATED_AT, [{ a: 1 }, randomUUID()]],
  ])('by %s of %j is refused or understood, never a fault', async (field, key) => {
    const after = encodeCursor(key as [string, string]);
    const orderBy = { field, direction: ASC };
    const refusal = await listUsers(database.db, store, { first: 5, after, orderBy }).catch((error: unknown) => error);
    if (refusal instanceof Error)
      expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });

  test('keeps what a millisecond would lose', async () => {
    const orderBy = { field: CREATED_AT, direction: ASC };
    const first = await listUsers(database.db, store, { first: 1, orderBy });
    const { nodes } = await listUsers(database.db, store, { first: 100, after: first.pageInfo.endCursor, orderBy });
    expect(nodes.map(({ id }) => id)).not.toContain(first.nodes[0]!.id);
    expect(Buffer.from(first.pageInfo.endCursor!, 'base64url').toString()).toContain('2026-01-01 00:00:00');
  });
});
