import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminRole } from '../access/index.js';
import type { ConfigAgent } from '../../testing/config-agent.js';
import { dumpAllTables } from '../../testing/database.js';
import { Fleet } from '../../testing/fleet.js';
import { HOSTILE_TEXTS } from '../../testing/hostile-texts.js';
import { send } from '../../testing/http.js';
import { startTestPanel, type TestPanel } from '../../testing/panel.js';
import { until } from '../../testing/until.js';

let panel: TestPanel;
let fleet: Fleet;
let group: string;
beforeAll(async () => {
  panel = await startTestPanel();
  fleet = new Fleet(panel);
  group = await fleet.group();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

type Input = Record<string, unknown>;
interface User {
  id: string;
  username: string;
  status: string;
  note: string | null;
  dataLimit: string | null;
  dataUsed: string;
  expiresAt: string | null;
  location: unknown;
  subscriptionUrl: string;
  groups: { id: string }[];
  updatedAt: string;
}

const USER = `id username status note dataLimit dataUsed expiresAt location { latitude longitude city countryCode }
  subscriptionUrl subscriptionFetchedAt subscriptionClient groups { id } createdAt updatedAt`;
const CREATE = `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { ${USER} } } }`;
const CREATE_MANY = `mutation ($input: [CreateUserInput!]!) { createUsers(input: $input) { users { id username } } }`;
const VALIDATE = `mutation ($input: [CreateUserInput!]!) { validateUsers(input: $input) { valid problems { row field message } } }`;
const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { ${USER} } } }`;
const SET_STATUS = `mutation ($input: SetUserStatusInput!) { setUserStatus(input: $input) { users { id status } } }`;
const REMOVE = `mutation ($id: ID!) { deleteUser(id: $id) { deletedId } }`;
const REMOVE_MANY = `mutation ($ids: [ID!]!) { deleteUsers(ids: $ids) { deletedIds } }`;
const ROTATE = `mutation ($id: ID!, $keep: Boolean) { rotateSubscriptionUrl(userId: $id, keepCredentials: $keep) { user { ${USER} } } }`;
const READ = `query ($id: ID!) { user(id: $id) { ${USER} } }`;

const create = async (input: Input = {}): Promise<User> =>
  (
    await panel.data<{ createUser: { user: User } }>(CREATE, {
      input: { username: fleet.unique('user'), groupIds: [group], ...input },
    })
  ).createUser.user;
const createMany = async (input: Input[]): Promise<{ id: string; username: string }[]> =>
  (await panel.data<{ createUsers: { users: { id: string; username: string }[] } }>(CREATE_MANY, { input })).createUsers
    .users;
const update = async (input: Input): Promise<User> =>
  (await panel.data<{ updateUser: { user: User } }>(UPDATE, { input })).updateUser.user;
const read = async (id: string): Promise<User | null> => (await panel.data<{ user: User | null }>(READ, { id })).user;
const rotate = async (id: string, keep?: boolean | null): Promise<User> =>
  (await panel.data<{ rotateSubscriptionUrl: { user: User } }>(ROTATE, { id, keep })).rotateSubscriptionUrl.user;
const problemsOf = async (input: Input[]): Promise<{ row: number; field: string; message: string }[]> => {
  const { validateUsers } = await panel.data<{ validateUsers: { valid: boolean; problems: never[] } }>(VALIDATE, {
    input,
  });
  expect(validateUsers.valid).toBe(validateUsers.problems.length === 0);
  return validateUsers.problems;
};
const count = async (search: string): Promise<number> =>
  (
    await panel.data<{ users: { totalCount: number } }>(
      'query ($search: String) { users(filter: { search: $search }) { totalCount } }',
      { search },
    )
  ).users.totalCount;
const use = (id: string, bytes: string): Promise<unknown> =>
  panel.db.query('UPDATE users SET data_used = $2 WHERE id = $1', [id, bytes]);
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** The same to VLESS, which does not look at bytes 6 and 7. */
const TWINS = ['5783a3e7-e373-51cd-8642-c83782b807c5', '5783a3e7-e373-0000-8642-c83782b807c5'] as const;

describe('making a user', () => {
  test('it has all that was said of it, and what was not said is empty', async () => {
    const full = {
      username: 'Zoë.Müller+1@example-site_x',
      note: `"NULL", {quoted} \\ and 'more'\n${'ü'.repeat(10)}`,
      dataLimit: '9223372036854775807',
      expiresAt: inAnHour(),
      location: { latitude: -52.5, longitude: 13.4, city: 'Berlin "Mitte"', countryCode: 'DE' },
    };
    const user = await create({ ...full, uuid: randomUUID(), password: '!"#$%&\'{}\\~' });
    expect(user).toMatchObject({ ...full, status: 'ACTIVE', dataUsed: '0', groups: [{ id: group }] });
    expect(await read(user.id)).toEqual(user);
    expect(await create({ username: 'x', groupIds: [] })).toMatchObject({
      note: null,
      dataLimit: null,
      expiresAt: null,
      location: null,
      groups: [],
      subscriptionFetchedAt: null,
    });
  });

  test('a group that is named twice, in whatever case, has it once', async () => {
    const user = await create({ groupIds: [group, group, group.toUpperCase()] });
    expect(user.groups).toEqual([{ id: group }]);
  });

  test('[R7.1] the credentials that it brings from another panel are those that its nodes get', async () => {
    const agent = await fleet.agent([group]);
    const credentials = { uuid: randomUUID(), password: 'from another panel'.replaceAll(' ', '-') };
    const { id } = await create(credentials);
    await until('the user', () => agent.userIds.includes(id));
    expect(agent.document?.users.get(id)).toMatchObject(credentials);
  });

  const BAD: [field: string, value: unknown][] = [
    ['username', ''],
    ['username', ' begins'],
    ['username', 'ends '],
    ['username', '.begins'],
    ['username', 'a/b'],
    ['username', 'a\nb'],
    ['username', 'a\0b'],
    ['username', 'x'.repeat(65)],
    ['note', 'x'.repeat(501)],
    ['note', 'a\0b'],
    ['uuid', ''],
    ['uuid', 'nonsense'],
    ['uuid', '-'.repeat(36)],
    ['uuid', `${'-'.repeat(35)}a`],
    ['uuid', TWINS[0].toUpperCase()],
    ['uuid', TWINS[0].replaceAll('-', '')],
    ['password', 'seven77'],
    ['password', 'x'.repeat(129)],
    ['password', 'with a space'],
    ['password', 'not-äscii'],
    ['password', 'a\0bcdefgh'],
    ['dataLimit', '0'],
    ['dataLimit', '-1'],
    ['groupIds', ['nonsense']],
    ['groupIds', ['a\0b']],
    ['groupIds', [randomUUID()]],
  ];
  test.each(BAD)('%s %j is refused naming the field, by validateUsers as well', async (field, value) => {
    const input = { username: fleet.unique('bad'), groupIds: [], [field]: value };
    const { code, fields } = await panel.refusal(CREATE, { input });
    expect([code, ...fields.map(({ path }) => path)]).toEqual(['BAD_USER_INPUT', field]);
    expect((await problemsOf([input])).map(({ field: named }) => named)).toEqual([field]);
  });

  test.each([
    ['location.latitude', { latitude: 90.1, longitude: 0 }],
    ['location.longitude', { latitude: 0, longitude: -181 }],
    ['location.city', { latitude: 0, longitude: 0, city: 'x'.repeat(101) }],
    ['location.city', { latitude: 0, longitude: 0, city: 'a\0b' }],
    ['location.city', { latitude: 0, longitude: 0, city: 'a\ud800b' }],
    ['location.countryCode', { latitude: 0, longitude: 0, countryCode: 'de' }],
    ['location.countryCode', { latitude: 0, longitude: 0, countryCode: 'a\0' }],
  ])('a wrong %s is refused naming the field, everywhere', async (path, location) => {
    const input = { username: fleet.unique('bad'), groupIds: [], location };
    expect(await panel.refusal(CREATE, { input })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect(await problemsOf([input])).toMatchObject([{ row: 0, field: path }]);
    const { id } = await create();
    expect(await panel.refusal(UPDATE, { input: { id, location } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path }],
    });
  });

  test('all that is wrong is told at once', async () => {
    const input = {
      username: '!',
      note: 'x'.repeat(501),
      uuid: 'x',
      password: 'x',
      dataLimit: '0',
      groupIds: Array.from({ length: 101 }, () => randomUUID()),
      location: { latitude: 100, longitude: 200, countryCode: 'x' },
    };
    const { code, fields } = await panel.refusal(CREATE, { input });
    expect(code).toBe('BAD_USER_INPUT');
    expect(new Set(fields.map(({ path }) => path))).toEqual(
      new Set([
        'username',
        'note',
        'uuid',
        'password',
        'dataLimit',
        'groupIds',
        'location.latitude',
        'location.longitude',
        'location.countryCode',
      ]),
    );
  });

  test.each(['2026-02-28', 'tomorrow', '2026-13-01T00:00:00Z', 1_767_225_600])(
    'the time %j is none, and is not repeated in the refusal',
    async (expiresAt) => {
      const refusal = await panel.refusal(CREATE, { input: { username: 'x', groupIds: [], expiresAt } });
      expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'expiresAt' }] });
      expect(JSON.stringify(refusal)).not.toContain(String(expiresAt));
    },
  );

  test('a name or a UUID that another user has is a conflict that names the field', async () => {
    const [uuid, twin] = TWINS;
    const password = 'one-for-each';
    const { username } = await create({ uuid, password });
    for (const [input, path] of [
      [{ username }, 'username'],
      // Trojan and Shadowsocks would take the two for one.
      [{ password }, 'password'],
      [{ uuid }, 'uuid'],
      [{ uuid: twin }, 'uuid'],
    ] as const) {
      const refusal = await panel.refusal(CREATE, {
        input: { username: fleet.unique('taken'), groupIds: [], ...input },
      });
      expect(refusal).toMatchObject({ code: 'CONFLICT', fields: [{ path }] });
      expect(refusal.message).not.toContain(uuid);
      expect(refusal.message).not.toContain(password);
      expect(refusal.fields).toHaveLength(1);
    }
    // Another case is another name.
    await create({ username: username.toUpperCase() });
  });

  test('one name at the same moment: one user is made', async () => {
    const username = fleet.unique('racing');
    const input = { username, groupIds: [group] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => panel.graphql(CREATE, { input })));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    for (const { errors } of answers.filter(({ data }) => !data)) {
      expect(errors?.[0]?.extensions?.['code']).toBe('CONFLICT');
    }
  });
});

describe('making many users', () => {
  const rows = (length: number, input: Input = {}): Input[] => {
    const prefix = fleet.unique('row');
    return Array.from({ length }, (_, index) => ({ username: `${prefix}.${index}`, groupIds: [group], ...input }));
  };

  test('10,000 are made at once, in the order of the input', async () => {
    const input = rows(10_000, { dataLimit: '1000', note: 'imported "with" \\ quotes' });
    const users = await createMany(input);
    expect(users.map(({ username }) => username)).toEqual(input.map(({ username }) => username));
    expect(await count('imported "with" \\ quotes')).toBe(10_000);
  });

  test.each([0, 10_001])('%i are refused, by validateUsers as well', async (length) => {
    const input = rows(length, { groupIds: [] });
    for (const query of [CREATE_MANY, VALIDATE]) {
      expect(await panel.refusal(query, { input })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input', message: 'must be 1 to 10000 users' }],
      });
    }
  });

  test('one bad row among many, and none is made; each problem names its row', async () => {
    const input = rows(500);
    const { username: taken } = await create();
    Object.assign(input[7]!, { username: '!' });
    Object.assign(input[42]!, { username: taken });
    Object.assign(input[43]!, { groupIds: [randomUUID()] });
    Object.assign(input[44]!, { username: input[3]!['username'] });
    const [uuid, twin] = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-f00d-8000-000000000001'];
    Object.assign(input[100]!, { uuid });
    Object.assign(input[101]!, { uuid: twin });
    const expected = ['7.username', '42.username', '43.groupIds', '44.username', '101.uuid'];
    const { code, fields } = await panel.refusal(CREATE_MANY, { input });
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map(({ path }) => path)).toEqual(expected);
    expect((await problemsOf(input)).map(({ row, field }) => `${row}.${field}`)).toEqual(expected);
    expect(await count(String(input[0]!['username']))).toBe(0);
  });

  test('names that are taken, and nothing else, are a conflict', async () => {
    const input = rows(3);
    await createMany(input);
    const { code, fields } = await panel.refusal(CREATE_MANY, { input });
    expect([code, ...fields.map(({ path }) => path)]).toEqual(['CONFLICT', '0.username', '1.username', '2.username']);
  });

  test('thousands of problems are cut short', async () => {
    const input = rows(3_000, { password: 'x' });
    const { fields, message } = await panel.refusal(CREATE_MANY, { input });
    expect(fields).toHaveLength(1_000);
    expect(message.length).toBeLessThan(5_000);
    expect(await problemsOf(input)).toHaveLength(1_000);
  });

  test('validateUsers says that all is well, and stores nothing', async () => {
    const input = rows(20);
    expect(await problemsOf(input)).toEqual([]);
    expect(await count(String(input[0]!['username']))).toBe(0);
    await createMany(input);
  });
});

describe('changing a user', () => {
  const full = () => ({
    note: 'before',
    dataLimit: '1000',
    expiresAt: inAnHour(),
    location: { latitude: 1, longitude: 2, city: null, countryCode: null },
  });

  test('an absent field stays as it is', async () => {
    const user = await create(full());
    const { updatedAt: _, ...same } = user;
    expect(await update({ id: user.id })).toMatchObject(same);
    expect(await update({ id: user.id, note: 'after' })).toMatchObject({ ...same, note: 'after' });
  });

  test('null clears what can be cleared', async () => {
    const { id } = await create(full());
    const cleared = { note: null, dataLimit: null, expiresAt: null, location: null };
    expect(await update({ id, ...cleared })).toMatchObject({ ...cleared, status: 'ACTIVE', groups: [{ id: group }] });
    for (const field of ['status', 'groupIds']) {
      expect(await panel.refusal(UPDATE, { input: { id, [field]: null } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: field }],
      });
    }
  });

  test('all that is wrong is told at once, and nothing is changed', async () => {
    const user = await create(full());
    const input = {
      id: user.id,
      status: 'LIMITED',
      note: 'x'.repeat(501),
      dataLimit: '0',
      location: { latitude: 91, longitude: 0 },
    };
    const { code, fields } = await panel.refusal(UPDATE, { input });
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map(({ path }) => path).toSorted()).toEqual(['dataLimit', 'location.latitude', 'note', 'status']);
    const unknown = { id: user.id, note: 'after', groupIds: [group, randomUUID(), 'a\0b'] };
    expect(await panel.refusal(UPDATE, { input: unknown })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'groupIds.1' }, { path: 'groupIds.2' }],
    });
    expect(await read(user.id)).toEqual(user);
  });

  test('[R6.3] it may be in many groups; the whole new list is given', async () => {
    const [a, b] = [await fleet.group(), await fleet.group()];
    const { id } = await create();
    expect((await update({ id, groupIds: [a, b, a, b.toUpperCase()] })).groups).toEqual([{ id: a }, { id: b }]);
    expect((await update({ id, groupIds: [] })).groups).toEqual([]);
  });

  test.each([randomUUID(), 'nonsense', '', 'a\0b'])('of the id %j, which there is not, is refused', async (id) => {
    expect(await panel.refusal(UPDATE, { input: { id, note: 'x' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await panel.refusal(REMOVE, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await panel.refusal(ROTATE, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await read(id)).toBeNull();
  });
});

describe('what a user is', () => {
  test('time is over: EXPIRED, at once when it is set, and ACTIVE again when there is more', async () => {
    const { id, status } = await create({ expiresAt: LONG_AGO });
    expect(status).toBe('EXPIRED');
    expect((await update({ id, expiresAt: inAnHour() })).status).toBe('ACTIVE');
    expect((await update({ id, expiresAt: LONG_AGO })).status).toBe('EXPIRED');
    expect((await update({ id, expiresAt: null })).status).toBe('ACTIVE');
  });

  test('data is used up: LIMITED as soon as as much as the limit, and ACTIVE again when there is more', async () => {
    const { id } = await create({ dataLimit: '1000' });
    await use(id, '999');
    expect((await update({ id, dataLimit: '1000' })).status).toBe('ACTIVE');
    await use(id, '1000');
    expect((await update({ id, dataLimit: '1000' })).status).toBe('LIMITED');
    expect((await update({ id, dataLimit: '1001' })).status).toBe('ACTIVE');
    expect((await update({ id, dataLimit: '1' })).status).toBe('LIMITED');
    expect((await update({ id, dataLimit: null })).status).toBe('ACTIVE');
  });

  test('an administrator decides before time, and time before data', async () => {
    const { id } = await create({ dataLimit: '10', expiresAt: LONG_AGO });
    await use(id, '10');
    expect((await update({ id, status: 'DISABLED' })).status).toBe('DISABLED');
    expect((await update({ id, expiresAt: inAnHour(), dataLimit: null })).status).toBe('DISABLED');
    expect((await update({ id, expiresAt: LONG_AGO, dataLimit: '10', status: 'ACTIVE' })).status).toBe('EXPIRED');
    expect((await update({ id, expiresAt: null })).status).toBe('LIMITED');
    expect((await update({ id, dataLimit: null, status: 'ACTIVE' })).status).toBe('ACTIVE');
  });

  test.each(['LIMITED', 'EXPIRED'])('nobody is made %s by hand', async (status) => {
    const { id } = await create();
    const expected = { code: 'BAD_USER_INPUT', fields: [{ path: 'status' }] };
    expect(await panel.refusal(UPDATE, { input: { id, status } })).toMatchObject(expected);
    expect(await panel.refusal(SET_STATUS, { input: { userIds: [id], status } })).toMatchObject(expected);
  });

  test('[R7.1] whose time runs out expires by itself and leaves the nodes', async () => {
    const agent = await fleet.agent([group]);
    const { id } = await create({ expiresAt: inAnHour() });
    await until('the user', () => agent.userIds.includes(id));
    await panel.db.query(`UPDATE users SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    await until('the user gone', () => !agent.userIds.includes(id));
    expect((await read(id))?.status).toBe('EXPIRED');
    // Who is switched off already stays so.
    const off = await create();
    await update({ id: off.id, status: 'DISABLED' });
    await panel.db.query(`UPDATE users SET expires_at = now() - interval '1 second' WHERE id = $1`, [off.id]);
    const next = await create({ expiresAt: inAnHour() });
    await panel.db.query(`UPDATE users SET expires_at = now() - interval '1 second' WHERE id = $1`, [next.id]);
    await until('the next to expire', async () => (await read(next.id))?.status === 'EXPIRED');
    expect((await read(off.id))?.status).toBe('DISABLED');
  });
});

