import type { CreateProxyInput, ProxyProtocol, UpdateProxyInput } from '../../graphql/gen/graphql';
import { toNumber } from '../../i18n/to-number';
import { isObject, type JsonObject } from './inbound';

export interface TargetRef {
  id: string;
  name: string;
}

export interface Targets {
  everywhere: boolean;
  groups: readonly TargetRef[];
  nodes: readonly TargetRef[];
}

/** What is in the form and in the editor: both show the same. */
export interface Draft {
  name: string;
  /** As typed. */
  port: string;
  protocol: ProxyProtocol;
  enabled: boolean;
  targets: Targets;
  inbound: JsonObject;
  /** What stands in the editor while it is no JSON object; undefined when `inbound` is what it says. */
  brokenText?: string | undefined;
}

export const EVERYWHERE: Targets = { everywhere: true, groups: [], nodes: [] };

export const textOf = ({ brokenText, inbound }: Pick<Draft, 'brokenText' | 'inbound'>): string =>
  brokenText ?? JSON.stringify(inbound, null, 2);

const PROTOCOLS: readonly string[] = ['VLESS', 'VMESS', 'TROJAN', 'SHADOWSOCKS'] satisfies ProxyProtocol[];

/** What was written in the editor. A port or a protocol in it is the proxy's; that of a stored proxy stays as it is. */
export function withText(draft: Draft, text: string, keepProtocol = false): Draft {
  const inbound = parseObject(text);
  if (!inbound) return { ...draft, brokenText: text };
  const { port, protocol } = inbound;
  const named = typeof protocol === 'string' ? protocol.toUpperCase() : '';
  return {
    ...draft,
    brokenText: undefined,
    inbound,
    port: typeof port === 'number' ? String(port) : draft.port,
    protocol: !keepProtocol && PROTOCOLS.includes(named) ? (named as ProxyProtocol) : draft.protocol,
  };
}

export function withPort(draft: Draft, port: string): Draft {
  const number = portOf(port);
  const repeated = number !== undefined && 'port' in draft.inbound;
  return { ...draft, port, inbound: repeated ? { ...draft.inbound, port: number } : draft.inbound };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function portOf(text: string): number | undefined {
  const port = toNumber(text);
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

/** No targets at all mean every node, so a choice of none is not one. */
export const hasTargets = ({ everywhere, groups, nodes }: Targets) => everywhere || groups.length + nodes.length > 0;

const idsOf = ({ everywhere, groups, nodes }: Targets) => ({
  targetNodeIds: everywhere ? [] : nodes.map(({ id }) => id),
  targetGroupIds: everywhere ? [] : groups.map(({ id }) => id),
});

export function toCreateInput(draft: Draft): CreateProxyInput {
  return {
    name: draft.name.trim(),
    protocol: draft.protocol,
    port: portOf(draft.port) ?? 0,
    inbound: draft.inbound,
    enabled: draft.enabled,
    ...idsOf(draft.targets),
  };
}

/** Only what is different; undefined when nothing is. */
export function toUpdateInput(id: string, stored: Draft, draft: Draft): UpdateProxyInput | undefined {
  const name = draft.name.trim();
  const port = portOf(draft.port);
  const targets = idsOf(draft.targets);
  const changes: Omit<UpdateProxyInput, 'id'> = {
    ...(name !== stored.name && { name }),
    ...(port !== undefined && draft.port !== stored.port && { port }),
    ...(textOf(draft) !== textOf(stored) && { inbound: draft.inbound }),
    ...(draft.enabled !== stored.enabled && { enabled: draft.enabled }),
    ...(JSON.stringify(draft.targets) !== JSON.stringify(stored.targets) && targets),
  };
  return Object.keys(changes).length > 0 ? { id, ...changes } : undefined;
}
