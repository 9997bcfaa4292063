import { readFileSync } from 'node:fs';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../testing/http.js';
import { startTestPanel, type TestPanel } from '../testing/panel.js';
import { within } from '../testing/until.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => panel.stop());

const VIEWER = JSON.stringify({ query: '{ viewer { id } }' });

describe('requests that another site could make a browser send', () => {
  test('GET is refused, though the query would be fine', async () => {
    const path = `${panel.url}/graphql?query=${encodeURIComponent('{ viewer { id } }')}`;
    const headers = { authorization: `Bearer ${panel.adminToken}` };
    for (const accept of ['application/json', 'text/html']) {
      const { status, text } = await send(path, { headers: { ...headers, accept } });
      expect(status).toBe(404);
      expect(text).not.toContain('"data"');
    }
  });

  test.each([
    ['no content type', undefined],
    ['text/plain', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
  ])('POST of %s is refused', async (_what, type) => {
    const headers = { authorization: `Bearer ${panel.adminToken}`, ...(type && { 'content-type': type }) };
    const { status, text } = await send(`${panel.url}/graphql`, { method: 'POST', headers, body: VIEWER });
    expect([400, 415]).toContain(status);
    expect(text).not.toContain('"viewer"');
  });

  test.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'nonsense'])(
    'a WebSocket from a page of %s is refused',
    async (origin) => {
      await expect(panel.openSocket('public', { origin })).rejects.toThrow('status 403');
    },
  );

  test('a WebSocket from a page of the panel itself is let in', async () => {
    const socket = await panel.openSocket('public', { origin: panel.url });
    expect(await socket.init(panel.adminToken)).toBe('ack');
  });

  test('the refresh cookie goes to no script, to no other site and to no other path', async () => {
    const body = {
      query: `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
      variables: { i: { username: 'admin', password: 'correct horse battery' } },
    };
    const { headers } = await panel.post(body, { token: null });
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^vpanel_refresh=/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/graphql']) expect(cookie).toContain(attribute);
  });
});

describe('a declared proxy', () => {
  test('is believed about the address and about HTTPS', async () => {
    const behind = await startTestPanel({ public: { trustedProxies: ['127.0.0.1'], url: undefined } });
    try {
      const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
      const body = {
        query: `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
        variables: { i: { username: 'admin', password: 'correct horse battery' } },
      };
      const { headers: answered } = await behind.post(body, { token: null, headers });
      expect(answered['set-cookie']?.[0]).toContain('Secure');
      const [row] = await behind.db.query<{ remote_address: string }[]>(
        'SELECT remote_address FROM admin_sessions ORDER BY created_at DESC LIMIT 1',
      );
      expect(row?.remote_address).toBe('203.0.113.9');
    } finally {
      await behind.stop();
    }
  });

  test('that was not declared is not believed', async () => {
    const session = `SELECT remote_address FROM admin_sessions ORDER BY created_at DESC LIMIT 1`;
    const body = {
      query: `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
      variables: { i: { username: 'admin', password: 'correct horse battery' } },
    };
    await panel.post(body, { token: null, headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(await panel.db.query(session)).toEqual([{ remote_address: '127.0.0.1' }]);
  });
});

describe('headers of every answer', () => {
  test.each(['/healthz', '/graphql', '/schema.graphql', '/nothing-here'])('%s', async (path) => {
    const { headers } = await send(`${panel.url}${path}`);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});

test('/readyz says whether the database answers, /healthz whether the panel does', async () => {
  expect(await send(`${panel.url}/healthz`)).toMatchObject({ status: 200, text: 'ok\n' });
  expect(await send(`${panel.url}/readyz`)).toMatchObject({ status: 200, text: 'ready\n' });
});

test('/schema.graphql shows the whole schema, as the repository has it', async () => {
  const { text } = await send(`${panel.url}/schema.graphql`);
  const committed = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');
  expect(print(parse(text))).toBe(print(parse(committed)));
});

describe('the WebSocket', () => {
  test('speaks graphql-transport-ws and nothing else', async () => {
    await expect(panel.openSocket('public', { protocols: ['graphql-ws'] })).rejects.toThrow('status 400');
  });

  test('is to be had at /graphql only', async () => {
    const { TestSocket } = await import('../testing/socket.js');
    await expect(TestSocket.open(`${panel.url.replace('http', 'ws')}/other`)).rejects.toThrow('status 404');
  });

  test('closes on a flood of messages with 4429', async () => {
    const socket = await panel.socket();
    for (let message = 0; message < 200; message += 1) socket.send({ type: 'ping' });
    expect((await within('the end of the flood', socket.closed)).code).toBe(4429);
  });

  test('closes on a message that is too big with 1009', async () => {
    const socket = await panel.socket();
    socket.send({ type: 'ping', payload: { text: 'x'.repeat(70_000) } });
    expect((await within('the end', socket.closed)).code).toBe(1009);
  });

  test('closes with 4408 when no token is shown', async () => {
    const socket = await panel.openSocket('public');
    expect((await within('the end', socket.closed)).code).toBe(4408);
  });

  test('closes with 4401 on an operation before the token', async () => {
    const socket = await panel.openSocket('public');
    socket.subscribe('{ viewer { id } }');
    expect((await within('the end', socket.closed)).code).toBe(4401);
  });

  test('takes 40 operations at once and refuses the one after', async () => {
    const socket = await panel.socket();
    const streams = Array.from({ length: 41 }, (_, index) =>
      socket.subscribe(`subscription S${index} { clusterChanged { totalNodes } }`),
    );
    const answers = await Promise.all(streams.map((stream) => stream.next()));
    expect(answers.filter((answer) => answer?.data)).toHaveLength(40);
    expect(answers.at(-1)?.errors?.[0]).toMatchObject({
      message: 'Too many operations at once on this connection',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    await socket.close();
  });

  test('does not begin or end sessions', async () => {
    const socket = await panel.socket();
    const login = `mutation { login(input: { username: "admin", password: "correct horse battery" }) { expiresAt } }`;
    expect((await socket.request(login)).errors?.[0]?.message).toMatch(/over HTTP/);
  });
});