describe('many users at once', () => {
  test('are switched off and on; limit and expiry are kept to', async () => {
    const users = [await create(), await create({ expiresAt: LONG_AGO }), await create({ dataLimit: '5' })];
    const userIds = users.map(({ id }) => id);
    await use(userIds[2]!, '5');
    const set = async (status: string, ids: string[] = userIds) =>
      (
        await panel.data<{ setUserStatus: { users: { id: string; status: string }[] } }>(SET_STATUS, {
          input: { userIds: ids, status },
        })
      ).setUserStatus.users;
    expect(await set('DISABLED')).toEqual(userIds.map((id) => ({ id, status: 'DISABLED' })));
    expect((await set('ACTIVE')).map(({ status }) => status)).toEqual(['ACTIVE', 'EXPIRED', 'LIMITED']);
    const [first = ''] = userIds;
    expect(await set('DISABLED', [first, first, first.toUpperCase()])).toEqual([{ id: first, status: 'DISABLED' }]);
  });

  test.each([
    ['one that does not exist', () => randomUUID(), 'NOT_FOUND'],
    ['one that is no id', () => 'nonsense', 'NOT_FOUND'],
    ['one with the character U+0000', () => 'a\0b', 'NOT_FOUND'],
  ])('with %s among them are left alone, all of them', async (_what, other, code) => {
    const { id } = await create();
    const ids = [id, other()];
    expect(await panel.refusal(SET_STATUS, { input: { userIds: ids, status: 'DISABLED' } })).toMatchObject({ code });
    expect(await panel.refusal(REMOVE_MANY, { ids })).toMatchObject({ code });
    expect((await read(id))?.status).toBe('ACTIVE');
  });

  test.each([0, 1_001])('are 1 to 1,000, not %i', async (length) => {
    const ids = Array.from({ length }, () => randomUUID());
    expect(await panel.refusal(SET_STATUS, { input: { userIds: ids, status: 'ACTIVE' } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'userIds' }],
    });
    expect(await panel.refusal(REMOVE_MANY, { ids })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'ids' }],
    });
  });

  test('are deleted, and their names are free again', async () => {
    const prefix = fleet.unique('thousand');
    const made = Array.from({ length: 1_000 }, (_, index) => ({ username: `${prefix}.${index}`, groupIds: [group] }));
    const ids = (await createMany(made)).map(({ id }) => id);
    const { deleteUsers } = await panel.data<{ deleteUsers: { deletedIds: string[] } }>(REMOVE_MANY, { ids });
    expect(deleteUsers.deletedIds).toEqual(ids);
    expect(await count(prefix)).toBe(0);
    await createMany(made);
  });
});

