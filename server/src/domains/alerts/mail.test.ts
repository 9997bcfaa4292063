import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, createAuthority, type KeyedCertificate } from '../../platform/certificates.js';
import { AlertParts, unhealthy } from '../../testing/alerts.js';
import { cloneDatabase, dumpAllTables, type TestDatabase } from '../../testing/database.js';
import { MailSink } from '../../testing/sinks.js';
import { NotificationChannelKind as Kind, NotificationLanguage } from './alert.types.js';
import type { Resolve } from './outbound.js';

const PASSWORD = 'a password of mail';
let database: TestDatabase;
let authority: CertificateAuthority;
let tls: KeyedCertificate;
const here: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
const login = (user: string, password: string) => user === 'us@er' && password === PASSWORD;

beforeAll(async () => {
  database = await cloneDatabase();
  authority = await CertificateAuthority.load(await createAuthority(new Date()));
  tls = await authority.issueServer(['mail.test'], new Date());
});
afterAll(() => database.drop());

type Options = Parameters<typeof MailSink.start>[0];
const withAuth: Options = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) =>
    login(username ?? '', password ?? '')
      ? done(null, { user: username ?? '' })
      : done(new Error(`No entry with ${password ?? ''}`)),
};

async function withSink<T>(options: Options, use: (sink: MailSink, parts: AlertParts) => Promise<T>): Promise<T> {
  const sink = await MailSink.start(options);
  const parts = new AlertParts(database.db, {
    outbound: { resolve: here, ca: authority.certificate },
    timeoutMs: 5_000,
  });
  try {
    return await use(sink, parts);
  } finally {
    await parts.sender.stop();
    await sink.stop();
  }
}

const target = (scheme: string, port: number, user = 'us%40er@'): string =>
  `${scheme}://${user}mail.test:${port}/?from=panel@x.test&to=one@y.test,two@z.test`;

/** Quoted-printable and base64, as any mail program reads them. */
const decoded = (source: string): string =>
  Buffer.from(
    source
      .replaceAll(/(?<=base64\r?\n\r?\n)[\w+/=\s]+/g, (body) => Buffer.from(body, 'base64').toString('latin1'))
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

describe('[R2.7] e-mail', () => {
  test('goes by TLS, with user and password, as plain text and HTML', () =>
    withSink({ ...withAuth, secure: true, ...tls }, async (sink, parts) => {
      const id = await parts.channel({ kind: Kind.EMAIL, target: target('smtps', sink.port), secret: PASSWORD });
      parts.sender.start();
      await parts.raise(unhealthy({ facts: { nodeName: 'fra-1\r\nBcc: evil@x.test', reason: 'a < b' } }));
      await expect.poll(() => sink.received.length).toBe(1);
      const [mail] = sink.received;
      expect(mail).toMatchObject({
        from: 'panel@x.test',
        to: ['one@y.test', 'two@z.test'],
        user: 'us@er',
        secure: true,
      });
      const text = decoded(mail!.source);
      expect(text).toMatch(/^Subject: \[V Panel\] Node fra-1 Bcc: evil@x.test is unhealthy\r?$/m);
      expect(text).not.toMatch(/^Bcc:/m);
      expect(text).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
      expect(text).toMatch(/^Message-ID: <[0-9a-f-]{36}@x\.test>\r?$/m);
      expect(text).toContain('Reason: a < b');
      expect(text).toContain('a &lt; b');
      await parts.channels.delete(id);
    }));

  test('goes by STARTTLS, and is in the language of its channel', () =>
    withSink({ ...withAuth, ...tls }, async (sink, parts) => {
      const id = await parts.channel({
        kind: Kind.EMAIL,
        target: target('smtp', sink.port),
        secret: PASSWORD,
        language: NotificationLanguage.RU,
      });
      expect(await parts.channels.test(id)).toMatchObject({ ok: true, error: null });
      expect(sink.received[0]).toMatchObject({ user: 'us@er', secure: true });
      expect(decoded(sink.received[0]!.source)).toContain('Ничего не случилось');
    }));

  test('does not say its password to a server without TLS, but writes there without one', () =>
    withSink({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, ...withAuth }, async (sink, parts) => {
      const id = await parts.channel({ kind: Kind.EMAIL, target: target('smtp', sink.port), secret: PASSWORD });
      expect(await parts.channels.test(id)).toMatchObject({ ok: false });
      expect(sink.received).toEqual([]);
      await withSink({ disabledCommands: ['STARTTLS', 'AUTH'] }, async (open, others) => {
        const plain = await others.channel({ kind: Kind.EMAIL, target: target('smtp', open.port, '') });
        expect(await others.channels.test(plain)).toMatchObject({ ok: true });
      });
    }));

  test('goes to nobody whose certificate is of another name', () =>
    withSink({ ...withAuth, secure: true, ...tls }, async (sink, parts) => {
      const other = target('smtps', sink.port).replace('mail.test', 'other.test');
      const id = await parts.channel({ kind: Kind.EMAIL, target: other, secret: PASSWORD });
      const { ok, error } = await parts.channels.test(id);
      expect(ok).toBe(false);
      expect(error).toMatch(/altnames|does not match/i);
    }));

  test('that is refused tells why, but never the password, however the server repeats it', () =>
    withSink({ ...withAuth, secure: true, ...tls }, async (sink, parts) => {
      const wrong = 'another password entirely';
      const id = await parts.channel({ kind: Kind.EMAIL, target: target('smtps', sink.port), secret: wrong });
      const delivery = await parts.channels.test(id);
      expect(delivery).toMatchObject({ ok: false, error: expect.stringContaining('No entry with •••') as string });
      const everything = JSON.stringify(parts.logEntries) + (await dumpAllTables(database.db));
      for (const text of [wrong, PASSWORD]) {
        expect(everything).not.toContain(text);
        expect(everything).not.toContain(Buffer.from(text).toString('base64'));
      }
    }));

  test('does not reach servers at private addresses, unless that is allowed', async () => {
    const parts = new AlertParts(database.db, { outbound: { privateTargets: false } });
    const local = 'smtp://2130706433:25/?from=a@x.test&to=b@y.test';
    await expect(parts.channel({ kind: Kind.EMAIL, target: local })).rejects.toThrow(/private or reserved/);
  });

  test('that hangs ends with its time', () =>
    withSink({ onMailFrom: () => undefined, disabledCommands: ['STARTTLS'] }, async (sink) => {
      const hasty = new AlertParts(database.db, { outbound: { resolve: here }, timeoutMs: 300 });
      const id = await hasty.channel({ kind: Kind.EMAIL, target: target('smtp', sink.port, '') });
      expect(await hasty.channels.test(id)).toMatchObject({ error: 'There was no answer within 0.3 s' });
    }));
});
