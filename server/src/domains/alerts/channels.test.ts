import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EventBus } from '../../platform/events/bus.js';
import { silentLogger } from '../../platform/log.js';
import { systemClock } from '../../platform/clock.js';
import { unhealthy } from '../../testing/alerts.js';
import { dumpAllTables } from '../../testing/database.js';
import { startTestPanel, type TestPanel } from '../../testing/panel.js';
import { HttpSink } from '../../testing/sinks.js';
import { AdminRole } from '../access/index.js';
import { Alerts } from './alerts.js';

let panel: TestPanel;
let sink: HttpSink;
beforeAll(async () => {
  [panel, sink] = await Promise.all([startTestPanel({ config: { alertPrivateTargets: true } }), HttpSink.start()]);
});
afterEach(() => sink.clear());
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
  await sink.stop();
});

type Input = Record<string, unknown>;
interface Delivery {
  id: string;
  event: string;
  ok: boolean;
  state: string;
  test: boolean;
  attempts: number;
  error: string | null;
  answer: string | null;
  log: { number: number; ok: boolean; status: number | null; error: string | null }[];
}
interface Channel {
  id: string;
  name: string;
  kind: string;
  events: string[];
  enabled: boolean;
  target: string;
  language: string;
  hasSecret: boolean;
  disabledReason: string | null;
  lastDelivery: Delivery | null;
  deliveries: Delivery[];
}

const DELIVERY = `id at event ok state test attempts nextAttemptAt error answer log { number at ok tookMs status error }`;
const CHANNEL = `id name kind events enabled target language hasSecret disabledReason createdAt updatedAt
  lastDelivery { ${DELIVERY} } deliveries { ${DELIVERY} }`;
const CREATE = `mutation ($input: NotificationChannelInput!) {
  createNotificationChannel(input: $input) { channel { ${CHANNEL} } secret } }`;
const UPDATE = `mutation ($id: ID!, $input: NotificationChannelInput!) {
  updateNotificationChannel(id: $id, input: $input) { channel { ${CHANNEL} } secret } }`;
const DELETE = `mutation ($id: ID!) { deleteNotificationChannel(id: $id) { deletedId } }`;
const TRY = `mutation ($id: ID!) { testNotificationChannel(id: $id) { delivery { ${DELIVERY} } } }`;
const LIST = `query { notificationChannels { ${CHANNEL} } }`;

const KEY = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const BOT = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345';

const webhook = (more: Input = {}): Input => ({
  name: `hook ${randomUUID().slice(0, 8)}`,
  kind: 'WEBHOOK',
  events: ['NODE_UNHEALTHY'],
  target: `${sink.url}/hook`,
  ...more,
});
interface Payload {
  channel: Channel;
  secret: string | null;
}
const create = async (input: Input): Promise<Payload> =>
  (await panel.data<{ createNotificationChannel: Payload }>(CREATE, { input })).createNotificationChannel;
const update = async (id: string, input: Input): Promise<Payload> =>
  (await panel.data<{ updateNotificationChannel: Payload }>(UPDATE, { id, input })).updateNotificationChannel;
const read = async (id: string): Promise<Channel> => {
  const { notificationChannels } = await panel.data<{ notificationChannels: Channel[] }>(LIST);
  const found = notificationChannels.find((channel) => channel.id === id);
  if (!found) throw new Error('There is no such channel');
  return found;
};
const tryOut = async (id: string): Promise<Delivery> =>
  (await panel.data<{ testNotificationChannel: { delivery: Delivery } }>(TRY, { id })).testNotificationChannel.delivery;