describe('a new link', () => {
  const fetched = async (url: string): Promise<number> => (await send(`${url}?format=links`)).status;
  const credentialsAt = (agent: ConfigAgent, id: string): unknown => agent.document?.users.get(id);

  test('[R7.1] ends the old one; nodes hear of the new credentials', async () => {
    const own = await fleet.group();
    const agent = await fleet.agent([own]);
    const { id, subscriptionUrl: old } = await create({ groupIds: [own] });
    await fleet.inStep(agent);
    const before = credentialsAt(agent, id);
    expect(await fetched(old)).toBe(200);
    const { subscriptionUrl } = await rotate(id);
    expect(subscriptionUrl).not.toBe(old);
    expect([await fetched(old), await fetched(subscriptionUrl)]).toEqual([404, 200]);
    await fleet.inStep(agent);
    const after = credentialsAt(agent, id) as { uuid: string; password: string };
    expect(after.uuid).not.toBe((before as typeof after).uuid);
    expect(after.password).not.toBe((before as typeof after).password);
    expect(agent.received.at(-1)).toMatchObject({ kind: 'ApplyUsers', users: 1 });
  });

  test('that keeps the credentials does not touch the nodes', async () => {
    const own = await fleet.group();
    const agent = await fleet.agent([own]);
    const { id, subscriptionUrl: old } = await create({ groupIds: [own] });
    await fleet.inStep(agent);
    const [before, received] = [credentialsAt(agent, id), agent.received.length];
    const { subscriptionUrl } = await rotate(id, true);
    expect([await fetched(old), await fetched(subscriptionUrl)]).toEqual([404, 200]);
    // What comes after it comes alone.
    await create({ groupIds: [own] });
    await fleet.inStep(agent);
    expect(agent.received.slice(received)).toMatchObject([{ kind: 'ApplyUsers', users: 1 }]);
    expect(credentialsAt(agent, id)).toEqual(before);
  });

  test('frees the UUID that the user had', async () => {
    const uuid = randomUUID();
    const { id } = await create({ uuid });
    await rotate(id, null);
    await create({ uuid });
  });
});

