import { createHash } from 'node:crypto';

export interface NodeUser {
  id: string;
  uuid: string;
  password: string;
}

/** Xray's inbound object without its clients. */
export interface Inbound {
  tag: string;
  port: number;
  protocol: string;
  settings: Record<string, unknown>;
  streamSettings?: Record<string, unknown>;
}

export interface NodeDocument {
  base: Record<string, unknown>;
  inbounds: Inbound[];
  users: NodeUser[];
}

interface Parts {
  document: Omit<NodeDocument, 'users'>;
  baseHash: string;
  inboundHashes: Record<string, string>;
  users: ReadonlyMap<string, NodeUser>;
  /** Sums of the users' digests. */
  a: bigint;
  b: bigint;
}

/** What a node runs. Never changes: a change of users makes another one. */
export class NodeConfiguration {
  readonly revision: string;

  private constructor(private readonly parts: Parts) {
    const { baseHash, inboundHashes, users, a, b } = parts;
    const named = { base: baseHash, inbounds: inboundHashes, users: `${users.size}-${hex(a)}${hex(b)}` };
    this.revision = sha256(canonical(named)).slice(0, 32);
  }

  static from({ base, inbounds, users }: NodeDocument): NodeConfiguration {
    const empty = new NodeConfiguration({
      document: { base, inbounds },
      baseHash: sha256(canonical(base)),
      inboundHashes: Object.fromEntries(inbounds.map((inbound) => [inbound.tag, sha256(canonical(inbound))])),
      users: new Map(),
      a: 0n,
      b: 0n,
    });
    return empty.changed(users, []);
  }

  get users(): ReadonlyMap<string, NodeUser> {
    return this.parts.users;
  }

  get inbounds(): readonly Inbound[] {
    return this.parts.document.inbounds;
  }

  get base(): Record<string, unknown> {
    return this.parts.document.base;
  }

  /** With these users added, or replaced when their id is known, and those ids removed. */
  changed(add: readonly NodeUser[], remove: readonly string[]): NodeConfiguration {
    const users = new Map(this.parts.users);
    let { a, b } = this.parts;
    const takeOut = (id: string): void => {
      const known = users.get(id);
      if (!known || !users.delete(id)) return;
      const [x, y] = digest(known);
      [a, b] = [a - x, b - y];
    };
    for (const id of remove) takeOut(id);
    for (const user of add) {
      takeOut(user.id);
      users.set(user.id, user);
      const [x, y] = digest(user);
      [a, b] = [a + x, b + y];
    }
    return new NodeConfiguration({ ...this.parts, users, a, b });
  }
}

/** JSON without white space whose object keys are sorted (RFC 8785). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((element) => canonical(element)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hex = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16).padStart(16, '0');

function digest({ id, uuid, password }: NodeUser): [bigint, bigint] {
  const bytes = createHash('sha256').update(`${id}\n${uuid}\n${password}`).digest();
  return [bytes.readBigUInt64BE(0), bytes.readBigUInt64BE(8)];
}
