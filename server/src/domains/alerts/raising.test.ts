import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AlertParts, START, unhealthy } from '../../testing/alerts.js';
import { FakeClock } from '../../testing/clock.js';
import { cloneDatabase, connectTo, type TestDatabase } from '../../testing/database.js';
import { NotificationEvent } from './alert.types.js';

let database: TestDatabase;
let clock: FakeClock;
let parts: AlertParts;
beforeAll(async () => {
  database = await cloneDatabase();
});
beforeEach(async () => {
  await database.db.query('DELETE FROM alert_channels');
  clock = new FakeClock(START);
  parts = new AlertParts(database.db, { clock });
});
afterAll(() => database.drop());

const TARGET = 'http://127.0.0.1:9/hook';
interface Row {
  channel_id: string;
  dedupe_key: string;
  form: string;
  state: string;
  covers: number;
  facts: Record<string, unknown>;
}
const rows = (): Promise<Row[]> => database.db.query<Row[]>('SELECT * FROM alert_deliveries ORDER BY seq');
const told = async (): Promise<string[]> => (await rows()).map(({ form, state }) => `${form} ${state}`);

describe('who is told', () => {
  test('[R2.7] each channel that is enabled and wants to hear of it, once', async () => {
    const one = await parts.channel({ target: TARGET });
    const two = await parts.channel({ target: TARGET, events: [NotificationEvent.NODE_UNHEALTHY] });
    await parts.channel({ target: TARGET, events: [NotificationEvent.NODE_RECOVERED] });
    await parts.channel({ target: TARGET, enabled: false });
    const alert = unhealthy();
    expect(await parts.raise(alert)).toBe(2);
    expect(await parts.raise(alert)).toBe(0);
    expect(await parts.raise(alert, alert, unhealthy())).toBe(2);
    const found = await rows();
    expect(
      found
        .slice(0, 2)
        .map((row) => row.channel_id)
        .toSorted(),
    ).toEqual([one, two].toSorted());
  });

  test('[R2.7] nobody, when the transaction that it belongs to comes to nothing', async () => {
    await parts.channel({ target: TARGET });
    const attempt = database.db.transaction(async (manager) => {
      await parts.alerts.raise(manager, unhealthy());
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect(await rows()).toEqual([]);
  });

  test('[R2.7] once, also when two panels raise the same at the same time', async () => {
    await parts.channel({ target: TARGET });
    await parts.channel({ target: TARGET });
    const second = await connectTo(database.name);
    try {
      const other = new AlertParts(second, { clock });
      const alerts = Array.from({ length: 20 }, (_, index) => unhealthy({ coalesceKey: `node:${index % 3}` }));
      const plain = Array.from({ length: 20 }, () => unhealthy());
      const all = [...alerts, ...plain];
      await Promise.all(
        [parts, other, parts, other].map((from, turn) => from.raise(...(turn % 2 ? all.toReversed() : all))),
      );
      const keys = (await rows()).map((row) => `${row.channel_id} ${row.dedupe_key}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { dedupeKey } of all) expect(keys.filter((key) => key.endsWith(` ${dedupeKey}`)).length).toBe(2);
    } finally {
      await second.destroy();
    }
  });

  test('[R2.7] a channel that is deleted meanwhile does no harm to what is told', async () => {
    const gone = await parts.channel({ target: TARGET });
    await parts.channel({ target: TARGET });
    const second = await connectTo(database.name);
    try {
      await Promise.all([
        ...Array.from({ length: 10 }, () => parts.raise(unhealthy({ coalesceKey: 'x' }))),
        new AlertParts(second).channels.delete(gone),
      ]);
    } finally {
      await second.destroy();
    }
    expect((await rows()).some((row) => row.channel_id === gone)).toBe(false);
  });

  test('[R2.7] facts that cannot be stored as they are do no harm to whoever tells them', async () => {
    await parts.channel({ target: TARGET });
    const facts = { nodeName: 'a\0b', reason: 'c\uD800d', used: 12n, deep: { text: '\uDC00' }, none: undefined };
    expect(await parts.raise(unhealthy({ dedupeKey: 'k\0\uD800', coalesceKey: '\0', facts }))).toBe(1);
    expect((await rows())[0]?.facts).toEqual({
      nodeName: 'ab',
      reason: 'c\uFFFDd',
      used: '12',
      deep: { text: '\uFFFD' },
    });
  });

  test('[R2.7] of thousands at once in a moment', async () => {
    await parts.channel({ target: TARGET });
    const many = Array.from({ length: 3_000 }, (_, index) =>
      unhealthy({ coalesceKey: `n:${index}`, nodeId: randomUUID() }),
    );
    const started = performance.now();
    expect(await parts.raise(...many)).toBe(3_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('what flaps', () => {
  const change = (): Promise<number> => parts.raise(unhealthy({ coalesceKey: 'node:a' }));

  test('[R2.7] is told of once, and not again until it has been quiet', async () => {
    await parts.channel({ target: TARGET });
    for (let minute = 0; minute < 10; minute += 1) {
      await change();
      clock.advance(60_000);
    }
    expect(await told()).toEqual([
      ...Array<string>(4).fill('ALERT PENDING'),
      'FLAPPING PENDING',
      ...Array<string>(6).fill('ALERT HELD_BACK'),
    ]);
    await parts.alerts.releaseCalm();
    expect((await told()).filter((text) => text.startsWith('SETTLED'))).toEqual([]);
  });

  test('[R2.7] tells in the end what it has come to', async () => {
    await parts.channel({ target: TARGET });
    for (let times = 0; times < 8; times += 1) await change();
    clock.advance(900_000);
    await Promise.all([parts.alerts.releaseCalm(), parts.alerts.releaseCalm()]);
    await parts.alerts.releaseCalm();
    const found = await rows();
    expect(found.filter(({ form }) => form === 'SETTLED').length).toBe(1);
    expect(found.at(-1)).toMatchObject({ form: 'SETTLED', state: 'PENDING', covers: 3 });
    await change();
    expect((await told()).at(-1)).toBe('ALERT PENDING');
  });

  test('[R2.7] what comes after the quiet stands for what was held back', async () => {
    await parts.channel({ target: TARGET });
    for (let times = 0; times < 6; times += 1) await change();
    clock.advance(900_000);
    await change();
    await parts.alerts.releaseCalm();
    expect((await told()).slice(4)).toEqual([
      'FLAPPING PENDING',
      'ALERT HELD_BACK',
      'ALERT HELD_BACK',
      'ALERT PENDING',
    ]);
  });

  test('[R2.7] is judged for each channel by what that one hears of', async () => {
    const all = await parts.channel({ target: TARGET });
    const bad = await parts.channel({ target: TARGET, events: [NotificationEvent.NODE_UNHEALTHY] });
    for (let times = 0; times < 3; times += 1) {
      await change();
      await parts.raise(unhealthy({ coalesceKey: 'node:a', event: NotificationEvent.NODE_RECOVERED }));
    }
    const found = await rows();
    const forms = (id: string): string[] => found.filter((row) => row.channel_id === id).map(({ form }) => form);
    expect(forms(all)).toContain('FLAPPING');
    expect(forms(bad)).toEqual(['ALERT', 'ALERT', 'ALERT']);
  });

  test('[R2.7] the same news told again and again are no flapping', async () => {
    await parts.channel({ target: TARGET });
    const alert = unhealthy({ coalesceKey: 'node:a' });
    for (let times = 0; times < 10; times += 1) await parts.raise(alert);
    expect(await told()).toEqual(['ALERT PENDING']);
  });
});

test('[R2.7] the log is kept for 30 days', async () => {
  await parts.channel({ target: TARGET });
  await parts.raise(unhealthy({ coalesceKey: 'x' }), unhealthy());
  await database.db.query(`UPDATE alert_deliveries SET state = 'DELIVERED' WHERE coalesce_key = 'x'`);
  clock.advance(29.9 * 86_400_000);
  await parts.alerts.removeOld();
  expect((await told()).toSorted()).toEqual(['ALERT DELIVERED', 'ALERT PENDING']);
  clock.advance(86_400_000);
  await parts.alerts.removeOld();
  expect(await told()).toEqual(['ALERT PENDING']);
  expect(await database.db.query('SELECT * FROM alert_quiet')).toEqual([]);
});