describe('nodes that have yet to hear of a user', () => {
  const pending = async (id: string): Promise<string[]> => {
    const { user } = await panel.data<{ user: { pendingNodes: { id: string }[] } }>(
      'query ($id: ID!) { user(id: $id) { pendingNodes { id } } }',
      { id },
    );
    return user.pendingNodes.map((node) => node.id);
  };

  test('are those of its groups that are away, also of groups that it has left', async () => {
    const [here, there, elsewhere] = [await fleet.group(), await fleet.group(), await fleet.group()];
    const agents = [await fleet.agent([here]), await fleet.agent([there]), await fleet.agent([elsewhere])];
    for (const agent of agents) await fleet.inStep(agent);
    const [first, second] = agents as [ConfigAgent, ConfigAgent];
    const { id } = await create({ groupIds: [here, there] });
    await until('nobody', async () => (await pending(id)).length === 0);
    await second.leave();
    await update({ id, groupIds: [here] });
    await until('the one that is away', async () => (await pending(id)).join() === second.nodeId);
    await first.leave();
    await update({ id, status: 'DISABLED' });
    expect(new Set(await pending(id))).toEqual(new Set([first.nodeId, second.nodeId]));
    await first.reconnect();
    await second.reconnect();
    await until('nobody again', async () => (await pending(id)).length === 0);
    for (const agent of [first, second]) expect(agent.userIds).toEqual([]);
  });
});

