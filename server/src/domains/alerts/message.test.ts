import 'reflect-metadata';
import { describe, expect, test } from 'vitest';
import { TEXTS } from './alert.texts.js';
import { NotificationEvent, NotificationLanguage } from './alert.types.js';
import { discordBody } from './kinds/discord.js';
import { emailHtml, emailText } from './kinds/email.js';
import { slackBody } from './kinds/slack.js';
import { telegramText } from './kinds/telegram.js';
import { webhookBody } from './kinds/webhook.js';
import { clip, compose, type MessageForm, type Notice } from './message.js';

const NODE_ID = '0b1c2d3e-0000-4000-8000-000000000001';
const notice = (values: Partial<Notice> = {}): Notice => ({
  id: '0b1c2d3e-0000-4000-8000-00000000000f',
  event: NotificationEvent.NODE_UNHEALTHY,
  form: 'ALERT',
  nodeId: NODE_ID,
  facts: { nodeName: 'fra-1', reason: 'connection refused', since: '2026-01-31T12:00:05.000Z' },
  covers: 3,
  raisedAt: new Date('2026-01-31T12:00:10Z'),
  ...values,
});
const wording = (language: NotificationLanguage = NotificationLanguage.EN) => ({
  language,
  channelName: 'on call',
  publicUrl: 'https://panel.test',
});
const message = (values?: Partial<Notice>) => compose(notice(values), wording());

describe.each(Object.values(NotificationLanguage))('[R2.7] texts in %s', (language) => {
  test('every place of the English texts is there, and no other', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();
    const texts = TEXTS[language];
    for (const event of Object.values(NotificationEvent)) {
      expect(places(texts.titles[event])).toEqual(places(TEXTS.EN.titles[event]));
    }
    for (const key of ['flapping', 'flappingNote', 'settled', 'settledNote', 'test', 'testNote'] as const) {
      expect(places(texts[key])).toEqual(places(TEXTS.EN[key]));
    }
  });

  test('each event in each form is told with nothing left open', () => {
    for (const event of Object.values(NotificationEvent)) {
      for (const form of ['ALERT', 'FLAPPING', 'SETTLED', 'TEST'] as const satisfies MessageForm[]) {
        const composed = compose(notice({ event, form }), wording(language));
        expect(composed.title.length).toBeGreaterThan(3);
        expect(JSON.stringify(composed)).not.toMatch(/\{\w+\}|undefined/);
      }
    }
  });

  test('only English is written in English', () => {
    const { title } = compose(notice(), wording(language));
    expect(title.includes('is unhealthy')).toBe(language === NotificationLanguage.EN);
  });
});

test('[R2.7] a message says what happened, to which node, why, since when, and where to look', () => {
  expect(message()).toEqual({
    id: '0b1c2d3e-0000-4000-8000-00000000000f',
    tone: 'BAD',
    title: 'Node fra-1 is unhealthy',
    note: undefined,
    lines: [
      ['Node', 'fra-1'],
      ['Reason', 'connection refused'],
      ['Since', '2026-01-31T12:00:05.000Z (31 Jan 2026, 12:00:05 UTC)'],
    ],
    link: { label: 'Open in V Panel', url: `https://panel.test/nodes/${NODE_ID}` },
    locale: 'en-GB',
    rightToLeft: false,
  });
});

test('[R2.7] what is not known is left out', () => {
  const bare = compose(notice({ facts: {}, nodeId: null }), { ...wording(), publicUrl: '' });
  expect(bare).toMatchObject({ title: 'Node — is unhealthy', lines: [], link: undefined });
  expect(message({ facts: { nodeName: 7, since: 'recently', reason: '  ' } as never }).lines).toEqual([
    ['Since', 'recently'],
  ]);
});

test('[R2.7] flapping and what it has ended in are told as such', () => {
  const flapping = message({ form: 'FLAPPING', covers: 5 });
  expect(flapping.title).toBe('fra-1 is flapping');
  expect(flapping.note).toContain('15 minutes: 5.');
  expect(flapping.lines[0]).toEqual(['Last', 'Node fra-1 is unhealthy']);
  const settled = message({ form: 'SETTLED', covers: 2 });
  expect(settled).toMatchObject({ title: 'fra-1 is quiet again. Node fra-1 is unhealthy', tone: 'BAD' });
  expect(settled.note).toBe('Messages held back meanwhile: 2.');
  expect(message({ form: 'SETTLED', covers: 0 }).note).toBeUndefined();
});

