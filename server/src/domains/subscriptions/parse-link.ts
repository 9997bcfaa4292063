import { isIP } from 'node:net';
import type { ClientProxy, Flow, Security, ShadowsocksMethod, Transport, XhttpMode } from './endpoint.js';
import { cleanName } from './names.js';

export type ParsedLink = { ok: true; value: ClientProxy } | { ok: false; error: string };

/** Thrown and caught in this file only. */
class Refusal extends Error {}

const refuse = (reason: string): never => {
  throw new Refusal(reason);
};

const LONGEST = 8_192;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;
const FINGERPRINT = /^[a-z0-9_]{1,32}$/;
const X25519 = /^[A-Za-z0-9_-]{43}$/;
const SHORT_ID = /^([0-9a-f]{2}){0,8}$/i;
const SHA256 = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const PRINTABLE = /^[^\p{C}]+$/u;
const FLOWS: readonly Flow[] = ['', 'xtls-rprx-vision'];
const MODES: readonly XhttpMode[] = ['auto', 'packet-up', 'stream-up', 'stream-one'];
const ALPN = ['h3', 'h2', 'http/1.1'];
const KEY_BYTES: Readonly<Record<ShadowsocksMethod, number>> = {
  '2022-blake3-aes-128-gcm': 16,
  '2022-blake3-aes-256-gcm': 32,
};

const KEYS = new Set(
  'encryption flow security type headerType sni fp alpn pbk sid spx pcs path host mode extra'.split(' '),
);

/**
 * Reads what `shareLink` writes, and links of other panels that say the same. Strict: a link that means more than can be
 * kept here is refused, not shortened.
 */
export function parseLink(text: string): ParsedLink {
  try {
    return { ok: true, value: parse(text.trim()) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.message };
    throw error;
  }
}

function parse(link: string): ClientProxy {
  if (link.length > LONGEST) return refuse(`is longer than ${LONGEST} characters`);
  if (link.startsWith('vmess://')) return parseVmess(link.slice('vmess://'.length));
  const url = parseUrl(link);
  const { name, host, port, user, query } = url;
  switch (url.scheme) {
    case 'vless': {
      if ((query.get('encryption') ?? 'none') !== 'none') return refuse('encryption: only none is supported');
      const [security, transport] = [readSecurity(query, 'none'), readTransport(query)];
      const flow = readFlow(query.get('flow') ?? '', security, transport);
      return { name, host, port, protocol: 'vless', uuid: readUuid(user), flow, transport, security };
    }
    case 'trojan': {
      if (query.get('flow')) return refuse('flow: is not supported for trojan');
      const [security, transport] = [readSecurity(query, 'tls'), readTransport(query)];
      return { name, host, port, protocol: 'trojan', password: readPassword(user), transport, security };
    }
    default:
      if (query.size > 0) return refuse('plugins are not supported');
      return { name, host, port, protocol: 'shadowsocks', ...readShadowsocks(user), udp: true };
  }
}

interface LinkUrl {
  scheme: string;
  user: string;
  name: string;
  host: string;
  port: number;
  query: Map<string, string>;
}

function parseUrl(link: string): LinkUrl {
  const parts =
    /^(vless|trojan|ss):\/\/([^@/?#]+)@(\[[^\]@/?#]+\]|[^:[\]@/?#]+):(\d{1,5})\/?(?:\?([^#]*))?(?:#(.*))?$/s;
  const [, scheme = '', user = '', rawHost = '', port = '', query = '', name = ''] =
    parts.exec(link) ?? refuse('is not a link of the form vless://, vmess://, trojan:// or ss://');
  const host = readHost(rawHost);
  return {
    scheme,
    user: decode(user),
    host,
    port: readPort(port),
    query: readQuery(query),
    name: cleanName(decode(name) || host),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('is not percent-encoded rightly');
  }
}

function readQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [key = '', ...value] = pair.split('=');
    if (!KEYS.has(key)) refuse(`the key ${JSON.stringify(key.slice(0, 32))} is not supported`);
    if (query.has(key)) refuse(`${key}: appears twice`);
    query.set(key, decode(value.join('=')));
  }
  return query;
}

function readHost(text: string): string {
  const inBrackets = /^\[(.*)\]$/s.exec(text)?.[1];
  if (inBrackets !== undefined) return isIP(inBrackets) === 6 ? inBrackets : refuse('the host in [ ] is not IPv6');
  return isIP(text) === 4 || isDomain(text) ? text : refuse('the host is neither an address nor a domain');
}

const isDomain = (text: string): boolean =>
  text.length <= 253 && !/^[\d.]+$/.test(text) && text.split('.').every((label) => LABEL.test(label));

function readPort(text: string): number {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535 ? port : refuse('the port is not 1 to 65535');
}

const readUuid = (text: string): string => (UUID.test(text) ? text.toLowerCase() : refuse('the user is not a UUID'));

const readPassword = (text: string): string =>
  PRINTABLE.test(text) && text.length <= 256 ? text : refuse('the password has characters that cannot be typed');

function readFlow(text: string, security: Security, transport: Transport): Flow {
  const flow = FLOWS.find((known) => known === text) ?? refuse('flow: only xtls-rprx-vision is supported');
  if (flow !== '' && (security.kind === 'none' || transport.network !== 'raw')) {
    return refuse('flow: needs type tcp and security tls or reality');
  }
  return flow;
}

