import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toOutbounds, type ClientProxy, type Endpoint } from './endpoint.js';
import { linkList, shareLink } from './links.js';
import { parseLink } from './parse-link.js';

const endpoints = JSON.parse(readFileSync(new URL('golden/endpoints.json', import.meta.url), 'utf8')) as Endpoint[];
const proxies = toOutbounds(endpoints);
const links = proxies.map(shareLink);

/** A link carries the hash of a certificate, not the certificate. */
function asLinked(proxy: ClientProxy): ClientProxy {
  if (proxy.protocol === 'shadowsocks' || proxy.security.kind !== 'tls' || !proxy.security.pinned) return proxy;
  const pinned = { ...proxy.security.pinned, pem: null };
  return { ...proxy, security: { ...proxy.security, pinned } };
}

const UUID = '3f2b8a54-9c1e-4d67-8a0b-5e9d7c6f1a23';
const PBK = 'eQH1DrvYs4wRkYU52wQKaOivX_1KKqgqZ8zeAs4sFSk';
const vmess = (json: object): string => `vmess://${Buffer.from(JSON.stringify(json)).toString('base64')}`;

describe('share links', () => {
  it.each(proxies.map((proxy) => [proxy.name, proxy] as const))('[R4.2] %s is read back as it was', (_name, proxy) => {
    expect(parseLink(shareLink(proxy))).toEqual({ ok: true, value: asLinked(proxy) });
  });

  it('[R4.2] awkward values survive', () => {
    const [, xhttp, , , trojan] = proxies;
    if (trojan?.protocol !== 'trojan' || xhttp?.protocol !== 'vless') throw new Error('the fixtures have changed');
    const awkward: ClientProxy[] = [
      { ...trojan, name: '100% & #1 / تهران?', password: ' p@ss:w/o?r#d%26&=+' },
      {
        ...xhttp,
        transport: { network: 'xhttp', path: '/ä b?ed=2048&x=%41#y', host: '', mode: 'packet-up', extra: null },
      },
      { ...trojan, host: '2001:db8::1', transport: { network: 'ws', path: '/', host: '' } },
    ];
    for (const proxy of awkward) expect(parseLink(shareLink(proxy))).toEqual({ ok: true, value: asLinked(proxy) });
  });

  it('[R4.2] the list is standard base64 of one link a line', () => {
    expect(Buffer.from(linkList(proxies), 'base64').toString().split('\n')).toEqual(links);
    expect(linkList([])).toBe('');
  });

  it.each([
    ['a trojan link without a word about TLS', `trojan://pw@example.com:443#t`],
    [
      'base64 in a Shadowsocks link',
      `ss://${Buffer.from('2022-blake3-aes-128-gcm:Yk8eVHAEaBq8XdKPYorqjw==').toString('base64url')}@192.0.2.1:8388/`,
    ],
    ['numbers in the JSON of VMess', vmess({ add: '192.0.2.1', port: 443, id: UUID, aid: 0, net: 'tcp', tls: 'tls' })],
    ['raw for tcp', `vless://${UUID}@example.com:443?type=raw&security=tls`],
  ])('[R4.2] %s is understood', (_case, link) => {
    expect(parseLink(link).ok).toBe(true);
  });

  it.each([
    ['', 'not a link'],
    ['https://example.com', 'not a link'],
    [`vless://${UUID}@example.com`, 'not a link'],
    [`vless://${UUID}@example.com:0`, 'port'],
    [`vless://${UUID}@example.com:65536`, 'port'],
    ['vless://nobody@example.com:443', 'UUID'],
    [`vless://${UUID}@exa_mple!.com:443`, 'host'],
    [`vless://${UUID}@999.1.1.1:443`, 'host'],
    [`vless://${UUID}@[192.0.2.1]:443`, 'IPv6'],
    [`vless://${UUID}@example.com:443?type=grpc`, 'type'],
    [`vless://${UUID}@example.com:443?type=tcp&headerType=http`, 'headerType'],
    [`vless://${UUID}@example.com:443?type=tcp&type=ws`, 'twice'],
    [`vless://${UUID}@example.com:443?fm=%7B%7D`, '"fm" is not supported'],
    [`vless://${UUID}@example.com:443?encryption=mlkem768x25519plus`, 'encryption'],
    [`vless://${UUID}@example.com:443?security=xtls`, 'security'],
    [`vless://${UUID}@example.com:443?security=tls&pcs=1234`, 'pcs'],
    [`vless://${UUID}@example.com:443?security=tls&alpn=spdy`, 'alpn'],
    [`vless://${UUID}@example.com:443?security=reality&sni=a.b&pbk=short`, 'pbk'],
    [`vless://${UUID}@example.com:443?security=reality&sni=a.b&pbk=${PBK}&sid=123`, 'sid'],
    [`vless://${UUID}@example.com:443?security=reality&pbk=${PBK}`, 'sni'],
    [`vless://${UUID}@example.com:443?security=tls&type=ws&flow=xtls-rprx-vision`, 'flow'],
    [`vless://${UUID}@example.com:443?flow=xtls-rprx-splice`, 'flow'],
    [`vless://${UUID}@example.com:443?type=ws&path=x`, 'path'],
    [`vless://${UUID}@example.com:443?type=xhttp&extra=%5B%5D`, 'extra'],
    [`vless://${UUID}@example.com:443#%`, 'percent'],
    ['ss://aes-128-gcm:pw@192.0.2.1:8388', 'cipher'],
    ['ss://2022-blake3-aes-128-gcm:short@192.0.2.1:8388', 'key'],
    ['ss://2022-blake3-aes-128-gcm:Yk8eVHAEaBq8XdKPYorqjw%3D%3D@192.0.2.1:8388/?type=tcp', 'plugins'],
    ['vmess://not base64', 'base64'],
    [vmess([]), 'JSON'],
    [vmess({ add: 'a.b', port: '443', id: UUID, aid: '64' }), 'aid'],
    [vmess({ add: 'a.b', port: {}, id: UUID }), 'port'],
    [vmess({ add: 'a.b', port: '443', id: UUID, tls: 'reality' }), 'tls'],
    [`trojan://${'x'.repeat(9_000)}@example.com:443`, 'longer'],
  ])('[R4.2] %s is refused: %s', (link, reason) => {
    const parsed = parseLink(link);
    expect(parsed.ok ? '' : parsed.error).toContain(reason);
  });

  it('[R4.2] 100,000 damaged links throw nothing, and what is accepted is stable', () => {
    const random = mulberry32(20_260_601);
    const pick = (count: number): number => Math.floor(random() * count);
    let accepted = 0;
    for (let round = 0; round < 100_000; round += 1) {
      const parsed = parseLink(damage(links[pick(links.length)] ?? '', pick));
      if (!parsed.ok) continue;
      accepted += 1;
      const again = parseLink(shareLink(parsed.value));
      // toEqual is too slow to be asked a hundred thousand times.
      if (JSON.stringify(again) !== JSON.stringify(parsed)) expect(again).toEqual(parsed);
    }
    expect(accepted).toBeGreaterThan(5_000);
    expect(accepted).toBeLessThan(95_000);
  }, 60_000);
});

