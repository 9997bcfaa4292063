import { beforeAll, expect, test } from 'vitest';
import type { Inbound } from './inbound.schema.js';
import { checkInbound, conflicts, transports } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';

const NOW = new Date('2026-08-01T00:00:00Z');

let tcp: Inbound;
let quic: Inbound;
let shadowsocks: Extract<Inbound, { protocol: 'shadowsocks' }>;

beforeAll(async () => {
  tcp = await buildTemplate(ProxyTemplate.VLESS_REALITY_VISION, { port: 443 }, NOW);
  const xhttp = await buildTemplate(ProxyTemplate.VLESS_XHTTP_TLS, { port: 443 }, NOW);
  const made = await buildTemplate(ProxyTemplate.SHADOWSOCKS_2022_128, { port: 443 }, NOW);
  if (xhttp.protocol === 'shadowsocks' || made.protocol !== 'shadowsocks') throw new Error('unexpected template');
  const { tlsSettings } = xhttp.streamSettings;
  if (!tlsSettings) throw new Error('no TLS');
  quic = { ...xhttp, streamSettings: { ...xhttp.streamSettings, tlsSettings: { ...tlsSettings, alpn: ['h3'] } } };
  shadowsocks = made;
});

const withNetwork = (network: 'tcp' | 'udp' | 'tcp,udp'): Inbound => ({
  ...shadowsocks,
  settings: { ...shadowsocks.settings, network, password: Buffer.alloc(16, network).toString('base64') },
});

test('[R7.7] what listens on what', () => {
  expect([...transports(tcp)]).toEqual(['tcp']);
  expect([...transports(quic)]).toEqual(['udp']);
  expect([...transports(withNetwork('udp'))]).toEqual(['udp']);
  expect([...transports(withNetwork('tcp,udp'))].toSorted()).toEqual(['tcp', 'udp']);
  expect(checkInbound({ protocol: 'vless', port: 443, inbound: quic }, NOW).problems).toEqual([]);
});

type Make = () => Inbound;
test.each<[what: string, candidate: Make, other: Make, isRefused: boolean]>([
  ['TCP and TCP on one port', () => tcp, () => tcp, true],
  ['TCP and QUIC on one port', () => tcp, () => quic, false],
  ['QUIC and QUIC on one port', () => quic, () => quic, true],
  ['TCP and Shadowsocks over both', () => tcp, () => withNetwork('tcp,udp'), true],
  ['QUIC and Shadowsocks over both', () => quic, () => withNetwork('tcp,udp'), true],
  ['TCP and Shadowsocks over UDP', () => tcp, () => withNetwork('udp'), false],
  ['Shadowsocks over TCP and over UDP', () => withNetwork('tcp'), () => withNetwork('udp'), false],
  ['two ports', () => tcp, () => ({ ...tcp, port: 444 }), false],
  ['every address and one of them', () => tcp, () => ({ ...tcp, listen: '192.0.2.7' }), true],
  [
    'one address and every one, IPv6 too',
    () => ({ ...tcp, listen: '192.0.2.7' }),
    () => ({ ...tcp, listen: '::' }),
    true,
  ],
  ['every IPv4 and every address', () => tcp, () => ({ ...tcp, listen: '::' }), true],
  ['one address twice', () => ({ ...tcp, listen: '2001:db8::7' }), () => ({ ...tcp, listen: '2001:DB8:0::7' }), true],
  [
    'an address and its IPv6 form',
    () => ({ ...tcp, listen: '192.0.2.7' }),
    () => ({ ...tcp, listen: '::ffff:192.0.2.7' }),
    true,
  ],
  ['two addresses', () => ({ ...tcp, listen: '192.0.2.7' }), () => ({ ...tcp, listen: '192.0.2.8' }), false],
])('[R7.7] %s', (_what, candidate, other, isRefused) => {
  const problems = conflicts(candidate(), [{ name: 'frankfurt', inbound: other() }]);
  const message = 'is used by the proxy "frankfurt" on a node that both run on; choose another port';
  expect(problems).toEqual(isRefused ? [{ path: 'port', message }] : []);
  const reverse = conflicts(other(), [{ name: 'frankfurt', inbound: candidate() }]);
  expect(reverse).toEqual(problems);
});

test('[R7.7] the port of an agent is its own, over TCP', () => {
  const message = 'is the port of the agent itself on a node that the proxy runs on; choose another port';
  expect(conflicts(tcp, [], [8443, 443])).toEqual([{ path: 'port', message }]);
  expect(conflicts(tcp, [], [8443])).toEqual([]);
  expect(conflicts(quic, [], [443])).toEqual([]);
});

test('[R7.7] two Shadowsocks proxies have two keys, two REALITY proxies may share one', () => {
  const problems = conflicts(shadowsocks, [
    { name: 'tokyo', inbound: withNetwork('tcp') },
    { name: 'osaka', inbound: { ...shadowsocks, port: 8388 } },
  ]);
  expect(problems).toEqual([
    { path: 'port', message: expect.stringContaining('"tokyo"') as string },
    { path: 'inbound.settings.password', message: 'is the server\'s key of the proxy "osaka" too; generate a new one' },
  ]);
  expect(conflicts(tcp, [{ name: 'osaka', inbound: { ...tcp, port: 444 } }])).toEqual([]);
});