describe('the list of users', () => {
  const list = async (variables: Input): Promise<string[]> => {
    const { users } = await panel.data<{ users: { nodes: { username: string }[]; totalCount: number } }>(
      `query ($filter: UserFilter, $orderBy: UserOrder) { users(first: 100, filter: $filter, orderBy: $orderBy) { nodes { username } totalCount } }`,
      variables,
    );
    expect(users.totalCount).toBe(users.nodes.length);
    return users.nodes.map(({ username }) => username);
  };

  test('is filtered by name or note, status, group and node, all of which have to hold', async () => {
    const node = await fleet.node();
    const [a, b] = [await fleet.group({ nodeIds: [node] }), await fleet.group()];
    await create({ username: 'Filtered.one', groupIds: [a] });
    await create({ username: 'filtered.two', groupIds: [a, b], expiresAt: LONG_AGO });
    await create({ username: 'other', groupIds: [b], note: 'is FILTERED by its note: 100%_' });
    const search = 'filtered';
    expect(await list({ filter: { search } })).toHaveLength(3);
    expect(await list({ filter: { search, status: ['EXPIRED'] } })).toEqual(['filtered.two']);
    expect(await list({ filter: { search, groupIds: [a] } })).toHaveLength(2);
    expect(await list({ filter: { search, groupIds: [a, b] } })).toHaveLength(3);
    expect(await list({ filter: { search, nodeIds: [node] } })).toHaveLength(2);
    expect(await list({ filter: { search, nodeIds: [node], groupIds: [b] } })).toEqual(['filtered.two']);
    expect(await list({ filter: { search: '0%_' } })).toEqual(['other']);
    for (const filter of [{ status: [] }, { groupIds: [] }, { groupIds: ['a\0b'] }, { nodeIds: ['nonsense'] }]) {
      expect(await list({ filter: { search, ...filter } })).toEqual([]);
    }
  });

  test('is in the order that is asked for', async () => {
    for (const name of ['ordered-b', 'ordered-c', 'ordered-a']) await create({ username: name });
    const filter = { search: 'ordered-' };
    const order = (field: string, direction: string) => list({ filter, orderBy: { field, direction } });
    expect(await list({ filter })).toEqual(['ordered-a', 'ordered-b', 'ordered-c']);
    expect(await order('USERNAME', 'DESC')).toEqual(['ordered-c', 'ordered-b', 'ordered-a']);
    expect(await order('CREATED_AT', 'ASC')).toEqual(['ordered-b', 'ordered-c', 'ordered-a']);
    expect(await order('CREATED_AT', 'DESC')).toEqual(['ordered-a', 'ordered-c', 'ordered-b']);
  });

  test('[R9.2] of a node is that of its groups', async () => {
    const id = await fleet.node();
    const groups = [await fleet.group({ nodeIds: [id] }), await fleet.group({ nodeIds: [id] })];
    const { username } = await create({ username: fleet.unique('of-node'), groupIds: groups });
    await create();
    const { node } = await panel.data<{ node: { users: unknown } }>(
      'query ($id: ID!) { node(id: $id) { users { nodes { username } totalCount } } }',
      { id },
    );
    expect(node.users).toEqual({ nodes: [{ username }], totalCount: 1 });
  });
});

