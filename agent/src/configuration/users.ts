import { createHash } from 'node:crypto';

export interface User {
  readonly id: string;
  readonly uuid: string;
  readonly password: string;
}

const MASK = (1n << 64n) - 1n;

/**
 * The users of a node, sorted by id. Their name grows with them: one more user is one more addition, however many there
 * are (docs/agent-protocol.md, "Revisions").
 */
export class Users {
  private constructor(
    readonly list: readonly User[],
    private readonly a: bigint,
    private readonly b: bigint,
  ) {}

  static readonly none = new Users([], 0n, 0n);

  static of(users: readonly User[]): Users {
    return Users.none.changed(users, []);
  }

  get name(): string {
    return `${this.list.length}-${hex(this.a)}${hex(this.b)}`;
  }

  /** With these users added, or replaced when their id is known, and those ids removed. */
  changed(add: readonly User[], remove: readonly string[]): Users {
    const added = add.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const gone = new Set([...remove, ...added.map(({ id }) => id)]);
    const kept: User[] = [];
    let { a, b } = this;
    let next = 0;
    for (const user of this.list) {
      while (next < added.length && added[next]!.id < user.id) kept.push(added[next++]!);
      if (!gone.has(user.id)) kept.push(user);
      else [a, b] = [a - digest(user)[0], b - digest(user)[1]];
    }
    kept.push(...added.slice(next));
    for (const user of added) [a, b] = [a + digest(user)[0], b + digest(user)[1]];
    return new Users(kept, a & MASK, b & MASK);
  }
}

export interface UserDifference {
  added: User[];
  removed: User[];
  /** Same id, other credentials: as they were and as they are to be. */
  changed: [User, User][];
}

export function differenceOf(before: Users, after: Users): UserDifference {
  const difference: UserDifference = { added: [], removed: [], changed: [] };
  let next = 0;
  for (const user of before.list) {
    while (next < after.list.length && after.list[next]!.id < user.id) difference.added.push(after.list[next++]!);
    const same = after.list[next]?.id === user.id ? after.list[next++]! : undefined;
    if (!same) difference.removed.push(user);
    else if (same !== user && (same.uuid !== user.uuid || same.password !== user.password))
      difference.changed.push([user, same]);
  }
  difference.added.push(...after.list.slice(next));
  return difference;
}

function digest({ id, uuid, password }: User): [bigint, bigint] {
  const bytes = createHash('sha256').update(`${id}\n${uuid}\n${password}`).digest();
  return [bytes.readBigUInt64BE(0), bytes.readBigUInt64BE(8)];
}

function hex(sum: bigint): string {
  return sum.toString(16).padStart(16, '0');
}