/** Small, seeded and good enough for tests. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SPICE = [
  '%',
  '%00',
  '%E2%80%AE',
  '\0',
  '\n',
  '#',
  '?',
  '&',
  '=',
  '@',
  ':',
  '/',
  '[',
  ']',
  '\uD800',
  '💥',
  '&sni=',
  '&type=ws',
];

/** One to three changes at random: a character, a piece of the alphabet above, a cut, a copy; now and then noise only. */
function damage(link: string, pick: (count: number) => number): string {
  if (pick(20) === 0) return Array.from({ length: pick(80) }, () => String.fromCharCode(pick(0x3000))).join('');
  let text = openVmess(link, pick);
  for (let change = pick(3); change >= 0; change -= 1) {
    const [at, spice] = [pick(text.length + 1), SPICE[pick(SPICE.length)] ?? ''];
    const changes = [
      () => text.slice(0, at) + String.fromCharCode(32 + pick(95)) + text.slice(at + 1),
      () => text.slice(0, at) + spice + text.slice(at),
      () => text.slice(0, at) + text.slice(at + pick(12)),
      () => text + text.slice(at),
    ];
    text = changes[pick(changes.length)]?.() ?? text;
  }
  return text;
}

/** Damage inside the JSON of VMess would otherwise hardly ever get past the base64. */
function openVmess(link: string, pick: (count: number) => number): string {
  if (!link.startsWith('vmess://') || pick(2) === 0) return link;
  const json = Buffer.from(link.slice(8), 'base64').toString();
  const at = pick(json.length);
  return `vmess://${Buffer.from(json.slice(0, at) + (SPICE[pick(SPICE.length)] ?? '') + json.slice(at + 1)).toString('base64')}`;
}
