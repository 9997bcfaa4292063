import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Endpoint, SubscriptionInfo } from './endpoint.js';
import { Html, html } from './html.js';
import { PAGE_POLICY } from './page.js';
import { formatBytes, formatDate, formatDistance } from './page.format.js';
import { chooseLanguage, LANGUAGES, TEXTS } from './page.texts.js';
import { render } from './render.js';

const endpoints = JSON.parse(readFileSync(new URL('golden/endpoints.json', import.meta.url), 'utf8')) as Endpoint[];
const NOW = new Date('2026-06-01T12:00:00Z');
const GIB = 1_024n ** 3n;
const INFO: SubscriptionInfo = {
  title: 'Example VPN',
  username: 'alice',
  usage: { upload: 2n * GIB, download: 18n * GIB, total: 50n * GIB, expiresAt: new Date('2026-12-31T00:00:00Z') },
  updateHours: 12,
  pageUrl: 'https://panel.example.com/sub/t0ken',
};

const page = (info: Partial<SubscriptionInfo> = {}, list = endpoints, language: 'en' | 'fa' = 'en'): string =>
  render('html', list, { ...INFO, ...info }, NOW, language).body;
const between = (text: string, before: string, after: string): string => text.split(before)[1]?.split(after)[0] ?? '';
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the page may consist of; a name that came through as HTML would bring another tag or an attribute with it. */
const TAGS = new Set(
  (
    '!doctype html head meta title style body main header span svg path rect h1 h2 bdi div section b p progress dl dt dd small ' +
    'input button ul li a details summary code script'
  ).split(' '),
);

