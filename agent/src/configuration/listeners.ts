import type { Inbound } from './document.js';

/** A socket that an inbound listens on. */
export interface Listener {
  transport: 'tcp' | 'udp';
  host: string;
  port: number;
}

type Listening = Pick<Inbound, 'protocol' | 'listen' | 'port' | 'settings' | 'streamSettings'>;

export function listenersOf(inbound: Listening): Listener[] {
  const { listen: host = '0.0.0.0', port } = inbound;
  if (/^[/@]/.test(host)) return []; // a unix socket
  return transportsOf(inbound).map((transport) => ({ transport, host, port }));
}

/** Xray would share the port between the two without a word, and half of the connections of each would fail. */
export function clashAmong(inbounds: Listening[]): number | undefined {
  const listeners = inbounds.flatMap((inbound) => listenersOf(inbound));
  const clashes = (one: Listener, index: number) => listeners.slice(index + 1).some((other) => overlap(one, other));
  return listeners.find(clashes)?.port;
}

export function overlap(one: Listener, other: Listener): boolean {
  if (one.port !== other.port || one.transport !== other.transport) return false;
  return one.host === other.host || isEverywhere(one.host) || isEverywhere(other.host);
}

function isEverywhere(host: string): boolean {
  return host === '' || host === '0.0.0.0' || host === '::';
}

function transportsOf({ protocol, settings = {}, streamSettings = {} }: Listening): Listener['transport'][] {
  if (protocol === 'shadowsocks') {
    const { network = 'tcp' } = settings as { network?: unknown };
    return (['tcp', 'udp'] as const).filter((transport) => typeof network === 'string' && network.includes(transport));
  }
  const network = streamSettings['network'] ?? streamSettings['method'];
  if (network === 'kcp' || network === 'mkcp' || network === 'hysteria') return ['udp'];
  const { alpn } = (streamSettings['tlsSettings'] ?? {}) as { alpn?: unknown };
  // XHTTP speaks HTTP/3, and nothing else, when that is all that it offers.
  const onlyHttp3 = network === 'xhttp' && Array.isArray(alpn) && alpn.length === 1 && alpn[0] === 'h3';
  return [onlyHttp3 ? 'udp' : 'tcp'];
}
