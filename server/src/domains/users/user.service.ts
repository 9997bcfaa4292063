import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { badInput, notFound } from '../../platform/errors.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { hashSecret } from '../../platform/token-secret.js';
import { assertExist } from '../groups/index.js';
import { isUuid } from '../nodes/index.js';
import type { ConfigChanges } from '../sync/index.js';
import {
  credentialKey,
  newCredentials,
  newToken,
  passwordKey,
  userDigest,
  type CredentialStore,
} from './credentials.js';
import { newUsersProblems, onDuplicate, refusal } from './new-users.problems.js';
import { insertUsers, newRows, toLocation } from './new-users.js';
import { listUsers, type UserListArgs } from './user.list.js';
import { toUser, USER_COLUMNS, type UserRow } from './user.rows.js';
import { userStatus } from './user-status.js';
import {
  UserStatus,
  type CreateUserInput,
  type SetUserStatusInput,
  type UpdateUserInput,
  type User,
  type UserProblem,
} from './user.types.js';
import { userChangeProblems } from './user.validation.js';

const MOST_AT_ONCE = 10_000;
const MOST_CHANGED = 1_000;
const MOST_PROBLEMS = 1_000;
/** Departures are kept so long for nodes that are away; who is away longer gets the whole configuration. */
const DEPARTURE_DAYS = 30;

/** Users, and that the nodes hear of every change that concerns them in the transaction that makes it. */
export class UserService {
  constructor(
    private readonly db: DataSource,
    private readonly changes: ConfigChanges,
    private readonly store: CredentialStore,
    private readonly clock: Clock,
  ) {}

  list(args: UserListArgs): Promise<Connection<User>> {
    return listUsers(this.db, this.store, args);
  }

  async count(): Promise<number> {
    const [row] = await this.db.query<{ count: number }[]>('SELECT count(*)::int AS count FROM users');
    return row?.count ?? 0;
  }

  async find(id: string): Promise<User | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  async create(input: CreateUserInput): Promise<User> {
    const [user] = await this.createAll([input], (field) => field);
    return user!;
  }

  /** All or none. */
  createMany(inputs: readonly CreateUserInput[]): Promise<User[]> {
    return this.createAll(inputs, (field, row) => `${row}.${field}`);
  }

  /** What createMany would say, row by row, as far as this moment tells. */
  async validate(inputs: readonly CreateUserInput[]): Promise<UserProblem[]> {
    assertBounded(inputs);
    const problems = await newUsersProblems(this.db.manager, inputs);
    return problems.slice(0, MOST_PROBLEMS);
  }