describe('secrets', () => {
  test('UUID, password and link of a user stand in no table, no log and no answer', async () => {
    const own = await fleet.group();
    const agent = await fleet.agent([own]);
    const given = { uuid: randomUUID(), password: 'a-password-of-its-own' };
    const [imported, made] = [await create({ groupIds: [own], ...given }), await create({ groupIds: [own] })];
    await fleet.inStep(agent);
    const generated = agent.document!.users.get(made.id)!;
    const refusals = [
      await panel.graphql(CREATE, { input: { username: fleet.unique('x'), groupIds: [], ...given } }),
      await panel.graphql(CREATE, { input: { username: '!', groupIds: [], ...given } }),
      await panel.graphql(CREATE, { input: { username: 7, groupIds: [], ...given } }),
      await panel.graphql(VALIDATE, { input: [{ username: '!', groupIds: [], ...given }] }),
    ];
    const answers = [
      ...refusals,
      await panel.graphql(`{ users(first: 100) { nodes { ${USER.replace('subscriptionUrl', '')} } } }`),
      await panel.graphql('query ($id: ID!) { node(id: $id) { config users { nodes { id } } } }', { id: agent.nodeId }),
    ];
    const links = [imported, made].map(({ subscriptionUrl }) => subscriptionUrl.split('/').at(-1)!);
    for (const url of [imported.subscriptionUrl, made.subscriptionUrl]) await send(`${url}?format=links`);
    const secrets = [given.uuid, given.password, generated.uuid, generated.password, ...links];
    const places = {
      tables: await dumpAllTables(panel.db),
      log: JSON.stringify(panel.logEntries),
      answers: JSON.stringify(answers),
    };
    expect(places.tables).toContain(made.id);
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) {
        for (const form of [secret, secret.replaceAll('-', ''), Buffer.from(secret).toString('hex')]) {
          expect(text.includes(form), `${secret} in the ${place}`).toBe(false);
        }
      }
    }
  });

  test.each(['uuid', 'password', 'credentials', 'subscriptionToken', 'version'])(
    'a user has no field %s',
    async (field) => {
      expect(await panel.refusal(`{ users { nodes { ${field} } } }`)).toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  test('who may only look changes nothing', async () => {
    const token = await panel.addAdmin('only-looks', AdminRole.VIEWER);
    const { id } = await create();
    const input = { username: fleet.unique('x'), groupIds: [] };
    for (const [query, variables] of [
      [CREATE, { input }],
      [CREATE_MANY, { input: [input] }],
      [UPDATE, { input: { id } }],
      [SET_STATUS, { input: { userIds: [id], status: 'DISABLED' } }],
      [REMOVE, { id }],
      [REMOVE_MANY, { ids: [id] }],
      [ROTATE, { id }],
    ] as [string, Input][]) {
      expect(await panel.refusal(query, variables, { token })).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(
      (await panel.data<{ user: unknown }>('query ($id: ID!) { user(id: $id) { id } }', { id }, { token })).user,
    ).toEqual({ id });
  });
});

describe.each(HOSTILE_TEXTS)('%s', (_what, text) => {
  test.each(['username', 'note', 'uuid', 'password'])('is no fault as the %s of a user', async (field) => {
    const input = { username: fleet.unique('hostile'), groupIds: [], [field]: text };
    const { errors } = await panel.graphql(CREATE, { input });
    if (errors) expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: field }] });
    else expect(field).toBe('note');
    const { id } = await create();
    const changed = await panel.graphql(UPDATE, { input: { id, note: text } });
    expect(changed.errors?.[0]?.extensions?.['code'] ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
  });

  test('is no fault in a search or as a cursor', async () => {
    for (const query of [
      `query ($text: String) { users(filter: { search: $text }) { totalCount } }`,
      `query ($text: String) { users(after: $text) { nodes { id } } }`,
    ]) {
      const { errors } = await panel.graphql(query, { text });
      expect(errors?.[0]?.extensions?.['code'] ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
    }
  });
});