describe('channels', () => {
  test('[R2.7] are made, read, changed and deleted', async () => {
    const { channel } = await create(webhook({ events: ['SYNC_FAILED', 'NODE_UNHEALTHY', 'SYNC_FAILED'] }));
    expect(channel).toMatchObject({
      kind: 'WEBHOOK',
      events: ['SYNC_FAILED', 'NODE_UNHEALTHY'],
      enabled: true,
      target: `${sink.url}/hook`,
      language: 'EN',
      hasSecret: true,
      disabledReason: null,
      lastDelivery: null,
      deliveries: [],
    });
    const changed = webhook({ enabled: false, language: 'FA', events: ['IP_BLOCKED'] });
    expect((await update(channel.id, changed)).channel).toMatchObject(changed);
    const { enabled: _e, language: _l, ...rest } = changed;
    expect((await update(channel.id, rest)).channel).toMatchObject({ enabled: false, language: 'FA' });
    await panel.data(DELETE, { id: channel.id });
    await expect(read(channel.id)).rejects.toThrow();
    for (const query of [DELETE, TRY]) expect((await panel.refusal(query, { id: channel.id })).code).toBe('NOT_FOUND');
    expect((await panel.refusal(UPDATE, { id: 'nothing', input: webhook() })).code).toBe('NOT_FOUND');
  });

  test('[R2.7] whose input is wrong are refused, naming each field and no value', async () => {
    const refusal = await panel.refusal(CREATE, {
      input: { name: '', kind: 'TELEGRAM', events: [], target: 'nowhere/at/all', secret: 'not-a-bot-token' },
    });
    expect(refusal.code).toBe('BAD_USER_INPUT');
    expect(refusal.fields.map(({ path }) => path)).toEqual(['name', 'events', 'target', 'secret']);
    expect(JSON.stringify(refusal)).not.toMatch(/nowhere|not-a-bot/);
  });

  test('[R2.7] have names of their own', async () => {
    const { channel } = await create(webhook());
    const other = await create(webhook());
    const refusal = await panel.refusal(CREATE, { input: webhook({ name: channel.name }) });
    expect(refusal).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'name' }] });
    const again = await panel.refusal(UPDATE, { id: other.channel.id, input: webhook({ name: channel.name }) });
    expect(again.code).toBe('CONFLICT');
  });

  test('[R2.7] stay of their kind', async () => {
    const { channel } = await create(webhook());
    const refusal = await panel.refusal(UPDATE, { id: channel.id, input: webhook({ kind: 'SLACK' }) });
    expect(refusal.fields.map(({ path }) => path)).toEqual(['kind']);
  });

  test('[R2.7] are read by who may read nodes, and changed by who may change settings', async () => {
    const { channel } = await create(webhook());
    const viewer = { token: await panel.addAdmin(`viewer-${randomUUID()}`, AdminRole.VIEWER) };
    expect((await panel.data<{ notificationChannels: Channel[] }>(LIST, {}, viewer)).notificationChannels).not.toEqual(
      [],
    );
    for (const [query, variables] of [
      [CREATE, { input: webhook() }],
      [UPDATE, { id: channel.id, input: webhook() }],
      [TRY, { id: channel.id }],
      [DELETE, { id: channel.id }],
    ] as const)
      expect((await panel.refusal(query, variables, viewer)).code).toBe('FORBIDDEN');
  });
});