  async update(input: UpdateUserInput): Promise<User> {
    const problems = userChangeProblems(input);
    if (problems.length > 0) throw badInput(problems);
    await this.get(input.id);
    await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const user = await this.lock(manager, input.id);
      const next = this.changed(user, input);
      const groups = await groupsOf(manager, [user.id]);
      if (input.groupIds) {
        await assertExist(manager, 'node_groups', input.groupIds, 'groupIds');
        await setGroups(manager, version, user.id, input.groupIds);
        groups.push(...input.groupIds);
      }
      const concernsNodes = next.status !== user.status || input.groupIds !== undefined;
      await manager.query(
        `UPDATE users SET status = $2, note = $3, data_limit = $4, expires_at = $5, location = $6, updated_at = now(),
           version = CASE WHEN $7 THEN $8 ELSE version END WHERE id = $1`,
        [
          user.id,
          next.status,
          next.note,
          next.dataLimit?.toString() ?? null,
          next.expiresAt,
          next.location && JSON.stringify(next.location),
          concernsNodes,
          version,
        ],
      );
      if (concernsNodes) await this.changes.mark(manager, version, 'users', { groupIds: groups });
    });
    this.changes.announce();
    return this.get(input.id);
  }

  /** For many at once; users whose limit or expiry forbids it do not become ACTIVE. */
  async setStatus({ userIds, status }: SetUserStatusInput): Promise<User[]> {
    if (status !== UserStatus.ACTIVE && status !== UserStatus.DISABLED) {
      throw badInput([
        { path: 'status', message: 'must be ACTIVE or DISABLED: the others follow from limit and expiry' },
      ]);
    }
    const ids = bounded(userIds, 'userIds');
    await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `UPDATE users SET version = $2, updated_at = now(), status = CASE
           WHEN $3 = 'DISABLED' THEN 'DISABLED'
           WHEN expires_at <= $4 THEN 'EXPIRED'
           WHEN data_used >= data_limit THEN 'LIMITED'
           ELSE 'ACTIVE' END
         WHERE id = ANY($1) RETURNING id`,
        [ids, version, status, this.clock.now()],
      );
      if (rows.length < ids.length) throw notFound('A user of these ids');
      await this.changes.mark(manager, version, 'users', { groupIds: await groupsOf(manager, ids) });
    });
    this.changes.announce();
    return this.byIds(ids);
  }

  /** The nodes forget them, those that are away as soon as they are back. */
  async delete(userIds: readonly string[]): Promise<string[]> {
    const ids = bounded(userIds, 'ids');
    await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const groups = await groupsOf(manager, ids);
      await manager.query(
        `INSERT INTO user_departures (user_id, group_id, version) SELECT user_id, group_id, $2 FROM user_groups
         WHERE user_id = ANY($1) ON CONFLICT (user_id, group_id) DO UPDATE SET version = excluded.version, at = now()`,
        [ids, version],
      );
      const [, deleted] = await manager.query<[unknown[], number]>('DELETE FROM users WHERE id = ANY($1)', [ids]);
      if (deleted < ids.length) throw notFound('A user of these ids');
      await this.changes.mark(manager, version, 'users', { groupIds: groups });
    });
    this.changes.announce();
    return ids;
  }

  /** A new link; the old one is unknown from now on. New credentials as well, since the old link has handed them out. */
  async rotateLink(id: string, keepCredentials: boolean): Promise<User> {
    await this.get(id);
    const token = newToken();
    await this.db.transaction(async (manager) => {
      const version = keepCredentials ? undefined : await this.changes.begin(manager);
      await manager.query(
        'UPDATE users SET subscription_token = $2, subscription_hash = $3, updated_at = now() WHERE id = $1',
        [id, this.store.sealToken(id, token), hashSecret(token)],
      );
      if (version === undefined) return;
      const credentials = newCredentials();
      const [a, b] = userDigest(id, credentials);
      await manager.query(
        `UPDATE users SET credentials = $2, credential_key = $3, password_key = $4, digest_a = $5, digest_b = $6,
           version = $7 WHERE id = $1`,
        [
          id,
          this.store.seal(id, credentials),
          credentialKey(credentials),
          passwordKey(credentials),
          String(a),
          String(b),
          version,
        ],
      );
      await this.changes.mark(manager, version, 'users', { groupIds: await groupsOf(manager, [id]) });
    });
    if (!keepCredentials) this.changes.announce();
    return this.get(id);
  }

  /** Users whose time is over leave the nodes. */
  async expire(): Promise<void> {
    const expired = await this.db.transaction(async (manager) => {
      const due = await manager.query<{ id: string }[]>(
        `SELECT id FROM users WHERE status = 'ACTIVE' AND expires_at <= now() LIMIT 10000`,
      );
      if (due.length === 0) return 0;
      const version = await this.changes.begin(manager);
      const ids = due.map(({ id }) => id);
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `UPDATE users SET status = 'EXPIRED', version = $2 WHERE id = ANY($1) AND status = 'ACTIVE' AND expires_at <= now()
         RETURNING id`,
        [ids, version],
      );
      await this.changes.mark(manager, version, 'users', { groupIds: await groupsOf(manager, ids) });
      return rows.length;
    });
    if (expired > 0) this.changes.announce();
  }

  /** What only nodes that were away for a month would still ask for. */
  async removeOld(): Promise<void> {
    await this.db.transaction(async (manager) => {
      // The clock first, as in every change: who lets a user leave a group waits for nothing else that is held here.
      await manager.query('SELECT FROM config_clock FOR UPDATE');
      await manager.query(
        `WITH gone AS (DELETE FROM user_departures WHERE at < now() - $1 * interval '1 day' RETURNING version)
         UPDATE config_clock SET forgotten_through = greatest(forgotten_through, (SELECT max(version) FROM gone))
         WHERE EXISTS (SELECT FROM gone)`,
        [DEPARTURE_DAYS],
      );
    });
  }

  async byIds(ids: readonly string[]): Promise<User[]> {
    const rows = await this.db.query<UserRow[]>(`SELECT ${USER_COLUMNS} FROM users u WHERE u.id = ANY($1)`, [
      ids.filter(isUuid),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id.toLowerCase());
      return row ? [toUser(row, this.store)] : [];
    });
  }

  private async get(id: string): Promise<User> {
    const user = await this.find(id);
    if (!user) throw notFound('The user');
    return user;
  }

  private async lock(manager: EntityManager, id: string): Promise<User> {
    const [row] = await manager.query<UserRow[]>(`SELECT ${USER_COLUMNS} FROM users u WHERE u.id = $1 FOR UPDATE`, [
      id,
    ]);
    if (!row) throw notFound('The user');
    return toUser(row, this.store);
  }

  private changed(
    user: User,
    input: UpdateUserInput,
  ): Pick<User, 'status' | 'note' | 'dataLimit' | 'expiresAt' | 'location'> {
    const dataLimit = input.dataLimit === undefined ? user.dataLimit : input.dataLimit;
    const expiresAt = input.expiresAt === undefined ? user.expiresAt : input.expiresAt;
    const disabled = input.status ? input.status === UserStatus.DISABLED : user.status === UserStatus.DISABLED;
    return {
      status: userStatus({ disabled, dataLimit, expiresAt, dataUsed: user.dataUsed }, this.clock.now()),
      note: input.note === undefined ? user.note : input.note,
      dataLimit,
      expiresAt,
      location: input.location === undefined ? user.location : toLocation(input.location),
    };
  }

  private async createAll(
    inputs: readonly CreateUserInput[],
    path: (field: string, row: number) => string,
  ): Promise<User[]> {
    assertBounded(inputs);
    const users = inputs.map((input) => ({ id: randomUUID(), input }));
    await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const problems = await newUsersProblems(manager, inputs);
      if (problems.length > 0) throw refusal(problems.slice(0, MOST_PROBLEMS), path);
      await insertUsers(manager, version, newRows(users, this.store, this.clock.now())).catch(onDuplicate);
      const groupIds = [...new Set(inputs.flatMap((input) => input.groupIds))];
      await this.changes.mark(manager, version, 'users', { groupIds });
    });
    this.changes.announce();
    return this.byIds(users.map(({ id }) => id));
  }
}

