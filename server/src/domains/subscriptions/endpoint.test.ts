import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inboundSchema } from '../proxies/inbound.schema.js';
import { toOutbound, toOutbounds, type ClientProxy, type Endpoint, type TlsSettings } from './endpoint.js';
import { realityPublicKey, selfSignedCertificate } from '../proxies/reality-keys.js';
import { serverCertificate } from './server-certificate.js';

const endpoints = JSON.parse(readFileSync(new URL('golden/endpoints.json', import.meta.url), 'utf8')) as Endpoint[];
const [reality, xhttp, webSocket, vmess, trojan, shadowsocks] = endpoints as [
  Endpoint,
  Endpoint,
  Endpoint,
  Endpoint,
  Endpoint,
  Endpoint,
];
const tlsOf = ({ inbound }: Endpoint): TlsSettings => {
  if (inbound.protocol === 'shadowsocks' || !inbound.streamSettings.tlsSettings) throw new Error('has no TLS');
  return inbound.streamSettings.tlsSettings;
};
const security = (proxy: ClientProxy) => (proxy.protocol === 'shadowsocks' ? undefined : proxy.security);
const transport = (proxy: ClientProxy) => (proxy.protocol === 'shadowsocks' ? undefined : proxy.transport);

const SELF_SIGNED = tlsOf(trojan);
const WILDCARD = tlsOf(webSocket);
const ON_NODE = tlsOf(xhttp);

describe('what a client must know', () => {
  it('[R4.2] the endpoints of these tests are inbounds that the panel accepts', () => {
    for (const { inbound } of endpoints) expect(inboundSchema.safeParse(inbound).error).toBeUndefined();
  });

  it('[R4.2] REALITY takes the first name and the first short id, and the public half of the key', () => {
    expect(toOutbound(reality)).toEqual({
      name: 'de-fra-1 · main',
      host: '203.0.113.10',
      port: 443,
      protocol: 'vless',
      uuid: reality.credentials.uuid,
      flow: 'xtls-rprx-vision',
      transport: { network: 'raw' },
      security: {
        kind: 'reality',
        sni: 'www.example.com',
        fingerprint: 'chrome',
        publicKey: 'eQH1DrvYs4wRkYU52wQKaOivX_1KKqgqZ8zeAs4sFSk',
        shortId: '0123456789abcdef',
      },
    });
  });

  it('[R4.2] the public key is what `xray x25519` prints', () => {
    expect(realityPublicKey('-LKzV2J9e4KH8pk4Ga5qoNiywZOG7K17IFtLzqwSSn0')).toBe(
      'eQH1DrvYs4wRkYU52wQKaOivX_1KKqgqZ8zeAs4sFSk',
    );
  });

  it.each([
    ['the name that is set', { ...WILDCARD, serverName: 'set.example.net' }, 'fi.example.org', 'set.example.net'],
    ['the address that a wildcard covers', WILDCARD, 'fi.example.org', 'fi.example.org'],
    ['the "www" of a wildcard that covers another', WILDCARD, 'fi.example.net', 'www.example.org'],
    ['the "www" of a wildcard for an IP address', WILDCARD, '203.0.113.1', 'www.example.org'],
    ['the name in the certificate', SELF_SIGNED, '198.51.100.7', 'trojan.example.net'],
    ['the domain of the node when the certificate lies there', ON_NODE, 'nl.example.org', 'nl.example.org'],
    ['nothing for an address when the certificate lies there', ON_NODE, '2001:db8::1', ''],
    ['the domain when the certificate is none', { certificates: [{ certificate: ['x'], key: ['y'] }] }, 'a.b', 'a.b'],
  ])('[R4.2] clients ask for %s', (_case, tls, host, sni) => {
    expect(serverCertificate(tls, host).sni).toBe(sni);
  });

  it('[R4.2] the one that the panel makes, which is no authority of its own, is pinned', async () => {
    const certificate = await selfSignedCertificate('made.example.org', new Date());
    const { sni, pinned } = serverCertificate({ certificates: [certificate] }, '198.51.100.7');
    expect(sni).toBe('made.example.org');
    expect(pinned?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('[R4.2] a self-signed certificate is pinned, one of an authority is not', () => {
    const { pinned } = serverCertificate(SELF_SIGNED, '198.51.100.7');
    expect(pinned?.sha256).toBe('0b948c87c8fe4e4fd843b6fd08728db5999f1b47170e0a9cfdc695e8bfcf4609');
    expect(pinned?.pem?.split('\n')[0]).toBe('-----BEGIN CERTIFICATE-----');
    expect(serverCertificate(WILDCARD, 'fi.example.org').pinned).toBeNull();
    expect(serverCertificate(ON_NODE, 'nl.example.org').pinned).toBeNull();
  });

  it('[R4.2] of several certificates the one for the name counts', () => {
    const both = { certificates: [...WILDCARD.certificates, ...SELF_SIGNED.certificates] };
    expect(serverCertificate({ ...both, serverName: 'trojan.example.net' }, 'x.y').pinned).not.toBeNull();
    expect(serverCertificate({ ...both, serverName: 'a.example.org' }, 'x.y').pinned).toBeNull();
  });

  it('[R4.2] WebSocket is HTTP/1.1 whatever the handshake offers, and asks for the host of the name', () => {
    expect(security(toOutbound(webSocket))).toMatchObject({ alpn: ['http/1.1'], sni: 'fi.example.org' });
    expect(transport(toOutbound(webSocket))).toEqual({ network: 'ws', path: '/ws', host: 'fi.example.org' });
    expect(transport(toOutbound(vmess))).toEqual({ network: 'ws', path: '/vm', host: 'cdn.example.com' });
  });

  it('[R4.2] the key of Shadowsocks 2022 is that of the server and that of the user', () => {
    expect(toOutbound(shadowsocks)).toMatchObject({
      password: 'Yk8eVHAEaBq8XdKPYorqjw==:WxlJzUjcyQok1/aVUCIWYQ==',
      udp: true,
      host: '2001:db8::6',
    });
  });

  it('[R4.2] a profile keeps the order, and no two servers in it have one name', () => {
    const twins = toOutbounds([trojan, reality, trojan]);
    expect(twins.map(({ name }) => name)).toEqual(['us-nyc-1 · trojan', 'de-fra-1 · main', 'us-nyc-1 · trojan 2']);
  });

  it('[R4.2] VLESS and Trojan are never handed out unencrypted', () => {
    const open = structuredClone([reality, trojan, vmess]);
    for (const { inbound } of open) if (inbound.protocol !== 'shadowsocks') inbound.streamSettings.security = 'none';
    expect(toOutbounds(open).map(({ protocol }) => protocol)).toEqual(['vmess']);
  });
});
