import { normaliseAddress } from '../../platform/ip-address.js';
import type { ConfigProblem } from './inbound.problems.js';
import type { Inbound } from './inbound.schema.js';

export type Transport = 'tcp' | 'udp';

export interface NamedInbound {
  name: string;
  inbound: Inbound;
}

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** What the inbound listens on. */
export function transports(inbound: Inbound): Set<Transport> {
  if (inbound.protocol === 'shadowsocks') return new Set(inbound.settings.network.split(',') as Transport[]);
  const { network, tlsSettings } = inbound.streamSettings;
  const isQuic = network === 'xhttp' && tlsSettings?.alpn?.length === 1 && tlsSettings.alpn[0] === 'h3';
  return new Set([isQuic ? 'udp' : 'tcp']);
}

/**
 * What keeps an inbound from running beside the others on a node. Xray itself says nothing: two inbounds on one port both
 * start, and the kernel gives each of them a part of the connections. `others` share at least one node with the candidate;
 * `agentPorts` are the ports of the agents' local API on the nodes that it would run on.
 */
export function conflicts(
  candidate: Inbound,
  others: readonly NamedInbound[],
  agentPorts: readonly number[] = [],
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const shared = others.find(({ inbound }) => isSamePlace(candidate, inbound));
  if (shared) {
    const message = `is used by the proxy "${shared.name}" on a node that both run on; choose another port`;
    problems.push({ path: 'port', message });
  } else if (agentPorts.includes(candidate.port) && transports(candidate).has('tcp')) {
    const message = 'is the port of the agent itself on a node that the proxy runs on; choose another port';
    problems.push({ path: 'port', message });
  }
  const twin = others.find(({ inbound }) => isSameServerKey(candidate, inbound));
  if (twin) {
    const message = `is the server's key of the proxy "${twin.name}" too; generate a new one`;
    problems.push({ path: 'inbound.settings.password', message });
  }
  return problems;
}

function isSamePlace(a: Inbound, b: Inbound): boolean {
  if (a.port !== b.port) return false;
  const inUse = transports(b);
  return [...transports(a)].some((transport) => inUse.has(transport)) && isSameAddress(a.listen, b.listen);
}

function isSameAddress(a: string, b: string): boolean {
  const [first, second] = [normaliseAddress(a), normaliseAddress(b)];
  return first === second || EVERY_ADDRESS.has(first) || EVERY_ADDRESS.has(second);
}

const isSameServerKey = (a: Inbound, b: Inbound): boolean =>
  a.protocol === 'shadowsocks' && b.protocol === 'shadowsocks' && a.settings.password === b.settings.password;
