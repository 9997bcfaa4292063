import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { clashProxy } from './clash-proxy.js';
import { toOutbounds, type ClientProxy, type Endpoint, type VlessProxy } from './endpoint.js';
import { clashProfile } from './mihomo.js';
import { singBoxProfile } from './sing-box.js';
import { MOST_XRAY_SERVERS, xrayConfigs } from './xray-json.js';

const endpoints = JSON.parse(readFileSync(new URL('golden/endpoints.json', import.meta.url), 'utf8')) as Endpoint[];
const proxies = toOutbounds(endpoints);
const names = proxies.map(({ name }) => name);
const [reality, xhttp, , , trojan, shadowsocks] = proxies as [
  VlessProxy,
  VlessProxy,
  ClientProxy,
  ClientProxy,
  ClientProxy,
  ClientProxy,
];

interface Clash {
  proxies: { name: string }[];
  'proxy-groups': { name: string; type: string; proxies: string[] }[];
  rules: string[];
}
interface SingBox {
  outbounds: { type: string; tag: string; outbounds?: string[] }[];
  route: { final: string; rules: { action?: string }[] };
}
interface Xray {
  remarks: string;
  outbounds: { tag: string; protocol: string; settings?: { inboundTag?: string } }[];
  routing: {
    balancers?: { tag: string; selector: string[]; fallbackTag: string }[];
    rules: { inboundTag?: string[]; balancerTag?: string }[];
  };
  observatory?: object;
}

const clash = (list: ClientProxy[], dialect: 'mihomo' | 'stash' | 'clash') =>
  parse(clashProfile(list, dialect)) as Clash;
const xray = (list: ClientProxy[]) => JSON.parse(xrayConfigs(list, 'Title')) as Xray[];

/** As many servers as asked for, under the names 0, 1, 2. */
const many = (count: number): ClientProxy[] =>
  Array.from({ length: count }, (_, index) => ({ ...reality, name: String(index) }));

