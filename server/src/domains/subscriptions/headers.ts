import type { SubscriptionInfo } from './endpoint.js';
import type { Format } from './format.js';
import { cleanText } from './names.js';

const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  links: 'text/plain; charset=utf-8',
  mihomo: 'text/yaml; charset=utf-8',
  stash: 'text/yaml; charset=utf-8',
  clash: 'text/yaml; charset=utf-8',
  'sing-box': 'application/json; charset=utf-8',
  xray: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** A link is a secret: it is stored nowhere on the way and handed on to no other site. */
const SECRECY = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** For the page: nothing of it is for apps. */
export const pageHeaders = (contentSecurityPolicy: string): Record<string, string> => ({
  'content-type': CONTENT_TYPES.html,
  'content-security-policy': contentSecurityPolicy,
  ...SECRECY,
});

/**
 * What apps show beside the servers; the names have grown with them (Clash for Windows, then v2rayN, Happ, Hiddify).
 * Whatever people have typed travels encoded, so that it can neither end a header nor begin another.
 */
export function profileHeaders(format: Exclude<Format, 'html'>, info: SubscriptionInfo): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES[format],
    'content-disposition': `attachment; filename*=UTF-8''${extendedValue(fileName(info.title))}`,
    'subscription-userinfo': userInfo(info.usage),
    'profile-title': `base64:${Buffer.from(cleanText(info.title)).toString('base64')}`,
    'profile-update-interval': String(Math.max(1, Math.round(info.updateHours))),
    'profile-web-page-url': new URL(info.pageUrl).href,
    ...SECRECY,
  };
}

/** Bytes and seconds; a total or an expiry of 0 is none. */
function userInfo({ upload, download, total, expiresAt }: SubscriptionInfo['usage']): string {
  const expire = expiresAt ? Math.floor(expiresAt.getTime() / 1_000) : 0;
  return `upload=${upload}; download=${download}; total=${total ?? 0n}; expire=${expire}`;
}

/** Clash takes the name of the profile from here. */
const fileName = (title: string): string => cleanText(title.replace(/[/\\:*?"<>|]+/g, ' ')) || 'subscription';

/** RFC 8187 allows fewer characters than encodeURIComponent leaves. */
const extendedValue = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