describe('secrets', () => {
  test('[R2.7] a signing key that was made is shown once; another one is made when it is cleared', async () => {
    const made = await create(webhook());
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await update(made.channel.id, webhook())).secret).toBeNull();
    await tryOut(made.channel.id);
    const [first] = await sink.count(1);
    const headers = first!.headers as Record<string, string>;
    expect(new Webhook(made.secret!).verify(first!.body, headers)).toMatchObject({ type: 'test' });
    const renewed = await update(made.channel.id, webhook({ secret: null }));
    expect(renewed.secret).toMatch(/^whsec_/);
    expect(renewed.secret).not.toBe(made.secret);
    await tryOut(made.channel.id);
    const second = (await sink.count(2))[1]!;
    new Webhook(renewed.secret!).verify(second.body, second.headers as Record<string, string>);
    expect((await create(webhook({ secret: KEY }))).secret).toBeNull();
  });

  test('[R2.7] addresses that are secrets are shown in part, and stay when they are sent back so', async () => {
    const target = `${sink.url}/services/T0ABCDEF/B0ABCDEF/averysecretkey`;
    const { channel } = await create(webhook({ kind: 'SLACK', target }));
    expect(channel.target).toBe(`${sink.url}/services/T0…`);
    const kept = await update(channel.id, webhook({ kind: 'SLACK', target: channel.target, name: channel.name }));
    expect(kept.channel.target).toBe(channel.target);
    await tryOut(channel.id);
    expect((await sink.count(1))[0]?.path).toBe('/services/T0ABCDEF/B0ABCDEF/averysecretkey');
    await update(channel.id, webhook({ kind: 'SLACK', target: `${sink.url}/other/place`, name: channel.name }));
    await tryOut(channel.id);
    expect((await sink.count(2))[1]?.path).toBe('/other/place');
  });

  test('[R2.7] a stored password goes to no other server than the one it was given for', async () => {
    const target = 'smtps://user@mail.invalid:465/?from=a@x.test&to=b@y.test';
    const input = webhook({ kind: 'EMAIL', target, secret: 'the password of mail' });
    const { channel } = await create(input);
    const { secret, ...rest } = input;
    const evil = target.replace('mail.invalid', 'evil.invalid');
    const refusal = await panel.refusal(UPDATE, { id: channel.id, input: { ...rest, target: evil } });
    expect(refusal.fields.map(({ path }) => path)).toEqual(['secret']);
    expect((await update(channel.id, { ...rest, target: target.replace('b@y', 'c@z') })).channel.hasSecret).toBe(true);
    expect((await update(channel.id, { ...rest, target: evil, secret })).channel.hasSecret).toBe(true);
    expect((await update(channel.id, { ...rest, target, secret: null })).channel.hasSecret).toBe(false);
  });

  test('[R2.7] none is in a table or in an answer', async () => {
    const secrets = [KEY, BOT, 'the password of this mail', 'T0HIDDEN/B0HIDDEN/key', 'hiddenkey'];
    await create(webhook({ secret: KEY }));
    await create(webhook({ kind: 'TELEGRAM', target: '42', secret: BOT }));
    const mail = 'smtps://user@mail.invalid/?from=a@x.test&to=b@y.test';
    await create(webhook({ kind: 'EMAIL', target: mail, secret: 'the password of this mail' }));
    await create(webhook({ kind: 'SLACK', target: `${sink.url}/services/T0HIDDEN/B0HIDDEN/key` }));
    await create(webhook({ kind: 'DISCORD', target: `${sink.url}/api/webhooks/1/hiddenkey` }));
    const everything = (await dumpAllTables(panel.db)) + JSON.stringify([await panel.data(LIST), panel.logEntries]);
    for (const secret of secrets) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('the test button', () => {
  test('[R2.7] sends at once, answers what came of it, and is in the log', async () => {
    sink.reply = () => ({ status: 202, body: 'queued as 7' });
    const { channel } = await create(webhook({ enabled: false, language: 'ZH' }));
    const delivery = await tryOut(channel.id);
    expect(delivery).toMatchObject({
      event: 'NODE_UNHEALTHY',
      ok: true,
      state: 'DELIVERED',
      test: true,
      attempts: 1,
      error: null,
      answer: 'queued as 7',
      log: [{ number: 1, ok: true, status: 202, error: null }],
    });
    expect((JSON.parse((await sink.count(1))[0]!.body) as { data: { title: string } }).data.title).toContain('测试');
    const { lastDelivery, deliveries } = await read(channel.id);
    expect(lastDelivery).toEqual(delivery);
    expect(deliveries).toEqual([delivery]);
  });

  test('[R2.7] a failure is answered in the words of the receiver and not tried again', async () => {
    sink.reply = () => ({ status: 418, body: 'x'.repeat(2_000) });
    const { channel } = await create(webhook());
    const delivery = await tryOut(channel.id);
    expect(delivery).toMatchObject({ ok: false, state: 'FAILED', attempts: 1 });
    expect(delivery.error).toMatch(/^HTTP 418: x+…$/);
    expect(delivery.error?.length).toBe(500);
    const nobody = await create(webhook({ target: 'http://127.0.0.1:1/' }));
    expect((await tryOut(nobody.channel.id)).error).toContain('ECONNREFUSED');
  });

  test('[R2.7] the log shows the newest first, as many as are asked for', async () => {
    const { channel } = await create(webhook());
    for (let times = 0; times < 3; times += 1) await tryOut(channel.id);
    const query = `query ($first: Int) { notificationChannels { id deliveries(first: $first) { id at } } }`;
    const list = async (first: number) =>
      (
        await panel.data<{ notificationChannels: { id: string; deliveries: { at: string }[] }[] }>(query, { first })
      ).notificationChannels.find(({ id }) => id === channel.id)!.deliveries;
    expect((await list(2)).length).toBe(2);
    const times = (await list(20)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await panel.refusal(query, { first: 101 })).fields[0]?.path).toBe('first');
  });
});

test('[R2.7] what is raised by another domain arrives', async () => {
  const { channel } = await create(webhook({ secret: KEY }));
  const alerts = new Alerts(panel.db, new EventBus(silentLogger), systemClock);
  const nodeId = randomUUID();
  await panel.db.transaction((manager) => alerts.raise(manager, unhealthy({ nodeId, facts: { nodeName: 'fra-9' } })));
  await expect.poll(async () => (await read(channel.id)).lastDelivery?.state, { timeout: 10_000 }).toBe('DELIVERED');
  const { id } = (await read(channel.id)).lastDelivery!;
  const received = sink.received.find(({ headers }) => headers['webhook-id'] === `msg_${id}`);
  new Webhook(KEY).verify(received!.body, received!.headers as Record<string, string>);
  expect(JSON.parse(received!.body)).toMatchObject({
    type: 'node.unhealthy',
    data: { node: { id: nodeId, name: 'fra-9', url: `${panel.url}/nodes/${nodeId}` } },
  });
});

describe('a panel that is not allowed to reach private addresses', () => {
  let strict: TestPanel;
  beforeAll(async () => {
    strict = await startTestPanel();
  });
  afterAll(() => strict.stop());

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://192.168.0.1:8443/',
    'https://[fd00::1]/',
    'https://localhost/',
    'http://1.1.1.1/',
    'http://hooks.invalid/',
  ])('[R2.7] refuses %s when the channel is made', async (target) => {
    for (const kind of ['WEBHOOK', 'SLACK', 'DISCORD']) {
      const refusal = await strict.refusal(CREATE, { input: webhook({ kind, target }) });
      expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'target' }] });
    }
  });

  test('[R2.7] and when it sends, should it have been made elsewhere', async () => {
    const { createNotificationChannel } = await strict.data<{ createNotificationChannel: Payload }>(CREATE, {
      input: webhook({ target: 'https://hooks.invalid/' }),
    });
    const { id } = createNotificationChannel.channel;
    const refusal = await strict.refusal(UPDATE, { id, input: webhook({ target: `${sink.url}/` }) });
    expect(refusal.fields[0]?.path).toBe('target');
    expect(sink.received).toEqual([]);
  });
});
