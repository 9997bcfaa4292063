import { describe, expect, it } from 'vitest';
import type { SubscriptionInfo } from './endpoint.js';
import { profileHeaders } from './headers.js';

const INFO: SubscriptionInfo = {
  title: 'Example · Пример',
  username: 'alice',
  usage: { upload: 1n, download: 2n ** 60n, total: 2n ** 62n, expiresAt: new Date('2026-12-31T00:00:00.999Z') },
  updateHours: 12,
  pageUrl: 'https://panel.example.com/sub/t0ken',
};

describe('the headers of a profile', () => {
  it('[R4.2] say what apps show: title, use, expiry, when to come again', () => {
    expect(profileHeaders('mihomo', INFO)).toEqual({
      'content-type': 'text/yaml; charset=utf-8',
      'content-disposition': "attachment; filename*=UTF-8''Example%20%C2%B7%20%D0%9F%D1%80%D0%B8%D0%BC%D0%B5%D1%80",
      'subscription-userinfo': 'upload=1; download=1152921504606846976; total=4611686018427387904; expire=1798675200',
      'profile-title': 'base64:RXhhbXBsZSDCtyDQn9GA0LjQvNC10YA=',
      'profile-update-interval': '12',
      'profile-web-page-url': 'https://panel.example.com/sub/t0ken',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    });
  });

  it('[R4.2] nothing is no limit and no end', () => {
    const usage = { upload: 0n, download: 0n, total: null, expiresAt: null };
    expect(profileHeaders('links', { ...INFO, usage })['subscription-userinfo']).toBe(
      'upload=0; download=0; total=0; expire=0',
    );
  });

  it.each([
    ['links', 'text/plain; charset=utf-8'],
    ['stash', 'text/yaml; charset=utf-8'],
    ['clash', 'text/yaml; charset=utf-8'],
    ['sing-box', 'application/json; charset=utf-8'],
    ['xray', 'application/json; charset=utf-8'],
  ] as const)('[R4.2] %s is %s', (format, type) => {
    expect(profileHeaders(format, INFO)['content-type']).toBe(type);
  });

  it.each([
    'x\r\nset-cookie: a=b',
    '"; filename="evil.exe',
    "quote'(star)*",
    '../../etc/passwd',
    '\u202Egnp.\uD800\0',
    '   ',
    '日本 🇯🇵',
  ])('[R4.2] the title %j begins no header of its own', (title) => {
    const pageUrl = `https://panel.example.com/sub/x?y=\r\n${title.replace(/[\uD800]/, '')}`;
    const headers = profileHeaders('links', { ...INFO, title, username: title, pageUrl, updateHours: 0.2 });
    for (const [name, value] of Object.entries(headers)) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(value).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/);
    expect(headers['content-disposition']).not.toMatch(/%2F|%5C|%22/);
    expect(headers['profile-update-interval']).toBe('1');
  });
});
