import type { Inbound } from '../proxies/index.js';
import { canonical, sha256 } from './canonical.js';

/** Raise it when buildNodeConfig makes something else of the same input: all nodes are looked at again then. */
export const BUILDER_VERSION = 1;

export interface ServedProxy {
  /** Becomes the tag of the inbound. */
  id: string;
  inbound: Inbound;
}

/** A set of users by what it adds up to: as many users, and the sums of their digests modulo 2^64. */
export interface UserSetDigest {
  count: number;
  a: bigint;
  b: bigint;
}

export interface ConfigSettings {
  /** Whether users may reach private addresses behind the nodes. */
  allowPrivateTargets: boolean;
}

/** What a node is to run, but for its users, who are named by their digest. */
export interface NodeConfig {
  base: Record<string, unknown>;
  inbounds: Record<string, unknown>[];
  /** Names everything but the users. */
  structure: string;
  /** Names the whole. */
  revision: string;
}

const hex = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0');

/**
 * The desired configuration of a node: the same input gives the same revision on every panel. All nodes with the same
 * proxies and users have the same one.
 */
export function buildNodeConfig(
  proxies: readonly ServedProxy[],
  users: UserSetDigest,
  settings: ConfigSettings,
): NodeConfig {
  const base = buildBase(settings);
  const inbounds = proxies
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, inbound }) => ({ tag: id, ...inbound }));
  return { base, inbounds, ...nameConfig(base, inbounds, users) };
}

/** The agent computes the same from what it has applied (docs/agent-protocol.md, "Revisions"). */
export function nameConfig(
  base: unknown,
  inbounds: readonly { tag: string }[],
  { count, a, b }: UserSetDigest,
): Pick<NodeConfig, 'structure' | 'revision'> {
  const parts = {
    base: sha256(canonical(base)),
    inbounds: Object.fromEntries(inbounds.map((inbound) => [inbound.tag, sha256(canonical(inbound))])),
  };
  const named = { ...parts, users: `${count}-${hex(a)}${hex(b)}` };
  return { structure: sha256(canonical(parts)), revision: sha256(canonical(named)).slice(0, 32) };
}

/** What only a restart of Xray can change. The agent adds log, API, statistics and policy of its own. */
function buildBase({ allowPrivateTargets }: ConfigSettings): Record<string, unknown> {
  // Xray itself refuses private targets unless it is told otherwise: that protects what else listens on the node.
  const settings = allowPrivateTargets ? { finalRules: [{ action: 'allow' }] } : {};
  return {
    outbounds: [
      { tag: 'direct', protocol: 'freedom', settings },
      { tag: 'block', protocol: 'blackhole', settings: {} },
    ],
    routing: { domainStrategy: 'AsIs', rules: [] },
  };
}