describe('Clash and its heirs', () => {
  it('[R4.2] the first choice is the list in the order of the panel', () => {
    const groups = clash(proxies, 'mihomo')['proxy-groups'];
    expect(groups.map(({ name, type }) => [name, type])).toEqual([
      ['PROXY', 'select'],
      ['FAILOVER', 'fallback'],
      ['AUTO', 'url-test'],
    ]);
    expect(groups[0]?.proxies).toEqual(['FAILOVER', 'AUTO', ...names]);
    expect(groups[1]?.proxies).toEqual(names);
  });

  it('[R4.2] everything goes through the proxies, except what is near', () => {
    const { rules } = clash(proxies, 'mihomo');
    expect(rules.at(-1)).toBe('MATCH,PROXY');
    for (const rule of rules.slice(0, -1)) expect(rule).toMatch(/,DIRECT(,no-resolve)?$/);
  });

  it('[R4.2] texts that YAML would read as numbers or truths stay texts', () => {
    const security = { ...reality.security, shortId: '0b1010' } as VlessProxy['security'];
    const text = clashProfile(
      [
        { ...reality, name: 'yes', security },
        { ...reality, name: '1e3' },
      ],
      'mihomo',
    );
    for (const version of ['1.1', '1.2'] as const) {
      const profile = parse(text, { version }) as { proxies: { name: string; 'reality-opts': object }[] };
      expect(profile.proxies.map(({ name }) => name)).toEqual(['yes', '1e3']);
      expect(profile.proxies[0]?.['reality-opts']).toMatchObject({ 'short-id': '0b1010' });
    }
  });

  it('[R4.2] classic Clash is given nothing that would make it refuse the whole profile', () => {
    expect(clash(proxies, 'clash').proxies.map(({ name }) => name)).toEqual(['sg-1 · 香港']);
    expect(clashProfile(proxies, 'clash')).toMatch(/^# 5 of 6 servers are not listed/);
    const signed = { ...trojan, security: { kind: 'tls', sni: 'a.b', alpn: [], fingerprint: 'chrome', pinned: null } };
    expect(clashProxy(signed as ClientProxy, 'clash')).toEqual({
      name: 'us-nyc-1 · trojan',
      type: 'trojan',
      server: '198.51.100.7',
      port: 8_444,
      password: 'k7Qm2xVd9sTz4LwB',
      udp: true,
      sni: 'a.b',
      network: 'tcp',
    });
    expect(clashProxy({ ...signed, protocol: 'vmess', uuid: 'u' } as ClientProxy, 'clash')).toMatchObject({
      tls: true,
      servername: 'a.b',
    });
  });

  it('[R4.2] Stash has no XHTTP, and spells the pin of a certificate its own way', () => {
    expect(clash(proxies, 'stash').proxies.map(({ name }) => name)).toEqual(names.filter((_, index) => index !== 1));
    expect(clashProxy(trojan, 'stash')).toHaveProperty('server-cert-fingerprint');
    expect(clashProxy({ ...trojan, security: reality.security } as ClientProxy, 'stash')).toBeUndefined();
  });

  it('[R4.2] XHTTP is written for Mihomo with what it knows, and left out where more is needed', () => {
    const withExtra = (extra: Record<string, unknown> | null, mode = 'auto'): ClientProxy =>
      ({ ...xhttp, transport: { network: 'xhttp', path: '/x', host: 'h', mode, extra } }) as ClientProxy;
    expect(clashProxy(withExtra(null, 'stream-up'), 'mihomo')).toMatchObject({
      alpn: ['h2'],
      'xhttp-opts': { path: '/x', host: 'h', mode: 'stream-up' },
    });
    expect(
      clashProxy(withExtra({ xPaddingBytes: 100, noGRPCHeader: true, xmux: {} }), 'mihomo')?.['xhttp-opts'],
    ).toEqual({
      path: '/x',
      host: 'h',
      'no-grpc-header': true,
      'x-padding-bytes': '100',
    });
    expect(clashProxy(withExtra({ sessionIDPlacement: 'cookie' }), 'mihomo')).toBeUndefined();
    expect(clashProxy({ ...withExtra(null), protocol: 'trojan' } as ClientProxy, 'mihomo')).toBeUndefined();
  });
});

describe('sing-box', () => {
  it('[R4.2] the fastest living server is taken unless the user chooses', () => {
    const { outbounds, route } = JSON.parse(singBoxProfile(proxies)) as SingBox;
    const known = names.filter((_, index) => index !== 1);
    expect(outbounds[0]).toMatchObject({
      type: 'selector',
      tag: 'proxy',
      outbounds: ['auto', ...known],
      default: 'auto',
    });
    expect(outbounds[1]).toMatchObject({ type: 'urltest', tag: 'auto', outbounds: known });
    expect(route.final).toBe('proxy');
  });

  it('[R4.2] with XHTTP alone it is as without servers: everything is refused', () => {
    const { outbounds, route } = JSON.parse(singBoxProfile([xhttp])) as SingBox;
    expect(outbounds.map(({ tag }) => tag)).toEqual(['direct']);
    expect(route.rules.at(-1)).toEqual({ action: 'reject' });
  });

  it('[R4.2] a server without UDP is told so', () => {
    expect(singBoxProfile([{ ...shadowsocks, udp: false } as ClientProxy])).toContain('"network": "tcp"');
  });
});

describe('Xray', () => {
  it('[R4.2] first comes what changes servers by itself, then each server', () => {
    const configs = xray(proxies);
    expect(configs.map(({ remarks }) => remarks)).toEqual(['Title', ...names]);
    expect(configs[0]?.observatory).toMatchObject({ subjectSelector: ['p-'] });
    expect(configs[1]?.observatory).toBeUndefined();
  });

  it('[R4.2] the first three are tried in order, then the fastest', () => {
    const [{ routing, outbounds } = {} as Xray] = xray(proxies);
    expect(routing.balancers?.map(({ tag, selector, fallbackTag }) => [tag, selector, fallbackTag])).toEqual([
      ['step-0', ['p-000'], 'next-0'],
      ['step-1', ['p-001'], 'next-1'],
      ['step-2', ['p-002'], 'next-2'],
      ['rest', ['p-'], 'p-000'],
    ]);
    expect(routing.rules.slice(1).map(({ inboundTag, balancerTag }) => [inboundTag, balancerTag])).toEqual([
      [['socks', 'http'], 'step-0'],
      [['next-0'], 'step-1'],
      [['next-1'], 'step-2'],
      [['next-2'], 'rest'],
    ]);
    expect(
      outbounds.filter(({ protocol }) => protocol === 'loopback').map(({ tag, settings }) => [tag, settings]),
    ).toEqual(['next-0', 'next-1', 'next-2'].map((tag) => [tag, { inboundTag: tag }]));
  });

  it('[R4.2] one server needs no steps', () => {
    const [{ routing } = {} as Xray] = xray([reality]);
    expect(routing.balancers?.map(({ tag }) => tag)).toEqual(['rest']);
    expect(routing.rules.at(-1)).toMatchObject({ inboundTag: ['socks', 'http'], balancerTag: 'rest' });
  });

  it('[R4.2] the answer stays bounded, and no tag is the beginning of another', () => {
    const configs = xray(many(1_000));
    expect(configs).toHaveLength(1 + MOST_XRAY_SERVERS);
    const tags = configs[0]?.outbounds.map(({ tag }) => tag).filter((tag) => tag.startsWith('p-')) ?? [];
    expect(tags).toHaveLength(32);
    for (const tag of tags) expect(tags.filter((other) => other.startsWith(tag))).toEqual([tag]);
  });
});
