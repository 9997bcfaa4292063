import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, dumpAllTables } from '../../testing/database.js';
import { send, type HttpAnswer } from '../../testing/http.js';
import { ADMIN_PASSWORD, refusalOf, startTestPanel, type Refusal, type TestPanel } from '../../testing/panel.js';
import { ensureFirstAdmin } from './first-admin.js';
import { PasswordChecker } from './passwords.js';
import { within } from '../../testing/until.js';
import type { Answer } from '../../testing/socket.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken } }`;
const login = (username: string, password: string): Promise<Refusal> =>
  panel.refusal(LOGIN, { input: { username, password } }, { token: null });

const refresh = (cookie?: string): Promise<HttpAnswer> =>
  panel.post(
    { query: 'mutation { refreshSession { accessToken expiresAt viewer { name } } }' },
    { token: null, ...(cookie && { headers: { cookie } }) },
  );

const cookieOf = ({ headers }: HttpAnswer): string | undefined => headers['set-cookie']?.[0]?.split(';')[0];
const accessTokenOf = ({ text }: HttpAnswer): string | undefined =>
  (JSON.parse(text) as Answer<{ refreshSession: { accessToken: string } }>).data?.refreshSession.accessToken;
const sessionIdOf = (cookie: string): string => cookie.split('=')[1]?.split('.')[0] ?? '';

describe('signing in', () => {
  test('answers the same for an unknown name and for a wrong password', async () => {
    const answers = [
      await login('admin', 'wrong'),
      await login('nobody', ADMIN_PASSWORD),
      await login('', ''),
      await login('admin', 'x'.repeat(10_000)),
    ];
    for (const answer of answers)
      expect(answer).toEqual({
        code: 'UNAUTHENTICATED',
        message: 'The user name or the password is wrong',
        fields: [],
        extensions: { code: 'UNAUTHENTICATED' },
      });
  });

  test('is logged with address and outcome, and never with name or password', async () => {
    await login('admin', 'a wrong password');
    const entries = panel.logEntries.filter(({ msg }) => msg === 'an administrator signs in');
    expect(entries.at(-1)).toMatchObject({ remoteAddress: '127.0.0.1', outcome: 'BAD_CREDENTIALS' });
    expect(JSON.stringify(panel.logEntries)).not.toContain('a wrong password');
  });

  test('no secret of it is in the database', async () => {
    const { token, cookie } = await panel.login('admin', ADMIN_PASSWORD);
    const dump = await dumpAllTables(panel.db);
    for (const secret of [ADMIN_PASSWORD, token, cookie.split('.')[1] ?? '']) expect(dump).not.toContain(secret);
    expect(dump).toContain(sessionIdOf(cookie));
  });

  test('a password that begins like the right one does not do', async () => {
    expect((await login('admin', `${ADMIN_PASSWORD}x`)).code).toBe('UNAUTHENTICATED');
    expect((await login('admin', ADMIN_PASSWORD.slice(0, -1))).code).toBe('UNAUTHENTICATED');
  });
});

describe('refreshing', () => {
  test('rotates: the cookie is another one each time, and the newest is good', async () => {
    const { cookie } = await panel.login('admin', ADMIN_PASSWORD);
    const second = cookieOf(await refresh(cookie)) ?? '';
    const answer = await refresh(second);
    expect(cookieOf(answer)).not.toBe(second);
    expect(second).not.toBe(cookie);
    expect(await panel.data('{ viewer { name } }', {}, { token: accessTokenOf(answer) ?? '' })).toEqual({
      viewer: { name: 'admin' },
    });
  });

  test('the former token is good a moment longer, for two tabs that refresh at once, and rotates nothing', async () => {
    const { cookie } = await panel.login('admin', ADMIN_PASSWORD);
    const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)]);
    for (const answer of answers) expect(accessTokenOf(answer)).toBeDefined();
    const cookies = answers.flatMap((answer) => cookieOf(answer) ?? []);
    expect(cookies).toHaveLength(1);
    expect(accessTokenOf(await refresh(cookies[0]))).toBeDefined();
  });

  test('the former token after that ends the session and closes its socket: somebody else has it', async () => {
    const { cookie, token } = await panel.login('admin', ADMIN_PASSWORD);
    const socket = await panel.socket(token);
    const newest = cookieOf(await refresh(cookie)) ?? '';
    await panel.db.query(`UPDATE admin_sessions SET rotated_at = now() - interval '11 seconds' WHERE id = $1`, [
      sessionIdOf(cookie),
    ]);
    expect(refusalOf(JSON.parse((await refresh(cookie)).text) as Answer)).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The session is over, sign in again',
    });
    expect((await within('the end', socket.closed)).code).toBe(4403);
    expect(accessTokenOf(await refresh(newest))).toBeUndefined();
    expect(await panel.refusal('{ viewer { id } }', {}, { token })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('a wrong secret does not end the session', async () => {
    const { cookie } = await panel.login('admin', ADMIN_PASSWORD);
    expect(accessTokenOf(await refresh(`vpanel_refresh=${sessionIdOf(cookie)}.${'A'.repeat(43)}`))).toBeUndefined();
    expect(accessTokenOf(await refresh(cookie))).toBeDefined();
  });

  test('a session that is over by time is not refreshed, and its access token is refused', async () => {
    const { cookie, token } = await panel.login('admin', ADMIN_PASSWORD);
    await panel.db.query('UPDATE admin_sessions SET expires_at = now() WHERE id = $1', [sessionIdOf(cookie)]);
    expect(accessTokenOf(await refresh(cookie))).toBeUndefined();
    expect(await panel.refusal('{ viewer { id } }', {}, { token })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test.each([
    ['no cookie', undefined],
    ['an empty one', 'vpanel_refresh='],
    ['words', 'vpanel_refresh=hunter2'],
    ['an id that is none, of the right length', `vpanel_refresh=${'-'.repeat(36)}.secret`],
    ['the id of no session', 'vpanel_refresh=0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11.secret'],
  ])('with %s is refused', async (_what, cookie) => {
    expect(refusalOf(JSON.parse((await refresh(cookie)).text) as Answer)).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The session is over, sign in again',
    });
  });
});