function readSecurity(query: Map<string, string>, otherwise: Security['kind']): Security {
  const kind = query.get('security') || otherwise;
  switch (kind) {
    case 'none':
      return { kind };
    case 'tls':
      return {
        kind,
        sni: readName(query, 'sni'),
        alpn: readAlpn(query.get('alpn') ?? ''),
        fingerprint: readFingerprint(query.get('fp') ?? ''),
        pinned: readPin(query.get('pcs') ?? ''),
      };
    case 'reality': {
      const sni = readName(query, 'sni') || refuse('sni: is needed for reality');
      const publicKey = readMatching(X25519, query, 'pbk', 'is not 32 bytes in base64url');
      const shortId = readMatching(SHORT_ID, query, 'sid', 'is not up to 16 hexadecimal digits');
      return { kind, sni, fingerprint: readFingerprint(query.get('fp') ?? ''), publicKey, shortId };
    }
    default:
      return refuse('security: only none, tls and reality are supported');
  }
}

function readMatching(pattern: RegExp, query: Map<string, string>, key: string, reason: string): string {
  const value = query.get(key) ?? '';
  return pattern.test(value) ? value : refuse(`${key}: ${reason}`);
}

function readName(query: Map<string, string>, key: string): string {
  const name = query.get(key) ?? '';
  return name === '' || isIP(name) || isDomain(name) ? name : refuse(`${key}: is not the name of a host`);
}

function readAlpn(text: string): string[] {
  const alpn = text.split(',').filter(Boolean);
  return alpn.every((protocol) => ALPN.includes(protocol)) ? alpn : refuse('alpn: only h3, h2 and http/1.1 are known');
}

const readFingerprint = (text: string): string =>
  FINGERPRINT.test(text || 'chrome') ? text || 'chrome' : refuse('fp: is not the name of a fingerprint');

function readPin(text: string): { sha256: string; pem: null } | null {
  if (text === '') return null;
  return SHA256.test(text) ? { sha256: text.toLowerCase(), pem: null } : refuse('pcs: is not one SHA-256');
}

function readTransport(query: Map<string, string>): Transport {
  const type = query.get('type') || 'tcp';
  const path = query.get('path') || '/';
  if (!path.startsWith('/') || !PRINTABLE.test(path)) return refuse('path: must begin with /');
  switch (type) {
    case 'raw':
    case 'tcp':
      if ((query.get('headerType') || 'none') !== 'none') return refuse('headerType: only none is supported');
      return { network: 'raw' };
    case 'ws':
      return { network: 'ws', path, host: readName(query, 'host') };
    case 'xhttp': {
      const mode = MODES.find((known) => known === (query.get('mode') || 'auto')) ?? refuse('mode: is not known');
      return { network: 'xhttp', path, host: readName(query, 'host'), mode, extra: readExtra(query.get('extra')) };
    }
    default:
      return refuse('type: only tcp, ws and xhttp are supported');
  }
}

function readExtra(text: string | undefined): Record<string, unknown> | null {
  if (!text) return null;
  const value = readJson(text, 'extra: is not a JSON object');
  return Object.keys(value).length > 0 ? value : null;
}

function readJson(text: string, reason: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(reason);
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : refuse(reason);
}

/** method:password, or that in base64 (SIP002). */
function readShadowsocks(user: string): { method: ShadowsocksMethod; password: string } {
  const plain = user.includes(':') || !BASE64.test(user) ? user : Buffer.from(user, 'base64').toString();
  const [name = '', ...keys] = plain.split(':');
  const method = (Object.keys(KEY_BYTES) as ShadowsocksMethod[]).find((known) => known === name);
  if (!method) return refuse('only the ciphers 2022-blake3-aes-128-gcm and 2022-blake3-aes-256-gcm are supported');
  const isKey = (key: string) => BASE64.test(key) && Buffer.from(key, 'base64').length === KEY_BYTES[method];
  if (keys.length < 1 || keys.length > 2 || !keys.every(isKey)) return refuse('a key has the wrong length');
  return { method, password: keys.join(':') };
}

/** v2rayN's JSON, whose keys for the transport and TLS are those of the other links under other names. */
function parseVmess(encoded: string): ClientProxy {
  if (!BASE64.test(encoded)) return refuse('vmess: is not base64');
  const json = readJson(Buffer.from(encoded, 'base64').toString(), 'vmess: is not a JSON object');
  const value = (key: string): string => {
    const found = json[key] ?? '';
    if (typeof found === 'number') return String(found);
    return typeof found === 'string' ? found : refuse(`${key}: is neither a text nor a number`);
  };
  if (!['', '0'].includes(value('aid'))) return refuse('aid: only 0 is supported');
  if (!['', 'tls'].includes(value('tls'))) return refuse('tls: only tls or nothing is supported');
  const network = value('net') || 'tcp';
  const query = new Map([
    ['security', value('tls') || 'none'],
    ['type', network],
    [network === 'xhttp' ? 'mode' : 'headerType', value('type')],
    ...['host', 'path', 'sni', 'alpn', 'fp', 'pcs'].map((key): [string, string] => [key, value(key)]),
  ]);
  const host = isIP(value('add')) ? value('add') : readHost(value('add'));
  return {
    name: cleanName(value('ps') || host),
    host,
    port: readPort(value('port')),
    protocol: 'vmess',
    uuid: readUuid(value('id')),
    transport: readTransport(query),
    security: readSecurity(query, 'none'),
  };
}