test('[R2.7] a name is one line, and no place for other values', () => {
  expect(message({ facts: { nodeName: 'a\r\nBcc: x@y {title} {who}' } }).title).toBe(
    'Node a Bcc: x@y {title} {who} is unhealthy',
  );
});

test('[R2.7] long texts are cut between characters', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
  expect(clip('a😀b', 3)).toBe('a…');
  const long = message({ facts: { nodeName: 'n'.repeat(9_000), reason: '<&>'.repeat(9_000) } });
  // Telegram takes 4096 characters after its entities are read.
  expect(
    telegramText(long)
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/&\w+;/g, '.').length,
  ).toBeLessThan(4_096);
});

describe('what a node is called is never markup', () => {
  const hostile = message({
    facts: {
      nodeName: '<b>&"x"</b> <!channel> @everyone *bold* [a](http://evil)',
      reason: '<script>alert(1)</script>',
    },
  });

  test('[R2.7] not for Telegram', () => {
    const text = telegramText(hostile);
    expect(text).toContain('&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;');
    expect(text.match(/<[^>]+>/g)).toEqual(['<b>', '</b>', expect.stringMatching(/^<a href="https:/), '</a>']);
  });

  test('[R2.7] not in e-mail', () => {
    expect(emailHtml(hostile)).not.toContain('<script');
    expect(emailHtml(hostile)).toContain('&lt;script&gt;');
    expect(emailText(hostile)).toContain('Reason: <script>alert(1)</script>');
  });

  test('[R2.7] not for Slack', () => {
    const body = JSON.parse(slackBody(hostile)) as { text: string; blocks: { text: { type: string; text: string } }[] };
    expect(body.text).not.toMatch(/[<>]/);
    const marked = body.blocks.filter(({ text }) => text.type !== 'plain_text');
    expect(marked.map(({ text }) => text.text)).toEqual([`<https://panel.test/nodes/${NODE_ID}|Open in V Panel>`]);
  });

  test('[R2.7] not for Discord', () => {
    const body = JSON.parse(discordBody(hostile)) as { embeds: { title: string }[]; allowed_mentions: unknown };
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.embeds[0]?.title).toContain(String.raw`\*bold\* \[a\]\(http://evil\)`);
  });
});

test('[R2.7] e-mail in Persian reads from right to left', () => {
  const persian = compose(notice(), wording(NotificationLanguage.FA));
  expect(emailHtml(persian)).toContain('<html lang="fa-IR" dir="rtl">');
  expect(persian.lines.at(-1)?.[1]).toMatch(/^2026-01-31T12:00:05\.000Z \(.*۱۴۰۴.* UTC\)$/);
});

describe('[R2.7] the body of a webhook', () => {
  const body = (values?: Partial<Notice>): unknown =>
    JSON.parse(webhookBody({ notice: notice(values), message: message(values), publicUrl: 'https://panel.test' }));

  test('of an alert', () => {
    expect(
      body({ facts: { nodeName: 'fra-1', reason: 'refused', since: '2026-01-31T12:00:05.000Z', port: 443 } }),
    ).toEqual({
      type: 'node.unhealthy',
      timestamp: '2026-01-31T12:00:10.000Z',
      data: {
        title: 'Node fra-1 is unhealthy',
        node: { id: NODE_ID, name: 'fra-1', url: `https://panel.test/nodes/${NODE_ID}` },
        reason: 'refused',
        since: '2026-01-31T12:00:05.000Z',
        port: 443,
      },
    });
  });

  test('of flapping, of what it ended in, and of a test', () => {
    expect(body({ form: 'FLAPPING', covers: 5 })).toMatchObject({
      type: 'alerts.flapping',
      data: { lastEvent: 'node.unhealthy', messages: 5 },
    });
    expect(body({ form: 'SETTLED', covers: 2 })).toMatchObject({ type: 'node.unhealthy', data: { heldBack: 2 } });
    expect(body({ form: 'TEST', nodeId: null, facts: {} })).toEqual({
      type: 'test',
      timestamp: '2026-01-31T12:00:10.000Z',
      data: { title: 'Test of the channel on call' },
    });
  });

  test('names the event with one dot', () => {
    expect(body({ event: NotificationEvent.NODE_OVER_CAPACITY })).toMatchObject({ type: 'node.over_capacity' });
    expect(body({ event: NotificationEvent.IP_BLOCKED })).toMatchObject({ type: 'ip.blocked' });
  });
});
