import { realityPublicKey, shadowsocksKey, type Credentials, type Inbound } from '../proxies/index.js';
import { cleanName, uniqueNames } from './names.js';
import { serverCertificate } from './server-certificate.js';

/** One proxy on one node, as one user reaches it. */
export interface Endpoint {
  id: string;
  /** What the user sees in the app, such as "de-fra-1 · main". */
  name: string;
  /** The node's address: IPv4, IPv6 or a domain. */
  host: string;
  port: number;
  inbound: Inbound;
  credentials: Credentials;
}

export type SubscriptionStatus = 'ACTIVE' | 'LIMITED' | 'EXPIRED' | 'DISABLED';

export interface SubscriptionInfo {
  title: string;
  username: string;
  /** Bytes; `total` and `expiresAt` are null without a limit. */
  usage: { upload: bigint; download: bigint; total: bigint | null; expiresAt: Date | null };
  updateHours: number;
  /** The absolute link that the apps fetch. */
  pageUrl: string;
  /** As the panel judges the user; from the usage when absent. */
  status?: SubscriptionStatus;
}

export type StreamSettings = Extract<Inbound, { streamSettings: unknown }>['streamSettings'];
export type TlsSettings = NonNullable<StreamSettings['tlsSettings']>;
export type Flow = Extract<Inbound, { protocol: 'vless' }>['settings']['flow'];
export type XhttpMode = NonNullable<StreamSettings['xhttpSettings']>['mode'];
export type ShadowsocksMethod = Extract<Inbound, { protocol: 'shadowsocks' }>['settings']['method'];

export type Transport =
  | { network: 'raw' }
  | { network: 'ws'; path: string; host: string }
  | { network: 'xhttp'; path: string; host: string; mode: XhttpMode; extra: Record<string, unknown> | null };

/** A certificate that no authority has signed: trusted because the panel names it. Links carry the hash only. */
export interface PinnedCertificate {
  /** SHA-256 of the certificate, 64 lower-case hexadecimal digits. */
  sha256: string;
  pem: string | null;
}

export interface Tls {
  kind: 'tls';
  sni: string;
  alpn: string[];
  fingerprint: string;
  pinned: PinnedCertificate | null;
}

export interface Reality {
  kind: 'reality';
  sni: string;
  fingerprint: string;
  publicKey: string;
  shortId: string;
}

export type Security = { kind: 'none' } | Tls | Reality;

interface Reachable {
  name: string;
  host: string;
  port: number;
}

interface Streamed extends Reachable {
  transport: Transport;
  security: Security;
}

export type VlessProxy = Streamed & { protocol: 'vless'; uuid: string; flow: Flow };
export type VmessProxy = Streamed & { protocol: 'vmess'; uuid: string };
export type TrojanProxy = Streamed & { protocol: 'trojan'; password: string };
/** The password is that of the server and that of the user, with a colon between (SIP022, "Extensible Identity Headers"). */
export type ShadowsocksProxy = Reachable & {
  protocol: 'shadowsocks';
  method: ShadowsocksMethod;
  password: string;
  udp: boolean;
};

/** All that a client needs to know, with every choice made: renderers only spell it. */
export type ClientProxy = VlessProxy | VmessProxy | TrojanProxy | ShadowsocksProxy;
export type StreamedProxy = Exclude<ClientProxy, ShadowsocksProxy>;

/** The browser whose handshake is imitated; all clients know this one. */
const FINGERPRINT = 'chrome';

/** What a profile lists, in order, under names that are different from each other. */
export function toOutbounds(endpoints: readonly Endpoint[]): ClientProxy[] {
  const proxies = endpoints.map(toOutbound).filter(isEncrypted);
  const names = uniqueNames(proxies.map(({ name }) => name));
  return proxies.map((proxy, index) => ({ ...proxy, name: names[index] ?? proxy.name }));
}

/**
 * VLESS and Trojan would show the user's secret to everyone on the way. Xray since 26.7.11 refuses a whole configuration
 * with such a server in it (infra/conf/xray.go, validateOutboundTransportSecurity).
 */
const isEncrypted = (proxy: ClientProxy): boolean =>
  (proxy.protocol !== 'vless' && proxy.protocol !== 'trojan') || proxy.security.kind !== 'none';

export function toOutbound({ name, host, port, inbound, credentials }: Endpoint): ClientProxy {
  const reachable = { name: cleanName(name), host: host.replace(/\.$/, ''), port };
  const { protocol } = inbound;
  if (protocol === 'shadowsocks') {
    const { method, password, network } = inbound.settings;
    const key = `${password}:${shadowsocksKey(credentials.password, method)}`;
    return { ...reachable, protocol, method, password: key, udp: network.includes('udp') };
  }
  const security = securityOf(inbound.streamSettings, reachable.host);
  const transport = transportOf(inbound.streamSettings, security.kind === 'none' ? '' : security.sni);
  const streamed = { ...reachable, transport, security };
  switch (protocol) {
    case 'vless':
      return { ...streamed, protocol, uuid: credentials.uuid, flow: inbound.settings.flow };
    case 'vmess':
      return { ...streamed, protocol, uuid: credentials.uuid };
    case 'trojan':
      return { ...streamed, protocol, password: credentials.password };
  }
}

function transportOf({ network, wsSettings, xhttpSettings }: StreamSettings, sni: string): Transport {
  switch (network) {
    case 'raw':
      return { network };
    case 'ws':
      return { network, path: wsSettings?.path ?? '/', host: wsSettings?.host || sni };
    case 'xhttp': {
      const { path = '/', host, mode = 'auto', extra } = xhttpSettings ?? {};
      return { network, path, host: host || sni, mode, extra: extra && Object.keys(extra).length > 0 ? extra : null };
    }
  }
}

function securityOf({ network, security, tlsSettings, realitySettings }: StreamSettings, host: string): Security {
  if (security === 'tls' && tlsSettings) {
    // WebSocket is HTTP/1.1: an answer in HTTP/2 would be chosen by the handshake and then not be understood.
    const alpn = network === 'ws' ? ['http/1.1'] : (tlsSettings.alpn ?? []);
    return { kind: 'tls', ...serverCertificate(tlsSettings, host), alpn, fingerprint: FINGERPRINT };
  }
  if (security === 'reality' && realitySettings) {
    const { privateKey, serverNames, shortIds } = realitySettings;
    const [sni = '', shortId = ''] = [serverNames[0], shortIds[0]];
    return { kind: 'reality', sni, fingerprint: FINGERPRINT, publicKey: realityPublicKey(privateKey), shortId };
  }
  return { kind: 'none' };
}
