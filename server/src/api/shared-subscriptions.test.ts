import { buildSchema, parse, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../context.js';
import { BoundedStream } from '../platform/events/conflate.js';
import { openStream } from '../platform/graphql/stream.js';
import { recordingLogger } from '../testing/logs.js';
import { until } from '../testing/until.js';
import { SharedSubscriptions, type Subscriber } from './shared-subscriptions.js';

/** One counter that lives; what it says is read anew for each snapshot. */
function counter() {
  const schema = buildSchema('type Query { x: Int } type Subscription { count: Int }');
  const pushes = new Set<(value: number) => void>();
  const state = { value: 0, resolved: 0, snapshots: 0, openStreams: 0, fail: false };
  let held: Promise<void> | undefined;
  const field = schema.getSubscriptionType()?.getFields()['count'];
  if (!field) throw new Error('no field');
  field.subscribe = (_source, _args, context: Context) => {
    if (state.fail) throw new Error('cannot be opened');
    const live = () => {
      state.openStreams += 1;
      return new BoundedStream<{ count: number }>(1_000, (push) => {
        const hand = (count: number) => push({ count });
        pushes.add(hand);
        return () => {
          state.openStreams -= 1;
          pushes.delete(hand);
        };
      });
    };
    const snapshot = async () => {
      state.snapshots += 1;
      const read = { count: state.value };
      await held;
      return [read];
    };
    return openStream({ live, snapshot }, context.streamPart);
  };
  field.resolve = (root: { count: number }) => {
    state.resolved += 1;
    return root.count;
  };
  const publish = (value: number): void => {
    state.value = value;
    for (const push of pushes) push(value);
  };
  /** Snapshots begun from now on wait until the answered function is called. */
  const holdSnapshots = (): (() => void) => {
    let release!: () => void;
    held = new Promise((resolve) => (release = resolve));
    return () => {
      held = undefined;
      release();
    };
  };
  return { schema, state, publish, holdSnapshots };
}

class FakeSubscriber implements Subscriber {
  readonly got: number[] = [];
  buffered = 0;
  allowed = true;
  cut = false;
  send(payload: string): void {
    this.got.push((JSON.parse(payload) as { data: { count: number } }).data.count);
  }
  bufferedBytes(): number {
    return this.buffered;
  }
  isAllowed(): boolean {
    return this.allowed;
  }
  cutOff(): void {
    this.cut = true;
  }
}

function shared() {
  const source = counter();
  const { log, entries } = recordingLogger();
  const subscriptions = new SharedSubscriptions(
    (result) => result,
    (context) => context,
    log,
  );
  const args = (): ExecutionArgs => ({
    schema: source.schema,
    document: parse('subscription { count }'),
    contextValue: { streamPart: 'both' },
  });
  const join = async (key = 'k') => {
    const subscriber = new FakeSubscriber();
    const membership = (await subscriptions.open(key, args(), subscriber)) as AsyncIterableIterator<never>;
    return { subscriber, membership };
  };
  return { ...source, subscriptions, args, join, entries };
}

const settled = (subscriber: FakeSubscriber, count: number): Promise<unknown> =>
  until(`${count} payloads`, () => subscriber.got.length >= count);

afterEach(() => void vi.restoreAllMocks());

test('each subscriber gets a snapshot of its own, then every event; it is executed once for all', async () => {
  const { join, publish, state, subscriptions } = shared();
  publish(7);
  const a = await join();
  await settled(a.subscriber, 1);
  publish(8);
  await settled(a.subscriber, 2);
  const b = await join();
  await settled(b.subscriber, 1);
  const before = state.resolved;
  publish(9);
  await settled(a.subscriber, 3);
  await settled(b.subscriber, 2);
  expect(a.subscriber.got).toEqual([7, 8, 9]);
  expect(b.subscriber.got).toEqual([8, 9]);
  expect(state.resolved - before).toBe(1);
  expect([subscriptions.openGroups, state.openStreams]).toEqual([1, 1]);
});

test('many that ask at once share one stream as well', async () => {
  const { join, state, subscriptions } = shared();
  await Promise.all(Array.from({ length: 20 }, () => join()));
  expect([subscriptions.openGroups, state.openStreams]).toEqual([1, 1]);
});

test('another key is another execution', async () => {
  const { join, state, subscriptions } = shared();
  await join('a');
  await join('b');
  expect([subscriptions.openGroups, state.openStreams]).toEqual([2, 2]);
});

test('the stream ends with its last subscriber, and a later one begins a new one', async () => {
  const { join, state, subscriptions, publish } = shared();
  const a = await join();
  const b = await join();
  await a.membership.return?.();
  expect(state.openStreams).toBe(1);
  await b.membership.return?.();
  expect([subscriptions.openGroups, state.openStreams]).toEqual([0, 0]);
  const c = await join();
  await settled(c.subscriber, 1);
  publish(1);
  await settled(c.subscriber, 2);
  expect(a.subscriber.got).not.toContain(1);
});

test('what happens while the snapshot is being read comes after it', async () => {
  const { join, publish, holdSnapshots, state } = shared();
  const release = holdSnapshots();
  const { subscriber } = await join();
  await until('the snapshot to be read', () => state.snapshots === 1);
  const other = await join('k');
  publish(1);
  publish(2);
  release();
  await settled(subscriber, 3);
  await settled(other.subscriber, 3);
  expect(subscriber.got).toEqual([0, 1, 2]);
});

test('memory stays bounded while a snapshot takes its time, and what was dropped is made good by another snapshot', async () => {
  const { join, publish, holdSnapshots, state } = shared();
  const release = holdSnapshots();
  const { subscriber } = await join();
  await until('the snapshot to be read', () => state.snapshots === 1);
  for (let value = 1; value <= 500; value += 1) {
    publish(value);
    if (value % 100 === 0) await until('events to pass', () => state.resolved >= value);
  }
  release();
  await until('the newest value', () => subscriber.got.at(-1) === 500);
  expect(subscriber.got).toEqual([0, 500]);
  expect(state.snapshots).toBe(2);
});

describe('a subscriber that does not read', () => {
  const FULL = 1_000_000;

  test('is left out, the others are not', async () => {
    const { join, publish } = shared();
    const slow = await join();
    const quick = await join();
    await settled(slow.subscriber, 1);
    await settled(quick.subscriber, 1);
    slow.subscriber.buffered = FULL;
    for (let value = 1; value <= 50; value += 1) publish(value);
    await settled(quick.subscriber, 51);
    expect(slow.subscriber.got).toEqual([0]);
    expect(slow.subscriber.cut).toBe(false);
  });

  test('gets a snapshot once it reads again, even if nothing happens any more', async () => {
    const { join, publish } = shared();
    const slow = await join();
    const quick = await join();
    await settled(slow.subscriber, 1);
    slow.subscriber.buffered = FULL;
    publish(1);
    publish(2);
    await settled(quick.subscriber, 3);
    slow.subscriber.buffered = 0;
    await settled(slow.subscriber, 2);
    expect(slow.subscriber.got).toEqual([0, 2]);
    publish(3);
    await settled(slow.subscriber, 3);
    expect(slow.subscriber.got).toEqual([0, 2, 3]);
  });

  test('is cut off when it lags for too long', async () => {
    const { join, publish } = shared();
    const slow = await join();
    const quick = await join();
    await settled(slow.subscriber, 1);
    slow.subscriber.buffered = FULL;
    publish(1);
    await settled(quick.subscriber, 2);
    const later = performance.now() + 16_000;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    publish(2);
    await until('the cut', () => slow.subscriber.cut);
    expect(quick.subscriber.cut).toBe(false);
  });
});

test('who is no longer allowed gets nothing more', async () => {
  const { join, publish } = shared();
  const gone = await join();
  const other = await join();
  await settled(gone.subscriber, 1);
  gone.subscriber.allowed = false;
  publish(1);
  await settled(other.subscriber, 2);
  expect(gone.subscriber.got).toEqual([0]);
});

test('a stream that cannot be opened answers its errors to each who asks, and is tried anew', async () => {
  const { subscriptions, args, state, join } = shared();
  state.fail = true;
  const result = (await subscriptions.open('k', args(), new FakeSubscriber())) as ExecutionResult;
  expect(result.errors?.[0]?.message).toBe('cannot be opened');
  expect(subscriptions.openGroups).toBe(0);
  state.fail = false;
  const { subscriber } = await join();
  await settled(subscriber, 1);
});

test('a subscriber that leaves ends the waiting of graphql-ws for it', async () => {
  const { join } = shared();
  const { membership } = await join();
  const next = membership.next();
  await membership.return?.();
  expect(await next).toEqual({ value: undefined, done: true });
  expect(await membership.next()).toEqual({ value: undefined, done: true });
});
