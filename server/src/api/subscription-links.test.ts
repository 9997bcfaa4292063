import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fleet } from '../testing/fleet.js';
import { send, type HttpAnswer } from '../testing/http.js';
import { startTestPanel, type TestPanel } from '../testing/panel.js';
import { ONLINE, seedNode } from '../testing/seeds.js';
import { until } from '../testing/until.js';

let panel: TestPanel;
let fleet: Fleet;
beforeAll(async () => {
  panel = await startTestPanel({ public: { trustedProxies: ['127.0.0.1'] } });
  fleet = new Fleet(panel);
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

type Input = Record<string, unknown>;
interface Subscriber {
  id: string;
  link: string;
}

let source = 0;
/** Each from an address of its own, so that no test is held up by another one. */
function fetchLink(link: string, headers: Record<string, string> = {}, method = 'GET'): Promise<HttpAnswer> {
  source += 1;
  const address = `198.51.${Math.floor(source / 250)}.${source % 250}`;
  return send(link, { method, headers: { 'x-forwarded-for': address, ...headers } });
}

async function subscriber(groupIds: string[], input: Input = {}): Promise<Subscriber> {
  const id = await fleet.user(groupIds, input);
  const { user } = await panel.data<{ user: { subscriptionUrl: string } }>(
    'query ($id: ID!) { user(id: $id) { subscriptionUrl } }',
    { id },
  );
  return { id, link: user.subscriptionUrl };
}

async function node(name: string, more: { node?: Input; status?: Input } = {}): Promise<string> {
  return seedNode(panel.db, { node: { name, ...more.node }, status: { ...ONLINE, ...more.status } });
}

/** A group with one node and one proxy on it. */
async function served(): Promise<{ group: string; name: string }> {
  const name = fleet.unique('served');
  const id = await node(name);
  await fleet.proxy({ targetNodeIds: [id] });
  return { group: await fleet.group({ nodeIds: [id] }), name };
}

const linesOf = ({ text }: HttpAnswer): string[] => Buffer.from(text, 'base64').toString().split('\n').filter(Boolean);
/** What apps call the servers, in their order. */
const namesOf = (answer: HttpAnswer): string[] =>
  linesOf(answer).map((line) => decodeURIComponent(line.slice(line.lastIndexOf('#') + 1)));
const links = (link: string, headers?: Record<string, string>): Promise<HttpAnswer> =>
  fetchLink(`${link}?format=links`, headers);
const setTitle = (subscriptionTitle: string): Promise<unknown> =>
  panel.data(
    `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { subscriptionTitle } } }`,
    {
      input: { subscriptionTitle },
    },
  );

const expectSecretive = ({ headers }: HttpAnswer): void => {
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
};

describe('an address that is no link', () => {
  const unknown = randomBytes(24).toString('base64url');
  test.each([
    ['unknown', unknown],
    ['too short', 'short'],
    ['too long', 'x'.repeat(65)],
    ['far too long', 'x'.repeat(150)],
    ['of other characters', `${unknown.slice(0, 20)}!`],
    ['with U+0000 in it', `${unknown.slice(0, 20)}%00`],
    ['that looks like SQL', encodeURIComponent("' OR ''='aaaaaaaaaaaaaa")],
    ['that looks like a path', '..%2f..%2fetc%2fpasswd'],
    ['with another path behind it', `${unknown}/more`],
  ])('%s: there is nothing', async (_what, token) => {
    const answer = await fetchLink(`${panel.url}/sub/${token}`);
    // Some never come as far as the links: a path can be too long as such.
    expect([404, 414]).toContain(answer.status);
    const headers = Object.keys(answer.headers);
    expect(headers.filter((name) => /^(subscription|profile)-/.test(name))).toEqual([]);
  });

  test('an escape that is none is a fault of who asks', async () => {
    const { status } = await fetchLink(`${panel.url}/sub/%E0%A4%A`);
    expect([400, 404]).toContain(status);
  });

  test('unknown links and links of users who are gone are not told apart', async () => {
    const { group } = await served();
    const { id, link } = await subscriber([group]);
    await panel.data(`mutation ($id: ID!) { deleteUser(id: $id) { deletedId } }`, { id });
    const [gone, never] = [await links(link), await links(`${panel.url}/sub/${unknown}`)];
    expect([gone.status, gone.text]).toEqual([404, never.text]);
    const headersOf = ({ headers }: HttpAnswer) => ({ ...headers, date: undefined });
    expect(headersOf(gone)).toEqual(headersOf(never));
    expect(gone.headers['cache-control']).toBe('no-store');
  });
});

describe('[R4.2] what is answered', () => {
  test.each([
    ['links', 'text/plain; charset=utf-8'],
    ['mihomo', 'text/yaml; charset=utf-8'],
    ['stash', 'text/yaml; charset=utf-8'],
    ['clash', 'text/yaml; charset=utf-8'],
    ['sing-box', 'application/json; charset=utf-8'],
    ['xray', 'application/json; charset=utf-8'],
    ['html', 'text/html; charset=utf-8'],
  ])('%s has its type, and is kept by nobody on the way', async (format, type) => {
    const { group } = await served();
    const { link } = await subscriber([group]);
    const answer = await fetchLink(`${link}?format=${format}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    expectSecretive(answer);
    expect(answer.headers['x-robots-tag']).toContain('noindex');
    if (type.startsWith('application/json')) JSON.parse(answer.text);
    const told = answer.headers['subscription-userinfo'] !== undefined;
    expect(told).toBe(format !== 'html');
  });

  test.each([
    ['clash-verge/v2.0', '*/*', 'text/yaml; charset=utf-8'],
    ['SFA/1.11', '*/*', 'application/json; charset=utf-8'],
    ['v2rayNG/1.8', '*/*', 'text/plain; charset=utf-8'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'text/html,application/xhtml+xml', 'text/html; charset=utf-8'],
    ['Mozilla/5.0 (X11; Linux x86_64)', '*/*', 'text/plain; charset=utf-8'],
  ])('%s that accepts %s gets %s', async (agent, accept, type) => {
    const { group } = await served();
    const { link } = await subscriber([group]);
    const { headers } = await fetchLink(link, { 'user-agent': agent, accept });
    expect(headers['content-type']).toBe(type);
  });

  test('a format that is unknown is refused by the names of those that are known', async () => {
    const { group } = await served();
    const { link } = await subscriber([group]);
    const answer = await fetchLink(`${link}?format=<script>alert(1)</script>`);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/plain; charset=utf-8']);
    for (const name of ['links', 'mihomo', 'stash', 'clash', 'sing-box', 'xray', 'html']) {
      expect(answer.text).toContain(name);
    }
    expect(answer.text).not.toContain('script');
    expectSecretive(answer);
  });

  test('a format that is named twice, or by U+0000, is no fault', async () => {
    const { group } = await served();
    const { link } = await subscriber([group]);
    for (const query of ['format=links&format=clash', 'format=%00', 'format[]=links', 'format=__proto__', 'format=']) {
      expect([200, 400]).toContain((await fetchLink(`${link}?${query}`)).status);
    }
  });

  test('HEAD says the same without the body, and nothing else is allowed', async () => {
    const { group } = await served();
    const { link } = await subscriber([group]);
    const [get, head] = [await links(link), await fetchLink(`${link}?format=links`, {}, 'HEAD')];
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'subscription-userinfo', 'profile-title', 'content-length']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fetchLink(link, {}, method);
      expect([404, 405]).toContain(answer.status);
      expect(answer.headers['subscription-userinfo']).toBeUndefined();
    }
  });

  test('the page for browsers runs nothing but its own script, and is shown in no frame', async () => {
    const { group } = await served();
    const { link } = await subscriber([group], { username: fleet.unique('page') });
    const { headers, text } = await fetchLink(link, { accept: 'text/html' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(text).toContain('<!doctype html>');
  });
});

describe('[R4.2] the servers', () => {
  test('are those of the groups of the user, by name, each once', async () => {
    const prefix = fleet.unique('order');
    const [b, a, c] = [await node(`${prefix}-b`), await node(`${prefix}-a`), await node(`${prefix}-c`)];
    const groups = [await fleet.group({ nodeIds: [b, a] }), await fleet.group({ nodeIds: [a] })];
    await fleet.group({ nodeIds: [c] });
    await fleet.proxy({ targetNodeIds: [a, b, c], targetGroupIds: groups });
    const { link } = await subscriber(groups);
    expect(namesOf(await links(link))).toEqual([`${prefix}-a`, `${prefix}-b`]);
    const nobody = await subscriber([]);
    expect(namesOf(await links(nobody.link))).toEqual([]);
  });

  test('of a node with several proxies are told apart by the names of both', async () => {
    const prefix = fleet.unique('both');
    const [one, many] = [await node(`${prefix}-one`), await node(`${prefix}-many`)];
    const [y, x] = [`${prefix}-y`, `${prefix}-x`];
    await fleet.proxy({ name: y, targetNodeIds: [many, one] });
    await fleet.proxy({ name: x, targetNodeIds: [many] });
    await fleet.proxy({ name: fleet.unique('off'), targetNodeIds: [one, many], enabled: false });
    const { link } = await subscriber([await fleet.group({ nodeIds: [one, many] })]);
    expect(namesOf(await links(link))).toEqual([`${prefix}-many · ${x}`, `${prefix}-many · ${y}`, `${prefix}-one`]);
  });

  test('are not those that are switched off or have never been there; who is away for a moment stays', async () => {
    const prefix = fleet.unique('there');
    const nodeIds = [
      await node(`${prefix}-good`),
      await node(`${prefix}-away`, { status: { connected: false } }),
      await node(`${prefix}-draining`, { node: { mode: 'DRAINING' } }),
      await node(`${prefix}-disabled`, { node: { mode: 'DISABLED' } }),
      await node(`${prefix}-never`, { status: { registered_at: null } }),
    ];
    await fleet.proxy({ targetNodeIds: nodeIds });
    const { link } = await subscriber([await fleet.group({ nodeIds })]);
    expect(namesOf(await links(link))).toEqual([`${prefix}-away`, `${prefix}-draining`, `${prefix}-good`]);
  });

  test('carry what the user alone has', async () => {
    const { group } = await served();
    const [one, two] = [await subscriber([group]), await subscriber([group])];
    const [first, second] = [linesOf(await links(one.link)), linesOf(await links(two.link))];
    expect(first).toHaveLength(1);
    expect(first).not.toEqual(second);
  });
});

describe('[R4.2] who may not use the nodes', () => {
  const change = (id: string, sql: string): Promise<unknown> =>
    panel.db.query(`UPDATE users SET ${sql} WHERE id = $1`, [id]);

  test.each([
    ['DISABLED', "status = 'DISABLED'", /total=0; expire=0$/],
    ['EXPIRED', "status = 'EXPIRED', expires_at = '2020-01-01T00:00:00Z'", /total=0; expire=1577836800$/],
    ['LIMITED', "status = 'LIMITED', data_limit = 1000, data_used = 1234", /total=1000; expire=0$/],
  ])('because of being %s gets a list without servers that says so, and no refusal', async (_status, sql, told) => {
    const { group, name } = await served();
    const { id, link } = await subscriber([group]);
    expect(namesOf(await links(link))).toEqual([name]);
    await change(id, sql);
    for (const format of ['links', 'mihomo', 'stash', 'clash', 'sing-box', 'xray']) {
      const answer = await fetchLink(`${link}?format=${format}`);
      expect(answer.status).toBe(200);
      expect(answer.headers['subscription-userinfo']).toMatch(told);
      expect(answer.text).not.toContain(name);
    }
    expect(namesOf(await links(link))).toEqual([]);
    const page = await fetchLink(link, { accept: 'text/html' });
    expect([page.status, page.text.includes(name)]).toEqual([200, false]);
  });

  test('is told how much was used, also in numbers beyond 53 bits', async () => {
    const { group } = await served();
    const { id, link } = await subscriber([group], { dataLimit: '9223372036854775807' });
    await change(id, 'data_used = 9007199254740993');
    const { headers } = await links(link);
    const info = String(headers['subscription-userinfo']);
    const { upload, download, total } = Object.fromEntries(info.split('; ').map((part) => part.split('='))) as Record<
      string,
      string
    >;
    expect(BigInt(upload!) + BigInt(download!)).toBe(9_007_199_254_740_993n);
    expect(total).toBe('9223372036854775807');
  });
});

describe('the title of the panel', () => {
  test.each([
    'x"; filename="evil.exe',
    "x'%0d%0aset-cookie: a=b",
    'a\u2028b\u202ec',
    '日本 🚀',
    '<script>alert(1)</script>',
    '/../..',
  ])('%j cannot end a header or begin another', async (title) => {
    await setTitle(title);
    const { group } = await served();
    const { link } = await subscriber([group]);
    const { status, headers } = await links(link);
    expect(status).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+$/);
    const told = /^base64:(.+)$/.exec(String(headers['profile-title']))?.[1] ?? '';
    expect(Buffer.from(told, 'base64').toString()).toBe(title.replaceAll(/[\u2028]/g, ' ').replaceAll('\u202e', ''));
    const page = await fetchLink(link, { accept: 'text/html' });
    expect(page.text).not.toContain('<script>alert');
  });

  test('that was put there by another hand is no fault either', async () => {
    await panel.db.query(`UPDATE settings SET subscription_title = E'a\\r\\nset-cookie: b=c'`);
    await panel.data(
      `mutation { updateSettings(input: { subscriptionUpdateHours: 24 }) { settings { subscriptionTitle } } }`,
    );
    const { group } = await served();
    const { link } = await subscriber([group]);
    const { status, headers } = await links(link);
    expect([status, headers['set-cookie'], headers['profile-update-interval']]).toEqual([200, undefined, '24']);
    await setTitle('V Panel');
  });
});

describe('the use of a link', () => {
  const noted = async (id: string) =>
    (
      await panel.data<{ user: { subscriptionFetchedAt: string | null; subscriptionClient: string | null } }>(
        'query ($id: ID!) { user(id: $id) { subscriptionFetchedAt subscriptionClient } }',
        { id },
      )
    ).user;

  test('by an app is noted, with what the app calls itself', async () => {
    const { group } = await served();
    const { id, link } = await subscriber([group]);
    await fetchLink(link, { accept: 'text/html' });
    await links(link, { 'user-agent': `v2rayNG/1.8 \u00fc${'x'.repeat(1_000)}` });
    const note = await until('a note', async () => {
      const user = await noted(id);
      return user.subscriptionFetchedAt !== null && user;
    });
    expect(note.subscriptionClient).toBe(`v2rayNG/1.8 ${'x'.repeat(1_000)}`.slice(0, 256));
    await links(link);
    await until('another note', async () => (await noted(id)).subscriptionClient === null);
  });

  test('by a browser is not: no app has the servers yet', async () => {
    const { group } = await served();
    const [looked, used] = [await subscriber([group]), await subscriber([group])];
    await fetchLink(looked.link, { accept: 'text/html', 'user-agent': 'Mozilla/5.0' });
    await links(used.link);
    await until('the note of what came later', async () => (await noted(used.id)).subscriptionFetchedAt);
    expect(await noted(looked.id)).toEqual({ subscriptionFetchedAt: null, subscriptionClient: null });
  });
});

test('who asks too often is told when to come back, others are not held up', async () => {
  const { group } = await served();
  const { link } = await subscriber([group]);
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(`${link}?format=links`, { headers })));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(60);
  for (const answer of refused) {
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.text).not.toContain('#');
    expectSecretive(answer);
  }
  // Guesses count as well, and whoever guesses is not told whether one was right.
  const guess = await send(`${panel.url}/sub/${randomBytes(24).toString('base64url')}`, { headers });
  expect([404, 429]).toContain(guess.status);
  expect((await links(link)).status).toBe(200);
});
