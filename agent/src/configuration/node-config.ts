import { canonical, sha256 } from './canonical.js';
import { parseChange, parseDocument, requireNewcomers } from './document.js';
import type { Inbound, NodeDocument, Section } from './document.js';
import { Users } from './users.js';

interface Parts {
  base: Section;
  baseHash: string;
  /** Sorted by tag. */
  inbounds: readonly Inbound[];
  inboundHashes: Record<string, string>;
  users: Users;
}

/** What a node is to run. Never changes: a change of users makes another one, which shares what has stayed the same. */
export class NodeConfig {
  readonly revision: string;

  private constructor(private readonly parts: Parts) {
    const { baseHash, inboundHashes, users } = parts;
    const named = { base: baseHash, inbounds: inboundHashes, users: users.name };
    this.revision = sha256(canonical(named)).slice(0, 32);
  }

  /** Throws, in words for people, when the document is not valid. */
  static from(value: unknown): NodeConfig {
    const { base, inbounds, users } = parseDocument(value);
    return new NodeConfig({
      base,
      baseHash: sha256(canonical(base)),
      inbounds: inbounds.toSorted((one, other) => (one.tag < other.tag ? -1 : 1)),
      inboundHashes: Object.fromEntries(inbounds.map((inbound) => [inbound.tag, sha256(canonical(inbound))])),
      users: Users.of(users),
    });
  }

  get base(): Section {
    return this.parts.base;
  }

  get inbounds(): readonly Inbound[] {
    return this.parts.inbounds;
  }

  get users(): Users {
    return this.parts.users;
  }

  inbound(tag: string): Inbound | undefined {
    return this.parts.inbounds.find((inbound) => inbound.tag === tag);
  }

  withUsers(add: unknown, remove: unknown): NodeConfig {
    const change = parseChange({ add, remove });
    const users = this.parts.users.changed(change.add, change.remove);
    requireNewcomers(change.add, users.list);
    return new NodeConfig({ ...this.parts, users });
  }

  hasBaseOf(other: NodeConfig): boolean {
    return this.parts.baseHash === other.parts.baseHash;
  }

  hasInboundOf(other: NodeConfig, tag: string): boolean {
    const mine = this.parts.inboundHashes[tag];
    return mine !== undefined && mine === other.parts.inboundHashes[tag];
  }

  toJSON(): NodeDocument {
    const { base, inbounds, users } = this.parts;
    return { base, inbounds: [...inbounds], users: [...users.list] };
  }
}
