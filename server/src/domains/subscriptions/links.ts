import { isIP } from 'node:net';
import type {
  ClientProxy,
  Security,
  ShadowsocksProxy,
  Transport,
  TrojanProxy,
  VlessProxy,
  VmessProxy,
} from './endpoint.js';

/**
 * Share links, as XTLS/Xray-core discussion 716 and v2rayN (ServiceLib/Handler/Fmt) have them: every value
 * percent-encoded, IPv6 in brackets, the name in the fragment, no key twice.
 */
export function shareLink(proxy: ClientProxy): string {
  switch (proxy.protocol) {
    case 'vless':
      return vlessLink(proxy);
    case 'vmess':
      return vmessLink(proxy);
    case 'trojan':
      return trojanLink(proxy);
    case 'shadowsocks':
      return shadowsocksLink(proxy);
  }
}

/** What nearly all apps read: links, one a line, the whole in base64. */
export const linkList = (proxies: readonly ClientProxy[]): string =>
  Buffer.from(proxies.map(shareLink).join('\n')).toString('base64');

type Query = Record<string, string | undefined>;

const writeQuery = (query: Query): string =>
  Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value ?? '')}`)
    .join('&');

const authority = ({ host, port }: ClientProxy): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
const fragment = ({ name }: ClientProxy): string => `#${encodeURIComponent(name)}`;

function vlessLink(proxy: VlessProxy): string {
  const { uuid, flow, security, transport } = proxy;
  const query = { encryption: 'none', flow, ...securityQuery(security), ...transportQuery(transport) };
  return `vless://${encodeURIComponent(uuid)}@${authority(proxy)}?${writeQuery(query)}${fragment(proxy)}`;
}

function trojanLink(proxy: TrojanProxy): string {
  const query = { ...securityQuery(proxy.security), ...transportQuery(proxy.transport) };
  return `trojan://${encodeURIComponent(proxy.password)}@${authority(proxy)}?${writeQuery(query)}${fragment(proxy)}`;
}

/** SIP002; for the ciphers of 2022 the user part is plain, not base64 (SIP022). */
function shadowsocksLink(proxy: ShadowsocksProxy): string {
  return `ss://${proxy.method}:${encodeURIComponent(proxy.password)}@${authority(proxy)}${fragment(proxy)}`;
}

function securityQuery(security: Security): Query {
  switch (security.kind) {
    case 'none':
      return { security: 'none' };
    case 'tls': {
      const { sni, fingerprint, alpn, pinned } = security;
      return { security: 'tls', sni, fp: fingerprint, alpn: alpn.join(','), pcs: pinned?.sha256 };
    }
    case 'reality': {
      const { sni, fingerprint, publicKey, shortId } = security;
      return { security: 'reality', sni, fp: fingerprint, pbk: publicKey, sid: shortId, spx: '/' };
    }
  }
}

/** Xray's "raw" keeps its old name here. */
function transportQuery(transport: Transport): Query {
  switch (transport.network) {
    case 'raw':
      return { type: 'tcp', headerType: 'none' };
    case 'ws':
      return { type: 'ws', path: transport.path, host: transport.host };
    case 'xhttp': {
      const { path, host, mode, extra } = transport;
      return { type: 'xhttp', path, host, mode, extra: extra ? JSON.stringify(extra) : undefined };
    }
  }
}

/** v2rayN's JSON; strings are what all readers take for every value. */
function vmessLink({ name, host, port, uuid, transport, security }: VmessProxy): string {
  const tls = security.kind === 'tls' ? security : undefined;
  const json = {
    v: '2',
    ps: name,
    add: host,
    port: String(port),
    id: uuid,
    aid: '0',
    scy: 'auto',
    net: transport.network === 'raw' ? 'tcp' : transport.network,
    type: transport.network === 'xhttp' ? transport.mode : 'none',
    host: transport.network === 'raw' ? '' : transport.host,
    path: transport.network === 'raw' ? '' : transport.path,
    tls: tls ? 'tls' : '',
    sni: tls?.sni ?? '',
    alpn: tls?.alpn.join(',') ?? '',
    fp: tls?.fingerprint ?? '',
    ...(tls?.pinned && { pcs: tls.pinned.sha256 }),
  };
  return `vmess://${Buffer.from(JSON.stringify(json)).toString('base64')}`;
}
