import 'reflect-metadata';
import { describe, expect, test } from 'vitest';
import { NotificationChannelKind as Kind } from './alert.types.js';
import { scrub } from './scrub.js';
import { isSameMailServer, parseMailer, secretParts, secretProblem, showTarget, targetProblem } from './target.js';

const MAIL = 'smtps://user@mail.test:465/?from=a@x.test&to=b@y.test';

test.each<[Kind, string]>([
  [Kind.WEBHOOK, 'https://example.com/hook'],
  [Kind.SLACK, 'https://hooks.slack.com/services/T000/B000/XXXX'],
  [Kind.DISCORD, 'https://discord.com/api/webhooks/1/abc'],
  [Kind.TELEGRAM, '-1001234567890'],
  [Kind.TELEGRAM, '42'],
  [Kind.TELEGRAM, '@alerts_of_ours'],
  [Kind.EMAIL, MAIL],
  [Kind.EMAIL, 'smtp://mail.test/?from=a@x.test&to=b@y.test,c@z.test'],
])('[R2.7] %s may go to %s', (kind, target) => {
  expect(targetProblem(kind, target)).toBeUndefined();
});

test.each<[Kind, string]>([
  [Kind.WEBHOOK, ''],
  [Kind.WEBHOOK, 'example.com/hook'],
  [Kind.WEBHOOK, 'ftp://example.com'],
  [Kind.WEBHOOK, 'file:///etc/passwd'],
  [Kind.WEBHOOK, 'javascript:alert(1)'],
  [Kind.WEBHOOK, 'https://user:secret@example.com'],
  [Kind.WEBHOOK, `https://example.com/${'x'.repeat(2_000)}`],
  [Kind.TELEGRAM, ''],
  [Kind.TELEGRAM, '12/../../getMe'],
  [Kind.TELEGRAM, '@a'],
  [Kind.TELEGRAM, 'alerts'],
  [Kind.EMAIL, 'https://mail.test/?from=a@x.test&to=b@y.test'],
  [Kind.EMAIL, 'smtps://user:password@mail.test/?from=a@x.test&to=b@y.test'],
  [Kind.EMAIL, 'smtps:///?from=a@x.test&to=b@y.test'],
  [Kind.EMAIL, 'smtps://mail.test/?to=b@y.test'],
  [Kind.EMAIL, 'smtps://mail.test/?from=a@x.test'],
  [Kind.EMAIL, 'smtps://mail.test/?from=a@x.test&to=b@y.test%0d%0aBcc:c@z.test'],
  [Kind.EMAIL, 'smtps://mail.test/?from=a@x.test&to=nobody'],
  [Kind.EMAIL, 'smtps://%ff@mail.test/?from=a@x.test&to=b@y.test'],
  [Kind.EMAIL, `smtps://mail.test/?from=a@x.test&to=${Array(21).fill('b@y.test').join(',')}`],
])('[R2.7] %s may not go to %j, and the refusal does not repeat it', (kind, target) => {
  const problem = targetProblem(kind, target);
  expect(problem).toBeTypeOf('string');
  if (target.length > 12) expect(problem).not.toContain(target);
});

const KEY = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
test.each<[Kind, string | undefined, boolean]>([
  [Kind.WEBHOOK, KEY, true],
  [Kind.WEBHOOK, `whsec_${Buffer.alloc(64).toString('base64')}`, true],
  [Kind.WEBHOOK, `whsec_${Buffer.alloc(23).toString('base64')}`, false],
  [Kind.WEBHOOK, `whsec_${Buffer.alloc(65).toString('base64')}`, false],
  [Kind.WEBHOOK, 'some secret', false],
  [Kind.TELEGRAM, '123456:AAF-abcdefghijklmnopqrstuvwxyz_12345', true],
  [Kind.TELEGRAM, undefined, false],
  [Kind.TELEGRAM, '123456:AAF/../../x', false],
  [Kind.EMAIL, undefined, true],
  [Kind.EMAIL, 'pass word', true],
  [Kind.EMAIL, 'two\r\nlines', false],
  [Kind.SLACK, undefined, true],
  [Kind.SLACK, 'x', false],
  [Kind.DISCORD, 'x', false],
])('[R2.7] %s with the secret %s: %s', (kind, secret, valid) => {
  expect(secretProblem(kind, secret) === undefined).toBe(valid);
});

test.each<[string, string]>([
  ['https://hooks.slack.com/services/T0ABCDEF/B0ABCDEF/abcdefghijkl', 'https://hooks.slack.com/services/T0…'],
  ['https://discord.com/api/webhooks/123456/abcdef', 'https://discord.com/api/we…'],
  ['https://example.com/hook', 'https://example.com/hook'],
  ['https://example.com', 'https://example.com/'],
  ['https://example.com/hook?token=abcdef', 'https://example.com/hook?…'],
  ['https://ntfy.test/averysecrettopic', 'https://ntfy.test/aver…'],
])('[R2.7] %s is shown as %s', (target, shown) => {
  expect(showTarget(Kind.SLACK, target)).toBe(shown);
});

test('[R2.7] a mail target says who sends to whom', () => {
  expect(parseMailer('smtp://us%40er@mail.test/?from=a@x.test&to=b@y.test,c@z.test')).toEqual({
    host: 'mail.test',
    port: 587,
    secure: false,
    user: 'us@er',
    from: 'a@x.test',
    to: ['b@y.test', 'c@z.test'],
  });
  expect(showTarget(Kind.EMAIL, MAIL)).toBe(MAIL);
  expect(isSameMailServer(MAIL, MAIL.replace('b@y', 'other@y'))).toBe(true);
  expect(isSameMailServer(MAIL, MAIL.replace('mail.test', 'evil.test'))).toBe(false);
  expect(isSameMailServer(MAIL, MAIL.replace('smtps', 'smtp'))).toBe(false);
});

describe('[R2.7] what is stored of an answer', () => {
  const secret = 'hunter2-hunter2';
  test('has no secret in it, in whatever shape', () => {
    const base64 = Buffer.from(secret).toString('base64');
    const text = scrub(`no ${secret}, ${base64} or ${encodeURIComponent('a/b+c=d')}`, [secret, 'a/b+c=d']);
    expect(text).toBe('no •••, ••• or •••');
  });

  test('has no part of an address in it that is a secret', () => {
    const target = 'https://hooks.test/services/T0ABCDEF/B0ABCDEF?key=verysecret';
    const parts = secretParts(Kind.SLACK, target, undefined);
    for (const part of [target, '/services/T0ABCDEF/B0ABCDEF', 'B0ABCDEF', 'verysecret', 'T0ABCDEF'])
      expect(scrub(`not ${part} here`, parts)).not.toContain(part.slice(-6));
  });

  test('has no password in it as a mail client says it', () => {
    const plain = Buffer.from(`\0user\0${secret}`).toString('base64');
    const parts = secretParts(Kind.EMAIL, MAIL, secret);
    expect(scrub(`502 unknown: AUTH PLAIN ${plain}`, parts)).toMatch(/^502 unknown: AUTH PLAIN •••=*$/);
  });

  test('is short and storable', () => {
    expect(scrub('a\0b\uD800c', [])).toBe('ab\uFFFDc');
    expect(scrub('x'.repeat(10_000), []).length).toBe(500);
  });
});
