import { subscribe, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Context } from '../context.js';
import type { Logger } from '../platform/log.js';

/** Bytes that may wait in a socket before its subscriber is left out of events. */
const SLOW_BYTES = 512 * 1_024;
/** How long a subscriber may lag before it is cut off. */
const SLOW_PATIENCE_MS = 15_000;
const LAG_CHECK_MS = 250;
const MOST_QUEUED_FRAMES = 200;

export interface Subscriber {
  /** Writes `payload`, a serialised execution result, as a `next` message of this subscription. */
  send(payload: string): void;
  bufferedBytes(): number;
  /** Asked before each event: the caller may have lost its rights meanwhile. */
  isAllowed(): boolean;
  /** The subscriber does not keep up; it may come back and begins with a snapshot. */
  cutOff(): void;
}

type Member = Subscriber & {
  args: ExecutionArgs;
  /** Events that came while the snapshot was being read. */
  queued: string[] | undefined;
  laggingSinceMs: number | undefined;
};

type Format = (result: ExecutionResult) => unknown;

/**
 * Executes a subscription once for all who asked for the same thing with the same rights, and serialises each event
 * once. Every subscriber first gets a snapshot of its own. One who does not read is left out rather than buffered for,
 * and gets a new snapshot as soon as it reads again; the memory per subscriber is bounded.
 *
 * What a subscription answers may therefore depend on the scopes of its caller, never on who the caller is.
 */
export class SharedSubscriptions {
  private readonly groups = new Map<string, Promise<Group | ExecutionResult>>();

  constructor(
    private readonly format: Format,
    private readonly freshContext: (context: Context) => Context,
    private readonly log: Logger,
  ) {}

  /** Answers an iterable that never yields and that graphql-ws ends, or the errors if it could not be opened. */
  async open(
    key: string,
    args: ExecutionArgs,
    subscriber: Subscriber,
  ): Promise<AsyncIterableIterator<never> | ExecutionResult> {
    let group = await this.group(key, args);
    // The last member may have left while this one was waiting.
    while (group instanceof Group && group.ended) group = await this.group(key, args);
    if (!(group instanceof Group)) return group;
    const joined = group;
    const member = joined.join(args, subscriber);
    return new Membership(() => joined.leave(member));
  }

  get openGroups(): number {
    return this.groups.size;
  }

  private group(key: string, args: ExecutionArgs): Promise<Group | ExecutionResult> {
    const known = this.groups.get(key);
    if (known) return known;
    const opened = this.start(key, args).catch((error: unknown) => {
      this.groups.delete(key);
      throw error;
    });
    this.groups.set(key, opened);
    return opened;
  }

  private async start(key: string, args: ExecutionArgs): Promise<Group | ExecutionResult> {
    const run = (part: 'live' | 'snapshot', of: ExecutionArgs) =>
      subscribe({ ...of, contextValue: { ...this.freshContext(of.contextValue as Context), streamPart: part } });
    const live = await run('live', args);
    if (!(Symbol.asyncIterator in live)) {
      this.groups.delete(key);
      return live;
    }
    return new Group(
      live,
      (of) => run('snapshot', of),
      this.format,
      this.log,
      () => this.groups.delete(key),
    );
  }
}

type Run = (args: ExecutionArgs) => Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;

class Group {
  private readonly members = new Set<Member>();
  private lagTimer: NodeJS.Timeout | undefined;
  ended = false;

  constructor(
    private readonly live: AsyncGenerator<ExecutionResult, void, void>,
    private readonly snapshot: Run,
    private readonly format: Format,
    private readonly log: Logger,
    private readonly onEmpty: () => void,
  ) {
    this.pump().catch((error: unknown) => {
      this.log.error({ err: error }, 'a shared subscription ended');
      for (const member of this.members) member.cutOff();
      this.end();
    });
  }

  join(args: ExecutionArgs, subscriber: Subscriber): Member {
    const member: Member = Object.assign(subscriber, { args, queued: undefined, laggingSinceMs: undefined });
    this.members.add(member);
    this.sendSnapshot(member);
    return member;
  }

  leave(member: Member): void {
    this.members.delete(member);
    if (this.members.size === 0) this.end();
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.lagTimer);
    this.onEmpty();
    void this.live.return?.();
  }

  private async pump(): Promise<void> {
    for await (const result of this.live) {
      const payload = JSON.stringify(this.format(result));
      for (const member of this.members) this.deliver(member, payload);
    }
  }

  private deliver(member: Member, payload: string): void {
    if (!member.isAllowed() || member.laggingSinceMs !== undefined) return;
    if (member.queued) {
      if (member.queued.push(payload) <= MOST_QUEUED_FRAMES) return;
      member.queued = [];
      this.leaveOut(member);
    } else if (member.bufferedBytes() > SLOW_BYTES) this.leaveOut(member);
    else member.send(payload);
  }

  private leaveOut(member: Member): void {
    member.laggingSinceMs = performance.now();
    this.lagTimer ??= setInterval(() => this.catchUp(), LAG_CHECK_MS);
  }

  /** Looked for by time: perhaps nothing happens any more by which a lagging member could be noticed to read again. */
  private catchUp(): void {
    let lagging = 0;
    for (const member of this.members) {
      if (member.laggingSinceMs === undefined) continue;
      lagging += 1;
      if (member.queued) continue;
      if (member.bufferedBytes() <= SLOW_BYTES) {
        member.laggingSinceMs = undefined;
        this.sendSnapshot(member);
      } else if (performance.now() - member.laggingSinceMs > SLOW_PATIENCE_MS) member.cutOff();
    }
    if (lagging > 0) return;
    clearInterval(this.lagTimer);
    this.lagTimer = undefined;
  }

  private sendSnapshot(member: Member): void {
    member.queued = [];
    this.readSnapshot(member)
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'a snapshot could not be read');
        member.cutOff();
      })
      .finally(() => {
        if (this.members.has(member)) for (const payload of member.queued ?? []) member.send(payload);
        member.queued = undefined;
      });
  }

  private async readSnapshot(member: Member): Promise<void> {
    const results = await this.snapshot(member.args);
    if (!(Symbol.asyncIterator in results)) {
      member.send(JSON.stringify(this.format(results)));
      return;
    }
    for await (const result of results) {
      if (!this.members.has(member)) return;
      member.send(JSON.stringify(this.format(result)));
    }
  }
}

/** Stands in graphql-ws for the subscription: nothing comes out of it, its end is what counts. */
class Membership implements AsyncIterableIterator<never> {
  private finish: ((result: IteratorReturnResult<undefined>) => void) | undefined;
  private done = false;

  constructor(private readonly leave: () => void) {}

  next(): Promise<IteratorResult<never>> {
    if (this.done) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => (this.finish = resolve));
  }

  return(): Promise<IteratorResult<never>> {
    if (!this.done) {
      this.done = true;
      this.leave();
      this.finish?.({ value: undefined, done: true });
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<IteratorResult<never>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
