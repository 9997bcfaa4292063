import 'reflect-metadata';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AlertParts, START, unhealthy, type AlertPartsOptions } from '../../testing/alerts.js';
import { FakeClock } from '../../testing/clock.js';
import { cloneDatabase, connectTo, dumpAllTables, type TestDatabase } from '../../testing/database.js';
import { HttpSink } from '../../testing/sinks.js';
import { until } from '../../testing/until.js';
import { NotificationChannelKind as Kind } from './alert.types.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = `whsec_${Buffer.from('a signing key of the tests, 32 b').toString('base64')}`;
const BOT = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345';

let database: TestDatabase;
let sink: HttpSink;
let clock: FakeClock;
let running: AlertParts[];
beforeAll(async () => {
  [database, sink] = await Promise.all([cloneDatabase(), HttpSink.start()]);
});
beforeEach(async () => {
  await database.db.query('DELETE FROM alert_channels');
  sink.clear();
  clock = new FakeClock(START);
  running = [];
});
afterEach(async () => {
  for (const parts of running) await parts.sender.stop();
  expect(running.flatMap(({ logEntries }) => logEntries.filter(({ level }) => level >= 50))).toEqual([]);
});
afterAll(async () => {
  await sink.stop();
  await database.drop();
});

function start(options: AlertPartsOptions = {}, db = database.db): AlertParts {
  const parts = new AlertParts(db, { clock, telegramUrl: sink.url, ...options });
  parts.sender.start();
  running.push(parts);
  return parts;
}

interface Row {
  id: string;
  state: string;
  attempts: number;
  due_at: Date;
  error: string | null;
  answer: string | null;
}
const rows = (): Promise<Row[]> => database.db.query<Row[]>('SELECT * FROM alert_deliveries ORDER BY seq');
const settled = (state: string): Promise<Row> =>
  until(`a message that is ${state}`, async () => (await rows()).find((row) => row.state === state));
/** When the first message has been tried so often and the outcome is written down. */
const tried = (times: number): Promise<Row> =>
  until(`attempt ${times}`, async () => {
    const [row] = await database.db.query<(Row & { logged: number })[]>(
      `SELECT d.*, (SELECT count(*)::int FROM alert_attempts a WHERE a.delivery_id = d.id) AS logged FROM alert_deliveries d
       WHERE d.claim_id IS NULL ORDER BY d.seq LIMIT 1`,
    );
    return row?.logged === times && row;
  });

