import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import type { Inbound, NodeUser } from '../fleet/node-configuration.js';

type Json = Record<string, unknown>;

interface RealitySettings {
  privateKey: string;
  serverNames: string[];
  shortIds: string[];
}

interface TlsSettings {
  serverName: string;
  alpn: string[];
  certificates: { certificate: string[] }[];
}

/** What precedes the 32 bytes of an X25519 key in PKCS #8 (RFC 8410). */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

export const emailOf = (userId: string, tag: string): string => `${userId}.${tag}`;

/** An inbound as Xray is started with it: with an account for each user, as docs/agent-protocol.md has them. */
export function withClients(inbound: Inbound, users: Iterable<NodeUser>): Json {
  const { flow: _flow, ...settings } = inbound.settings;
  const clients = Array.from(users, (user) => ({
    ...account(inbound, user),
    email: emailOf(user.id, inbound.tag),
    level: 0,
  }));
  return { ...inbound, settings: { ...settings, clients } };
}

function account(inbound: Inbound, { uuid, password }: NodeUser): Json {
  if (inbound.protocol === 'shadowsocks') return { password: shadowsocksKey(password) };
  return { id: uuid, ...(inbound.settings['flow'] ? { flow: inbound.settings['flow'] } : {}) };
}

/** For 2022-blake3-aes-128-gcm, the only method that is used here. */
const shadowsocksKey = (password: string): string =>
  createHash('sha256').update(`vpanel-ss2022\n${password}`).digest().subarray(0, 16).toString('base64');

/** What a client needs to use the inbound as this user. */
export function outboundTo(inbound: Inbound, user: NodeUser): Json {
  const { tag, protocol, port, settings } = inbound;
  const address = '127.0.0.1';
  if (protocol === 'shadowsocks') {
    const password = `${String(settings['password'])}:${shadowsocksKey(user.password)}`;
    return { tag, protocol, settings: { servers: [{ address, port, method: settings['method'], password }] } };
  }
  const users = [{ ...account(inbound, user), encryption: 'none' }];
  return { tag, protocol, settings: { vnext: [{ address, port, users }] }, streamSettings: clientStream(inbound) };
}

function clientStream({ streamSettings = {} }: Inbound): Json {
  const { network, security, wsSettings } = streamSettings;
  const settings =
    security === 'reality'
      ? { realitySettings: realityClient(streamSettings['realitySettings'] as RealitySettings) }
      : { tlsSettings: tlsClient(streamSettings['tlsSettings'] as TlsSettings) };
  return { network, security, ...settings, ...(wsSettings !== undefined && { wsSettings }) };
}

function realityClient({ privateKey, serverNames, shortIds }: RealitySettings): Json {
  const der = Buffer.concat([PKCS8_X25519, Buffer.from(privateKey, 'base64url')]);
  const { x } = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' });
  return { serverName: serverNames[0], fingerprint: 'chrome', publicKey: x, shortId: shortIds[0], spiderX: '/' };
}

function tlsClient({ serverName, alpn, certificates }: TlsSettings): Json {
  const lines = certificates[0]?.certificate ?? [];
  const pin = new X509Certificate(lines.join('\n')).fingerprint256.replaceAll(':', '').toLowerCase();
  return { serverName, alpn, pinnedPeerCertSha256: pin };
}