function assertBounded(inputs: readonly CreateUserInput[]): void {
  if (inputs.length >= 1 && inputs.length <= MOST_AT_ONCE) return;
  throw badInput([{ path: 'input', message: `must be 1 to ${MOST_AT_ONCE} users` }]);
}

function bounded(userIds: readonly string[], path: string): string[] {
  const ids = [...new Set(userIds.map((id) => id.toLowerCase()))];
  if (ids.length < 1 || ids.length > MOST_CHANGED) {
    throw badInput([{ path, message: `must be 1 to ${MOST_CHANGED} users` }]);
  }
  if (!ids.every(isUuid)) throw notFound('A user of these ids');
  return ids;
}

async function groupsOf(manager: EntityManager, userIds: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ group_id: string }[]>(
    'SELECT DISTINCT group_id FROM user_groups WHERE user_id = ANY($1)',
    [userIds],
  );
  return rows.map((row) => row.group_id);
}

async function setGroups(
  manager: EntityManager,
  version: string,
  userId: string,
  groupIds: readonly string[],
): Promise<void> {
  await manager.query(
    `WITH gone AS (DELETE FROM user_groups WHERE user_id = $1 AND group_id <> ALL($2::uuid[]) RETURNING group_id)
     INSERT INTO user_departures (user_id, group_id, version) SELECT $1, group_id, $3 FROM gone
     ON CONFLICT (user_id, group_id) DO UPDATE SET version = excluded.version, at = now()`,
    [userId, groupIds, version],
  );
  await manager.query(
    'INSERT INTO user_groups (user_id, group_id) SELECT $1, g FROM unnest($2::uuid[]) g ON CONFLICT DO NOTHING',
    [userId, [...new Set(groupIds)]],
  );
}
