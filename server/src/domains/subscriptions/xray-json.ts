import type { ClientProxy, Security, Transport } from './endpoint.js';
import { PRIVATE_NETWORKS_V4, PRIVATE_NETWORKS_V6, PROBE_URL } from './private-networks.js';

type Json = Record<string, unknown>;

/** More would make the answer megabytes, and no app shows them usefully. */
export const MOST_XRAY_SERVERS = 200;

/** So many are probed every minute in the background: a phone pays for each with its battery. */
const MOST_BALANCED = 32;

/** So many servers are tried in the order of the panel; after them the fastest of all that live. */
const ORDERED = 3;

/**
 * A list of whole configurations for clients with an Xray inside: first one that changes servers by itself, under the
 * title of the subscription, then one for each server, for those who choose by hand.
 */
export function xrayConfigs(proxies: readonly ClientProxy[], title: string): string {
  const bounded = proxies.slice(0, MOST_XRAY_SERVERS);
  const configs =
    bounded.length === 0
      ? [config(title, [{ tag: 'block', protocol: 'blackhole' }], { rules: [...PRIVATE_RULES, allTo('block')] })]
      : [balanced(bounded.slice(0, MOST_BALANCED), title), ...bounded.map(single)];
  return `${JSON.stringify(configs, undefined, 2)}\n`;
}

const single = (proxy: ClientProxy): Json =>
  config(proxy.name, [outbound(proxy, 'proxy')], { rules: [...PRIVATE_RULES, allTo('proxy')] });

/** Xray selects by prefix: p-1 would also be p-10. */
const tagOf = (index: number): string => `p-${String(index).padStart(3, '0')}`;

/**
 * Xray has no ordered balancer. A balancer over one server answers that server while the observatory finds it alive, and
 * else its fallback: a loopback outbound, which sends the connection through the rules again as coming from the next
 * balancer's inbound. So the first servers are preferred in order. The last balancer takes the fastest that lives, and
 * the first server as long as nothing is known.
 */
function balanced(proxies: readonly ClientProxy[], title: string): Json {
  const ordered = Math.min(ORDERED, proxies.length - 1);
  const steps = Array.from({ length: ordered }, (_, index) => ({
    tag: `step-${index}`,
    selector: [tagOf(index)],
    strategy: { type: 'leastPing' },
    fallbackTag: `next-${index}`,
  }));
  const rest = { tag: 'rest', selector: ['p-'], strategy: { type: 'leastPing' }, fallbackTag: tagOf(0) };
  const balancers = [...steps, rest];
  const loops = steps.map(({ fallbackTag }) => ({
    tag: fallbackTag,
    protocol: 'loopback',
    settings: { inboundTag: fallbackTag },
  }));
  const rules = balancers.map(({ tag: balancerTag }, index) =>
    index === 0
      ? { type: 'field', inboundTag: ['socks', 'http'], balancerTag }
      : { type: 'field', inboundTag: [`next-${index - 1}`], balancerTag },
  );
  return {
    ...config(title, [...proxies.map((proxy, index) => outbound(proxy, tagOf(index))), ...loops], {
      balancers,
      rules: [...PRIVATE_RULES, ...rules],
    }),
    observatory: {
      subjectSelector: ['p-'],
      probeURL: PROBE_URL,
      probeInterval: '1m',
      enableConcurrency: true,
    },
  };
}

const PRIVATE_RULES: Json[] = [
  { type: 'field', ip: [...PRIVATE_NETWORKS_V4, ...PRIVATE_NETWORKS_V6], outboundTag: 'direct' },
];

const allTo = (outboundTag: string): Json => ({ type: 'field', network: 'tcp,udp', outboundTag });

const SNIFFING = { enabled: true, destOverride: ['http', 'tls', 'quic'], routeOnly: true };

const config = (remarks: string, outbounds: Json[], routing: Json): Json => ({
  remarks,
  log: { loglevel: 'warning' },
  inbounds: [
    {
      tag: 'socks',
      listen: '127.0.0.1',
      port: 10_808,
      protocol: 'socks',
      settings: { auth: 'noauth', udp: true },
      sniffing: SNIFFING,
    },
    { tag: 'http', listen: '127.0.0.1', port: 10_809, protocol: 'http', sniffing: SNIFFING },
  ],
  outbounds: [...outbounds, { tag: 'direct', protocol: 'freedom' }],
  routing: { domainStrategy: 'AsIs', ...routing },
});

/** `vnext` and `servers` with one element: old and new clients read them. */
function outbound(proxy: ClientProxy, tag: string): Json {
  const { protocol, host: address, port } = proxy;
  switch (proxy.protocol) {
    case 'vless': {
      const user = { id: proxy.uuid, encryption: 'none', ...(proxy.flow && { flow: proxy.flow }) };
      return { tag, protocol, settings: { vnext: [{ address, port, users: [user] }] }, ...stream(proxy) };
    }
    case 'vmess': {
      const user = { id: proxy.uuid, security: 'auto' };
      return { tag, protocol, settings: { vnext: [{ address, port, users: [user] }] }, ...stream(proxy) };
    }
    case 'trojan':
      return { tag, protocol, settings: { servers: [{ address, port, password: proxy.password }] }, ...stream(proxy) };
    case 'shadowsocks': {
      const { method, password } = proxy;
      return { tag, protocol, settings: { servers: [{ address, port, method, password }] } };
    }
  }
}

const stream = ({ security, transport }: { security: Security; transport: Transport }): Json => ({
  streamSettings: {
    network: transport.network,
    security: security.kind,
    ...securitySettings(security),
    ...transportSettings(transport),
  },
});

function securitySettings(security: Security): Json {
  switch (security.kind) {
    case 'none':
      return {};
    case 'tls':
      return { tlsSettings: tlsSettings(security) };
    case 'reality': {
      const { sni: serverName, fingerprint, publicKey, shortId } = security;
      return { realitySettings: { serverName, fingerprint, publicKey, shortId, spiderX: '/' } };
    }
  }
}

/** Newer Xray reads the pin, earlier ones trust the certificate itself. */
function tlsSettings({ sni, fingerprint, alpn, pinned }: Extract<Security, { kind: 'tls' }>): Json {
  return {
    ...(sni && { serverName: sni }),
    fingerprint,
    ...(alpn.length > 0 && { alpn }),
    ...(pinned && { pinnedPeerCertSha256: pinned.sha256 }),
    ...(pinned?.pem && { certificates: [{ usage: 'verify', certificate: pinned.pem.split('\n') }] }),
  };
}

function transportSettings(transport: Transport): Json {
  switch (transport.network) {
    case 'raw':
      return {};
    case 'ws': {
      const { path, host } = transport;
      return { wsSettings: { path, ...(host && { host }) } };
    }
    case 'xhttp': {
      const { path, host, mode, extra } = transport;
      return { xhttpSettings: { path, ...(host && { host }), mode, ...(extra && { extra }) } };
    }
  }
}
