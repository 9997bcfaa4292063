import type {
  ClientProxy,
  Security,
  ShadowsocksProxy,
  StreamedProxy,
  Transport,
  TrojanProxy,
  VlessProxy,
  VmessProxy,
} from './endpoint.js';

/**
 * Three apps, one YAML. Mihomo has everything. Stash has no XHTTP (stash.wiki, "Proxy Types"). Classic Clash ended with
 * VMess and Trojan; it has neither VLESS nor the ciphers of 2022 and can pin no certificate, and one proxy that it does
 * not know makes it refuse the whole profile.
 */
export type Dialect = 'mihomo' | 'stash' | 'clash';

export type ClashProxy = { name: string; type: string; server: string; port: number } & Record<string, unknown>;

/** Undefined where the app could not use the proxy. */
export function clashProxy(proxy: ClientProxy, dialect: Dialect): ClashProxy | undefined {
  if (!isKnown(proxy, dialect)) return undefined;
  const { name, host, port } = proxy;
  const written = { name, type: TYPES[proxy.protocol], server: host, port, ...protocolPart(proxy, dialect) };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as ClashProxy;
}

const TYPES = { vless: 'vless', vmess: 'vmess', trojan: 'trojan', shadowsocks: 'ss' } as const;

function isKnown(proxy: ClientProxy, dialect: Dialect): boolean {
  if (proxy.protocol === 'shadowsocks') return dialect !== 'clash';
  const { protocol, transport, security } = proxy;
  if (transport.network === 'xhttp') return dialect === 'mihomo' && protocol === 'vless' && isKnownXhttp(transport);
  switch (dialect) {
    case 'mihomo':
      return true;
    case 'stash':
      return security.kind !== 'reality' || protocol === 'vless';
    case 'clash':
      return protocol !== 'vless' && security.kind !== 'reality' && !(security.kind === 'tls' && security.pinned);
  }
}

/** What Mihomo spells itself, and what only tunes one side. Any other option must be the same on both sides. */
const HARMLESS_XHTTP = new Set([
  'headers',
  'noGRPCHeader',
  'noSSEHeader',
  'scMaxBufferedPosts',
  'scMaxEachPostBytes',
  'scMinPostsIntervalMs',
  'scStreamUpServerSecs',
  'serverMaxHeaderBytes',
  'xPaddingBytes',
  'xmux',
]);

const isKnownXhttp = ({ extra }: Extract<Transport, { network: 'xhttp' }>): boolean =>
  Object.keys(extra ?? {}).every((key) => HARMLESS_XHTTP.has(key));

type Part = Record<string, unknown>;

function protocolPart(proxy: ClientProxy, dialect: Dialect): Part {
  switch (proxy.protocol) {
    case 'vless':
      return vlessPart(proxy, dialect);
    case 'vmess':
      return vmessPart(proxy, dialect);
    case 'trojan':
      return trojanPart(proxy, dialect);
    case 'shadowsocks':
      return shadowsocksPart(proxy);
  }
}

const vlessPart = (proxy: VlessProxy, dialect: Dialect): Part => ({
  uuid: proxy.uuid,
  flow: proxy.flow || undefined,
  udp: true,
  'packet-encoding': dialect === 'mihomo' ? 'xudp' : undefined,
  ...tlsPart(proxy, 'servername', dialect),
  ...transportPart(proxy.transport),
});

const vmessPart = (proxy: VmessProxy, dialect: Dialect): Part => ({
  uuid: proxy.uuid,
  alterId: 0,
  cipher: 'auto',
  udp: true,
  ...tlsPart(proxy, 'servername', dialect),
  ...transportPart(proxy.transport),
});

/** Trojan is TLS by definition and calls the name `sni`. */
const trojanPart = (proxy: TrojanProxy, dialect: Dialect): Part => ({
  password: proxy.password,
  udp: true,
  ...tlsPart(proxy, 'sni', dialect),
  tls: undefined,
  ...transportPart(proxy.transport),
});

const shadowsocksPart = ({ method, password, udp }: ShadowsocksProxy): Part => ({ cipher: method, password, udp });

function tlsPart({ security, transport }: StreamedProxy, nameKey: 'servername' | 'sni', dialect: Dialect): Part {
  if (security.kind === 'none') return {};
  const nameAndBrowser = {
    tls: true,
    [nameKey]: security.sni || undefined,
    'client-fingerprint': dialect === 'clash' ? undefined : security.fingerprint,
  };
  return security.kind === 'reality'
    ? { ...nameAndBrowser, ...realityPart(security, dialect) }
    : { ...nameAndBrowser, alpn: alpnFor(security.alpn, transport, dialect), ...pinPart(security, dialect) };
}

/** Classic Clash knows `alpn` for Trojan only and ignores it elsewhere; WebSocket sets its own everywhere. */
function alpnFor(alpn: string[], { network }: Transport, dialect: Dialect): string[] | undefined {
  if (network === 'ws' || (dialect === 'clash' && alpn.length === 0)) return undefined;
  if (network === 'xhttp' && alpn.length !== 1) return ['h2'];
  return alpn.length > 0 ? alpn : undefined;
}

function pinPart({ pinned }: Extract<Security, { kind: 'tls' }>, dialect: Dialect): Part {
  return { [dialect === 'stash' ? 'server-cert-fingerprint' : 'fingerprint']: pinned?.sha256 };
}

/** Xray since 26.9.8 wants the hybrid key exchange, and older ones take it too. */
function realityPart({ publicKey, shortId }: Extract<Security, { kind: 'reality' }>, dialect: Dialect): Part {
  const hybrid = dialect === 'mihomo' ? { 'support-x25519mlkem768': true } : {};
  return { 'reality-opts': { 'public-key': publicKey, 'short-id': shortId, ...hybrid } };
}

function transportPart(transport: Transport): Part {
  switch (transport.network) {
    case 'raw':
      return { network: 'tcp' };
    case 'ws': {
      const headers = transport.host ? { headers: { Host: transport.host } } : {};
      return { network: 'ws', 'ws-opts': { path: transport.path, ...headers } };
    }
    case 'xhttp':
      return { network: 'xhttp', 'xhttp-opts': xhttpPart(transport) };
  }
}

/** Mihomo's names for the options of XHTTP that it has under others. */
const XHTTP_OPTIONS = { headers: 'headers', noGRPCHeader: 'no-grpc-header', xPaddingBytes: 'x-padding-bytes' } as const;

function xhttpPart({ path, host, mode, extra }: Extract<Transport, { network: 'xhttp' }>): Part {
  const options = Object.entries(XHTTP_OPTIONS)
    .map(([key, name]): [string, unknown] => [name, extra?.[key]])
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]);
  return {
    path,
    ...(host && { host }),
    ...(mode !== 'auto' && { mode }),
    ...Object.fromEntries(options),
  };
}
