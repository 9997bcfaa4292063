import { randomBytes } from 'node:crypto';
import { isHost } from './inbound.hosts.js';
import { normalForm } from './inbound.normal-form.js';
import { DEFAULT_MIN_CLIENT_VERSION } from './inbound.reality-rules.js';
import {
  VISION,
  type Inbound,
  type RealitySettings,
  type ShadowsocksMethod,
  type TlsSettings,
} from './inbound.schema.js';
import {
  generateRealityKeys,
  generateShadowsocksKey,
  generateShortIds,
  selfSignedCertificate,
  type InlineCertificate,
} from './reality-keys.js';

export enum ProxyTemplate {
  VLESS_REALITY_VISION = 'VLESS_REALITY_VISION',
  VLESS_XHTTP_TLS = 'VLESS_XHTTP_TLS',
  VLESS_XHTTP_REALITY = 'VLESS_XHTTP_REALITY',
  VLESS_WS_TLS = 'VLESS_WS_TLS',
  VLESS_TLS_VISION = 'VLESS_TLS_VISION',
  VMESS_WS = 'VMESS_WS',
  VMESS_WS_TLS = 'VMESS_WS_TLS',
  TROJAN_TLS = 'TROJAN_TLS',
  TROJAN_WS_TLS = 'TROJAN_WS_TLS',
  SHADOWSOCKS_2022_128 = 'SHADOWSOCKS_2022_128',
  SHADOWSOCKS_2022_256 = 'SHADOWSOCKS_2022_256',
}

/** Paths on every node that serves the proxy. */
export interface CertificateFiles {
  certificateFile: string;
  keyFile: string;
}

export interface TemplateOptions {
  port?: number;
  /** The name that clients ask for; REALITY borrows that site, TLS has it in the certificate. */
  serverName?: string;
  /** host:port of the site that REALITY borrows; port 443 of `serverName` when absent. */
  target?: string;
  /** Of WebSocket and XHTTP; a random one when absent, which probes do not find. */
  path?: string;
  /** A new self-signed one when absent. */
  certificate?: InlineCertificate | CertificateFiles | 'self-signed';
}

/** Different, so that one of each kind can run on a node; those with WebSocket are passed on by CDNs. */
const PORTS: Readonly<Record<ProxyTemplate, number>> = {
  VLESS_REALITY_VISION: 443,
  VLESS_XHTTP_TLS: 2083,
  VLESS_XHTTP_REALITY: 4443,
  VLESS_WS_TLS: 2053,
  VLESS_TLS_VISION: 9443,
  VMESS_WS: 8080,
  VMESS_WS_TLS: 2087,
  TROJAN_TLS: 8444,
  TROJAN_WS_TLS: 2096,
  SHADOWSOCKS_2022_128: 8388,
  SHADOWSOCKS_2022_256: 8389,
};

/** Exists for examples and is served with TLS 1.3 and HTTP/2, as REALITY needs; a site near the node is better. */
const EXAMPLE_NAME = 'www.example.com';

const SNIFFING = {
  enabled: true,
  destOverride: ['http', 'tls', 'quic'],
  routeOnly: true,
} satisfies Inbound['sniffing'];

/** A complete inbound with new keys. What the options say is put in as it is: checkInbound judges it. */
export async function buildTemplate(kind: ProxyTemplate, options: TemplateOptions, now: Date): Promise<Inbound> {
  const common = { listen: '0.0.0.0', port: options.port ?? PORTS[kind], sniffing: SNIFFING };
  const vless = (flow: '' | typeof VISION) => ({
    ...common,
    protocol: 'vless' as const,
    settings: { decryption: 'none' as const, flow },
  });
  const vmess = { ...common, protocol: 'vmess' as const, settings: {} };
  const trojan = { ...common, protocol: 'trojan' as const, settings: {} };
  const path = options.path ?? `/${randomBytes(6).toString('hex')}`;
  const raw = { network: 'raw' as const };
  const ws = { network: 'ws' as const, wsSettings: { path } };
  const xhttp = { network: 'xhttp' as const, xhttpSettings: { path, mode: 'auto' as const } };
  const reality = () => ({ security: 'reality' as const, realitySettings: realitySettings(options) });
  const tls = async (alpn: TlsSettings['alpn']) => ({
    security: 'tls' as const,
    tlsSettings: await tlsSettings(options, alpn, now),
  });
  const shadowsocks = (method: ShadowsocksMethod): Inbound => ({
    ...common,
    protocol: 'shadowsocks',
    settings: { method, password: generateShadowsocksKey(method), network: 'tcp,udp' },
  });
  const build = async (): Promise<Inbound> => {
    switch (kind) {
      case ProxyTemplate.VLESS_REALITY_VISION:
        return { ...vless(VISION), streamSettings: { ...raw, ...reality() } };
      case ProxyTemplate.VLESS_TLS_VISION:
        return { ...vless(VISION), streamSettings: { ...raw, ...(await tls(['h2', 'http/1.1'])) } };
      case ProxyTemplate.VLESS_XHTTP_REALITY:
        return { ...vless(''), streamSettings: { ...xhttp, ...reality() } };
      case ProxyTemplate.VLESS_XHTTP_TLS:
        return { ...vless(''), streamSettings: { ...xhttp, ...(await tls(['h2', 'http/1.1'])) } };
      case ProxyTemplate.VLESS_WS_TLS:
        return { ...vless(''), streamSettings: { ...ws, ...(await tls(['http/1.1'])) } };
      case ProxyTemplate.VMESS_WS:
        return { ...vmess, streamSettings: { ...ws, security: 'none' } };
      case ProxyTemplate.VMESS_WS_TLS:
        return { ...vmess, streamSettings: { ...ws, ...(await tls(['http/1.1'])) } };
      case ProxyTemplate.TROJAN_TLS:
        return { ...trojan, streamSettings: { ...raw, ...(await tls(['h2', 'http/1.1'])) } };
      case ProxyTemplate.TROJAN_WS_TLS:
        return { ...trojan, streamSettings: { ...ws, ...(await tls(['http/1.1'])) } };
      case ProxyTemplate.SHADOWSOCKS_2022_128:
        return shadowsocks('2022-blake3-aes-128-gcm');
      case ProxyTemplate.SHADOWSOCKS_2022_256:
        return shadowsocks('2022-blake3-aes-256-gcm');
    }
  };
  return normalForm(await build());
}

function realitySettings({ serverName, target }: TemplateOptions): RealitySettings {
  const borrowed = serverName ?? target?.replace(/:\d+$/, '') ?? EXAMPLE_NAME;
  return {
    target: target ?? `${borrowed}:443`,
    serverNames: [borrowed],
    privateKey: generateRealityKeys().privateKey,
    shortIds: generateShortIds(),
    minClientVer: DEFAULT_MIN_CLIENT_VERSION,
  };
}

async function tlsSettings(options: TemplateOptions, alpn: TlsSettings['alpn'], now: Date): Promise<TlsSettings> {
  const { serverName, certificate = 'self-signed' } = options;
  if (certificate !== 'self-signed') return { ...(serverName && { serverName }), alpn, certificates: [certificate] };
  const name = serverName ?? EXAMPLE_NAME;
  // A name that is none goes no further than serverName, where checkInbound says so; no certificate can have it.
  const subject = isHost(name) ? name : EXAMPLE_NAME;
  return { serverName: name, alpn, certificates: [await selfSignedCertificate(subject, now)] };
}