describe('[R2.7] a webhook', () => {
  test('is signed so that the library of Standard Webhooks finds it good', async () => {
    clock.set(new Date());
    const parts = start();
    await parts.channel({ target: `${sink.url}/hook`, secret: KEY });
    await parts.raise(unhealthy());
    const { id } = await settled('DELIVERED');
    const [received] = sink.received;
    const verified = new Webhook(KEY).verify(received!.body, received!.headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'node.unhealthy', data: { reason: 'connection refused' } });
    expect(received!.headers['webhook-id']).toBe(`msg_${id}`);
    expect(received!.headers['content-type']).toBe('application/json');
    const other = new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`);
    expect(() => other.verify(received!.body, received!.headers as Record<string, string>)).toThrow();
  });

  test('is tried on the schedule, with the same id and body, a new time and a new signature', async () => {
    clock.set(new Date());
    sink.reply = () => ({ status: 500, body: 'broken' });
    const parts = start();
    await parts.channel({ target: sink.url, secret: KEY });
    await parts.raise(unhealthy());
    const pauses = [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
    for (const [index, pause] of pauses.entries()) {
      const row = await tried(index + 1);
      expect(row).toMatchObject({ state: 'PENDING', attempts: index + 1, error: 'HTTP 500: broken' });
      expect(row.due_at.getTime() - clock.now().getTime()).toBe(pause);
      clock.advance(pause);
    }
    expect(await tried(10)).toMatchObject({ state: 'FAILED', attempts: 10 });
    clock.advance(100 * HOUR);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sink.received.length).toBe(10);
    expect(new Set(sink.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(sink.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(sink.received.map(({ headers }) => headers['webhook-signature'])).size).toBe(10);
  });

  test('is not sent a moment before its time', async () => {
    sink.reply = () => ({ status: 500 });
    const parts = start();
    await parts.channel({ target: sink.url });
    await parts.raise(unhealthy());
    await tried(1);
    clock.advance(4_999);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sink.received.length).toBe(1);
    clock.advance(1);
    sink.reply = () => ({ body: 'thanks' });
    expect(await settled('DELIVERED')).toMatchObject({ attempts: 2, error: null, answer: 'thanks' });
  });

  test('that is gone switches its channel off, and what waited is given up', async () => {
    const parts = start();
    const id = await parts.channel({ target: sink.url });
    sink.reply = () => ({ status: 500 });
    await parts.raise(unhealthy());
    await tried(1);
    sink.reply = () => ({ status: 410, body: 'gone' });
    await parts.raise(unhealthy());
    await until('all given up', async () => (await rows()).every(({ state }) => state === 'FAILED'));
    const [channel] = await parts.channels.list();
    expect(channel).toMatchObject({ id, enabled: false, disabledReason: expect.stringContaining('410') as string });
    expect(await parts.raise(unhealthy())).toBe(0);
  });

  test('that asks for a pause gets it, and so do the others that wait for it', async () => {
    const parts = start();
    await parts.channel({ target: sink.url });
    sink.reply = () => ({ status: 429, headers: { 'retry-after': '60' } });
    await parts.raise(unhealthy());
    const row = await tried(1);
    expect(row.due_at.getTime() - clock.now().getTime()).toBe(60_000);
    sink.reply = () => ({});
    await parts.raise(unhealthy());
    clock.advance(59_999);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sink.received.length).toBe(1);
    clock.advance(1);
    await until('both delivered', async () => (await rows()).every(({ state }) => state === 'DELIVERED'));
  });

  test('that does not answer ends with its time', async () => {
    sink.reply = () => ({ silent: true });
    const parts = start({ timeoutMs: 200 });
    await parts.channel({ target: sink.url });
    await parts.raise(unhealthy());
    expect(await tried(1)).toMatchObject({ error: 'There was no answer within 0.2 s' });
  });

  test('is never redirected', async () => {
    sink.reply = () => ({ status: 307, headers: { location: `${sink.url}/elsewhere` } });
    const parts = start();
    await parts.channel({ target: sink.url });
    await parts.raise(unhealthy());
    expect(await tried(1)).toMatchObject({ error: 'HTTP 307: redirects are not followed' });
    expect(sink.received.length).toBe(1);
  });
});

describe('[R2.7] the other kinds', () => {
  const sent = async (): Promise<{ path: string; body: Record<string, unknown> }> => {
    const [received] = await sink.count(1);
    return { path: received!.path, body: JSON.parse(received!.body) as Record<string, unknown> };
  };

  test('Telegram', async () => {
    sink.reply = () => ({ body: '{"ok":true,"result":{}}' });
    const parts = start();
    await parts.channel({ kind: Kind.TELEGRAM, target: '-100123', secret: BOT });
    await parts.raise(unhealthy({ facts: { nodeName: '<fra>', reason: 'a & b' } }));
    const { path, body } = await sent();
    expect(path).toBe(`/bot${BOT}/sendMessage`);
    expect(body).toMatchObject({ chat_id: '-100123', parse_mode: 'HTML' });
    expect(body['text']).toContain('<b>Node &lt;fra&gt; is unhealthy</b>');
    await settled('DELIVERED');
  });

  test('Telegram asks for a pause in its answer, and refuses with 200', async () => {
    sink.reply = () => ({
      status: 429,
      body: '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":31}}',
    });
    const parts = start();
    await parts.channel({ kind: Kind.TELEGRAM, target: '42', secret: BOT });
    await parts.raise(unhealthy());
    const row = await tried(1);
    expect(row.due_at.getTime() - clock.now().getTime()).toBe(31_000);
    sink.reply = () => ({ body: '{"ok":false,"description":"no"}' });
    clock.advance(31_000);
    expect(await tried(2)).toMatchObject({ state: 'PENDING', error: expect.stringContaining('Refused') as string });
  });

  test('Slack', async () => {
    const parts = start();
    await parts.channel({ kind: Kind.SLACK, target: `${sink.url}/services/T000/B000/key` });
    await parts.raise(unhealthy());
    const { path, body } = await sent();
    expect(path).toBe('/services/T000/B000/key');
    expect(body['text']).toMatch(/^🔴 Node fra-\d+ is unhealthy$/u);
  });

  test('Discord, which asks for a pause in fractions of a second', async () => {
    sink.reply = () => ({ status: 429, body: '{"message":"You are being rate limited.","retry_after":1.5}' });
    const parts = start();
    await parts.channel({ kind: Kind.DISCORD, target: `${sink.url}/api/webhooks/1/key` });
    await parts.raise(unhealthy());
    const { body } = await sent();
    expect(body).toMatchObject({ embeds: [{ title: expect.stringMatching(/is unhealthy$/) as string }] });
    expect((await tried(1)).due_at.getTime() - clock.now().getTime()).toBe(1_500);
  });

  test('people are told in the order in which things happened', async () => {
    sink.reply = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return { body: '{"ok":true}' };
    };
    const parts = start();
    await parts.channel({ kind: Kind.TELEGRAM, target: '42', secret: BOT });
    const alerts = Array.from({ length: 12 }, (_, index) =>
      unhealthy({ dedupeKey: `in order ${String(index).padStart(2, '0')}`, facts: { nodeName: `n${index}` } }),
    );
    await parts.raise(...alerts);
    const names = (await sink.count(12)).map(({ body }) => /Node (n\d+) is/.exec(body)?.[1]);
    expect(names).toEqual(alerts.map(({ facts }) => facts.nodeName));
  });
});

describe('[R2.7] however panels come and go', () => {
  test('two panels on one database deliver each message once to each channel', async () => {
    const second = await connectTo(database.name);
    try {
      const one = start();
      const two = start({}, second);
      for (const name of ['a', 'b', 'c']) await one.channel({ target: `${sink.url}/${name}` });
      await Promise.all(Array.from({ length: 20 }, (_, turn) => (turn % 2 ? one : two).raise(unhealthy())));
      await until('all delivered', async () => {
        const found = await rows();
        return found.length === 60 && found.every(({ state }) => state === 'DELIVERED');
      });
      const ids = sink.received.map(({ path, headers }) => `${path} ${headers['webhook-id'] as string}`);
      expect(ids.length).toBe(60);
      expect(new Set(ids).size).toBe(60);
      await Promise.all([one.sender.stop(), two.sender.stop()]);
      running = [];
    } finally {
      await second.destroy();
    }
  });

  test('a panel that dies between sending and writing it down: another one sends it again under the same id', async () => {
    const dying = new AlertParts(database.db, { clock, leaseMs: 300 });
    await dying.channel({ target: sink.url });
    await dying.raise(unhealthy());
    const [claimed] = await dying.outbox.claim(clock.now(), 8);
    expect((await dying.courier.deliver(claimed!.channel, claimed!.notice)).ok).toBe(true);
    // Here it dies. Nobody else sends it as long as its claim lasts.
    const heir = start();
    expect(await heir.outbox.claim(clock.now(), 8)).toEqual([]);
    const row = await settled('DELIVERED');
    expect(row.attempts).toBe(2);
    expect(sink.received.map(({ headers }) => headers['webhook-id'])).toEqual([`msg_${row.id}`, `msg_${row.id}`]);
    expect(sink.received[0]?.body).toBe(sink.received[1]?.body);
    // And if it was only slow, what it writes down now changes nothing.
    const late = { ok: false, error: 'late', at: clock.now(), tookMs: 1 };
    await dying.outbox.settle(claimed!, { attempted: late, failures: 1, waitMs: 1 });
    expect((await settled('DELIVERED')).error).toBeNull();
  });

  test('a panel that stops in the middle gives its message back at once', async () => {
    sink.reply = () => ({ silent: true });
    const stopping = start();
    await stopping.channel({ target: sink.url });
    await stopping.raise(unhealthy());
    await sink.count(1);
    await stopping.sender.stop();
    expect((await rows())[0]).toMatchObject({ state: 'PENDING', attempts: 0 });
    sink.reply = () => ({});
    start();
    expect(await settled('DELIVERED')).toMatchObject({ attempts: 1 });
  });

  test('what was raised while no panel was there is sent when one comes', async () => {
    const away = new AlertParts(database.db, { clock });
    await away.channel({ target: sink.url });
    await away.raise(unhealthy());
    start();
    await settled('DELIVERED');
  });

  test('a channel that hangs holds up no other one', async () => {
    sink.reply = ({ path }) => ({ silent: path === '/slow' });
    const parts = start();
    await parts.channel({ target: `${sink.url}/slow` });
    await parts.channel({ target: `${sink.url}/fast` });
    await parts.raise(...Array.from({ length: 20 }, () => unhealthy()));
    await until('the fast channel served', () => sink.received.filter(({ path }) => path === '/fast').length === 20);
    expect(sink.received.filter(({ path }) => path === '/slow').length).toBe(4);
  });
});

test('[R2.7] no secret is in a table, an error, an answer or a log, though the receiver repeats it', async () => {
  const secretPath = 'T0SECRET/B0SECRET/verysecretkey';
  sink.reply = ({ path, headers }) => ({
    status: 400,
    body: `no: ${path} ${KEY} ${BOT} ${JSON.stringify(headers)}`,
  });
  const parts = start();
  const made = await Promise.all([
    parts.channel({ target: `${sink.url}/hook/verysecretpath?token=verysecrettoken`, secret: KEY }),
    parts.channel({ kind: Kind.TELEGRAM, target: '42', secret: BOT }),
    parts.channel({ kind: Kind.SLACK, target: `${sink.url}/services/${secretPath}` }),
  ]);
  await parts.raise(unhealthy());
  await until('all tried', async () => (await rows()).every(({ error }) => error?.startsWith('HTTP 400: no: ')));
  const tests = await Promise.all(made.map((id) => parts.channels.test(id)));
  const listed = await parts.channels.list();
  const ofWebhook = [KEY, KEY.slice(6), 'verysecretpath', 'verysecrettoken'];
  // Of the others' secrets a channel knows nothing: the sink repeats all of them to each.
  const told = JSON.stringify([await rows(), tests[0], parts.logEntries, listed]) + (await dumpAllTables(database.db));
  const own = JSON.stringify([tests[0], listed]);
  for (const secret of ofWebhook) expect(own).not.toContain(secret);
  expect(JSON.stringify(tests[1])).not.toContain(BOT);
  for (const secret of ['verysecretpath', 'verysecrettoken', 'verysecretkey', 'B0SECRET'])
    expect(told).not.toContain(secret);
});