describe('the page of a subscription', () => {
  it('[R4.2] shows who, how much, until when, and every server', () => {
    const text = page();
    for (const part of [
      'alice',
      'Active',
      '20 GiB',
      'of 50 GiB used',
      '30 GiB left',
      '31 December 2026',
      'in 212 days',
    ])
      expect(text).toContain(part);
    for (const { name } of endpoints) expect(text).toContain(`<bdi>${name}</bdi>`);
    expect(text.match(/vless:\/\//g)).toHaveLength(3);
    expect(text).toContain('<progress class="" max="100" value="40"');
  });

  it('[R4.2] leads into each app and to each format', () => {
    const hrefs = [...page().matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs).toEqual([
      'v2rayng://install-config?url=https%3A%2F%2Fpanel.example.com%2Fsub%2Ft0ken#Example%20VPN',
      'hiddify://import/https://panel.example.com/sub/t0ken#Example%20VPN',
      'happ://add/https://panel.example.com/sub/t0ken',
      'clash://install-config?url=https%3A%2F%2Fpanel.example.com%2Fsub%2Ft0ken&amp;name=Example%20VPN',
      'sing-box://import-remote-profile?url=https%3A%2F%2Fpanel.example.com%2Fsub%2Ft0ken#Example%20VPN',
      'stash://install-config?url=https%3A%2F%2Fpanel.example.com%2Fsub%2Ft0ken',
      'streisand://import/https://panel.example.com/sub/t0ken#Example%20VPN',
      'sub://aHR0cHM6Ly9wYW5lbC5leGFtcGxlLmNvbS9zdWIvdDBrZW4#Example%20VPN',
      ...['mihomo', 'stash', 'clash', 'sing-box', 'xray', 'links'].map(
        (format) => `https://panel.example.com/sub/t0ken?format=${format}`,
      ),
    ]);
  });

  it.each<[string, Partial<SubscriptionInfo>]>([
    ['Limit reached', { usage: { ...INFO.usage, download: 60n * GIB } }],
    ['Expired', { usage: { ...INFO.usage, expiresAt: new Date('2026-05-31T00:00:00Z') } }],
    ['Disabled', { status: 'DISABLED' }],
    ['Active', { status: 'ACTIVE', usage: { ...INFO.usage, download: 60n * GIB } }],
  ])('[R4.2] says %s', (status, info) => {
    expect(between(page(info), '<span class="status', '</span>')).toContain(`>${status}`);
  });

  it('[R4.2] knows those without limit, without end and without servers', () => {
    const text = page({ usage: { upload: 0n, download: 5n, total: null, expiresAt: null } }, []);
    for (const part of ['5 B', 'no limit', 'Without end', 'There is no server for you right now.'])
      expect(text).toContain(part);
    expect(text).not.toContain('<progress');
    expect(text).not.toContain('Sent');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    '</title><svg onload=alert(1)>',
    '</code></details><iframe src=//evil>',
    '${alert(1)} {{7*7}} <!-- --> ]]>',
    'javascript:alert(1)',
    '\u202E</b>',
  ])('[R4.2] takes %j for a text wherever it stands', (text) => {
    const hostile = endpoints.map((endpoint) => ({
      ...endpoint,
      name: text,
      credentials: { uuid: text, password: text },
    }));
    const pageUrl = `https://panel.example.com/sub/x?a=${text}`;
    const body = page({ title: text, username: text, pageUrl }, hostile);
    const markup = body.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    for (const [, tag = '', attributes = ''] of markup.matchAll(/<\/?([^\s>/]+)((?:[^>"]|"[^"]*")*)>/g)) {
      expect(TAGS).toContain(tag);
      expect(attributes.replace(/"[^"]*"/g, '')).not.toMatch(/\bon\w+=|'/);
    }
    expect(body.match(/<script/g)).toHaveLength(1);
    for (const [, href] of body.matchAll(/href="([^"]*)"/g)) expect(href).not.toMatch(/^\s*javascript:/i);
    expect(body).not.toContain('\u202E');
  });

  it('[R4.2] loads nothing, and obeys only the style and the script that the policy names', () => {
    const { body, headers } = render('html', endpoints, INFO, NOW, 'en');
    expect(headers['content-security-policy']).toBe(PAGE_POLICY);
    expect(PAGE_POLICY).toContain(`style-src ${hash(between(body, '<style>', '</style>'))};`);
    expect(PAGE_POLICY).toContain(`script-src ${hash(between(body, '<script>', '</script>'))};`);
    expect(PAGE_POLICY).toContain("default-src 'none'");
    expect(body).not.toMatch(/\s(src|style|on\w+)=|url\(|@import|<link|<img/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('content-disposition');
  });

  it('[R4.2] Persian runs from the right, in its own digits and calendar', () => {
    const text = page({}, endpoints, 'fa');
    expect(text).toContain('<html lang="fa-IR" dir="rtl">');
    for (const part of ['فعال', '۲۰ GiB', '۱۰ دی ۱۴۰۵']) expect(text).toContain(part);
  });

  it('[R4.2] every language has every text, and no two the same', () => {
    for (const language of LANGUAGES) {
      expect(Object.keys(TEXTS[language])).toEqual(Object.keys(TEXTS.en));
      expect(render('html', endpoints, INFO, NOW, language).body).toContain(TEXTS[language].serversHint);
    }
    expect(new Set(LANGUAGES.map((language) => TEXTS[language].add)).size).toBe(LANGUAGES.length);
  });
});

describe('the language of the page', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de-DE,de;q=0.9', 'en'],
    ['fa-IR,fa;q=0.9,en-US;q=0.8', 'fa'],
    ['zh-Hans-CN, en;q=0.5', 'zh'],
    ['de, ru;q=0.3, zh;q=0.7', 'zh'],
    ['ru;q=0, fa;q=0.1', 'fa'],
    ['RU', 'ru'],
    ['*, constructor, __proto__', 'en'],
    [`${'de,'.repeat(10_000)}ru`, 'en'],
  ])('[R4.2] for %j is %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });
});

describe('numbers and dates of the page', () => {
  it.each([
    [0n, '0 B'],
    [1_023n, '1,023 B'],
    [1_536n, '2 KiB'],
    [GIB + GIB / 4n, '1.3 GiB'],
    [999n * GIB, '999 GiB'],
    [2n ** 60n, '1,024 PiB'],
    [-5n, '0 B'],
  ])('[R4.2] %s bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });

  it('[R4.2] the last day is counted in hours', () => {
    expect(formatDistance(new Date('2026-06-01T17:30:00Z'), NOW, 'en')).toBe('in 5 hours');
    expect(formatDistance(new Date('2026-05-20T00:00:00Z'), NOW, 'ru')).toBe('12 дней назад');
    expect(formatDate(new Date('2026-06-01T23:59:59Z'), 'zh')).toBe('2026年6月1日');
  });
});

describe('the html of the page', () => {
  it('[R4.2] what is put in is text, unless it is HTML already', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`<p title="${'"'}">${inner}${[inner]}${undefined}${new Html('<br>')}${1}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b><br>1</p>',
    );
  });
});
