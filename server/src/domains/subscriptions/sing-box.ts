import type { ClientProxy, Security, Transport } from './endpoint.js';
import { PROBE_URL } from './private-networks.js';

type Json = Record<string, unknown>;

/**
 * A whole profile for sing-box 1.12 to 1.14: the keys are those of its documentation of 1.12 (docs/configuration), none
 * of them deprecated since (docs/deprecated.md). There is no ordered fallback in sing-box: "auto" takes the fastest
 * server that lives. It has no XHTTP either, so those servers are left out.
 */
export function singBoxProfile(proxies: readonly ClientProxy[]): string {
  const servers = proxies.flatMap((proxy) => outbound(proxy) ?? []);
  const tags = servers.map(({ tag }) => tag);
  const isEmpty = tags.length === 0;
  const profile = {
    log: { level: 'warn', timestamp: true },
    dns: dns(isEmpty),
    inbounds: INBOUNDS,
    outbounds: [...(isEmpty ? [] : groups(tags)), ...servers, { type: 'direct', tag: 'direct' }],
    route: route(isEmpty),
  };
  return `${JSON.stringify(profile, undefined, 2)}\n`;
}

/** Sites are looked up behind the proxy; the servers' own names by the system. */
const dns = (isEmpty: boolean): Json => ({
  servers: [
    ...(isEmpty ? [] : [{ type: 'https', tag: 'remote', server: '1.1.1.1', detour: 'proxy' }]),
    { type: 'local', tag: 'local' },
  ],
  final: isEmpty ? 'local' : 'remote',
});

const INBOUNDS: Json[] = [
  {
    type: 'tun',
    tag: 'tun-in',
    address: ['172.19.0.1/30', 'fdfe:dcba:9876::1/126'],
    auto_route: true,
    strict_route: true,
  },
  { type: 'mixed', tag: 'mixed-in', listen: '127.0.0.1', listen_port: 2_080 },
];

const groups = (tags: string[]): Json[] => [
  { type: 'selector', tag: 'proxy', outbounds: ['auto', ...tags], default: 'auto', interrupt_exist_connections: true },
  {
    type: 'urltest',
    tag: 'auto',
    outbounds: tags,
    url: PROBE_URL,
    interval: '1m',
    tolerance: 50,
    interrupt_exist_connections: true,
  },
];

/** Without a server everything is refused: going direct would show the user's own address. */
const route = (isEmpty: boolean): Json => ({
  rules: [
    ...(isEmpty ? [] : LOOK_INSIDE),
    { ip_is_private: true, action: 'route', outbound: 'direct' },
    ...(isEmpty ? [{ action: 'reject' }] : []),
  ],
  final: isEmpty ? 'direct' : 'proxy',
  auto_detect_interface: true,
  default_domain_resolver: 'local',
});

const LOOK_INSIDE: Json[] = [
  { action: 'sniff' },
  { type: 'logical', mode: 'or', rules: [{ protocol: 'dns' }, { port: 53 }], action: 'hijack-dns' },
];

function outbound(proxy: ClientProxy): (Json & { tag: string }) | undefined {
  if (proxy.protocol !== 'shadowsocks' && proxy.transport.network === 'xhttp') return undefined;
  const { name, host, port } = proxy;
  const reachable = { type: proxy.protocol, tag: name, server: host, server_port: port };
  switch (proxy.protocol) {
    case 'vless': {
      const flow = proxy.flow ? { flow: proxy.flow } : {};
      return { ...reachable, uuid: proxy.uuid, ...flow, packet_encoding: 'xudp', ...stream(proxy) };
    }
    case 'vmess':
      return {
        ...reachable,
        uuid: proxy.uuid,
        security: 'auto',
        alter_id: 0,
        packet_encoding: 'xudp',
        ...stream(proxy),
      };
    case 'trojan':
      return { ...reachable, password: proxy.password, ...stream(proxy) };
    case 'shadowsocks': {
      const network = proxy.udp ? {} : { network: 'tcp' };
      return { ...reachable, method: proxy.method, password: proxy.password, ...network };
    }
  }
}

function stream({ security, transport }: { security: Security; transport: Transport }): Json {
  return { ...tls(security), ...webSocket(transport) };
}

function tls(security: Security): Json {
  if (security.kind === 'none') return {};
  const common = {
    enabled: true,
    ...(security.sni && { server_name: security.sni }),
    utls: { enabled: true, fingerprint: security.fingerprint },
  };
  if (security.kind === 'reality') {
    const { publicKey, shortId } = security;
    return { tls: { ...common, reality: { enabled: true, public_key: publicKey, short_id: shortId } } };
  }
  const { alpn, pinned } = security;
  return {
    tls: {
      ...common,
      ...(alpn.length > 0 && { alpn }),
      ...(pinned?.pem && { certificate: pinned.pem.split('\n') }),
    },
  };
}

function webSocket(transport: Transport): Json {
  if (transport.network !== 'ws') return {};
  const headers = transport.host ? { headers: { Host: transport.host } } : {};
  return { transport: { type: 'ws', path: transport.path, ...headers } };
}