describe('signing out', () => {
  test('the access token is refused from then on, though it has not lapsed, and the cookie is taken back', async () => {
    const { token, cookie } = await panel.login('admin', ADMIN_PASSWORD);
    const { headers } = await panel.post({ query: 'mutation { logout }' }, { token, headers: { cookie } });
    expect(headers['set-cookie']?.[0]).toMatch(/^vpanel_refresh=;.*Expires=Thu, 01 Jan 1970/);
    expect(await panel.refusal('{ viewer { id } }', {}, { token })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(accessTokenOf(await refresh(cookie))).toBeUndefined();
  });

  test('another session goes on', async () => {
    const one = await panel.login('admin', ADMIN_PASSWORD);
    const other = await panel.login('admin', ADMIN_PASSWORD);
    await panel.data('mutation { logout }', {}, { token: one.token });
    expect(await panel.data('{ viewer { name } }', {}, { token: other.token })).toEqual({ viewer: { name: 'admin' } });
  });
});

test.each(['', 'Bearer', 'Bearer ', 'bearer x', 'Basic YWRtaW46eA==', 'Bearer a.b.c'])(
  'the authorization "%s" is nobody',
  async (authorization) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const { text } = await send(`${panel.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });
    expect(refusalOf(JSON.parse(text) as Answer)).toMatchObject({ code: 'UNAUTHENTICATED' });
  },
);

describe('a later start', () => {
  const secretKey = 'a key that outlives the data directory';

  test('makes no second administrator and changes no password', async () => {
    const database = await cloneDatabase();
    const first = await startTestPanel({ database, config: { secretKey } });
    await first.stop();
    // Signs in by the first password, or would throw.
    const second = await startTestPanel({ database, config: { secretKey, adminPassword: 'another password' } });
    try {
      const variables = { input: { username: 'admin', password: 'another password' } };
      expect(await second.refusal(LOGIN, variables, { token: null })).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(second.panel.firstPassword).toBeUndefined();
      expect(await database.db.query('SELECT count(*)::int AS n FROM admins')).toEqual([{ n: 1 }]);
    } finally {
      await second.stop();
      await database.drop();
    }
  });

  test('with another secret key says which one to bring back, instead of making a second authority', async () => {
    const database = await cloneDatabase();
    try {
      await (await startTestPanel({ database, config: { secretKey } })).stop();
      const start = startTestPanel({ database, config: { secretKey: 'another key of at least 32 characters' } });
      await expect(start).rejects.toThrow(
        'Bring back secret.key of the data directory, or the former VPANEL_SECRET_KEY',
      );
    } finally {
      await database.drop();
    }
  });
});

test('the first password is made up when none was chosen, and told once', async () => {
  const { db, drop } = await cloneDatabase();
  const password = (await ensureFirstAdmin(db, undefined)) ?? '';
  expect(password).toMatch(/^[a-zA-Z2-9]{20}$/);
  expect(await ensureFirstAdmin(db, undefined)).toBeUndefined();
  const [row] = await db.query<{ hash: string }[]>('SELECT password_hash AS hash FROM admins');
  expect(row?.hash).toMatch(/^\$argon2id\$/);
  expect(await new PasswordChecker().matches(row?.hash, password)).toBe(true);
  await drop();
});
