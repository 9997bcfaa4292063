import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BoundedStream, ConflatedStream } from './conflate.js';

const PUSHES = 1_000_000;

/** Bytes in use once everything that can be freed is; vitest gives the workers no gc() of their own. */
async function heapUsed(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('ConflatedStream', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  function conflated(intervalMs = 100) {
    let push!: (key: string, value: unknown) => void;
    const stop = vi.fn();
    const stream = new ConflatedStream<string, unknown>(intervalMs, (given) => {
      push = given;
      return stop;
    });
    return { stream, push, stop };
  }

  test('hands out the newest value of each key, in the order of the newest change', async () => {
    const { stream, push } = conflated();
    push('a', 1);
    push('b', 1);
    push('c', 1);
    push('a', 2);
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toEqual({ value: [1, 1, 2], done: false });
  });

  test('hands out at most once per interval, and then what has gathered', async () => {
    const { stream, push } = conflated(100);
    await vi.advanceTimersByTimeAsync(1_000);
    const batches: unknown[] = [];
    const reading = (async () => {
      for await (const batch of stream) batches.push(batch);
    })();
    push('a', 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([[1]]);
    push('a', 2);
    await vi.advanceTimersByTimeAsync(99);
    push('a', 3);
    expect(batches).toEqual([[1]]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([[1], [3]]);
    await stream.return();
    await reading;
  });

  test('a consumer that waits is not woken by nothing', async () => {
    const { stream, push } = conflated();
    let answered = false;
    const next = stream.next().then(() => (answered = true));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(answered).toBe(false);
    push('a', 1);
    await vi.advanceTimersByTimeAsync(100);
    await next;
  });

  test('return() ends a waiting next() and stops the listening, once', async () => {
    const { stream, stop } = conflated();
    const next = stream.next();
    await stream.return();
    expect(await next).toEqual({ value: undefined, done: true });
    await stream.return();
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test(`memory stays bounded by the keys over ${PUSHES} pushes to a consumer that has paused`, async () => {
    vi.useRealTimers();
    const { stream, push } = conflated();
    const before = await heapUsed();
    for (let index = 0; index < PUSHES; index += 1) push(`node-${index % 100}`, { index });
    expect((await heapUsed()) - before).toBeLessThan(4_000_000);
    const { value } = (await stream.next()) as { value: { index: number }[] };
    expect(value.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => PUSHES - 100 + index));
    await stream.return();
  });
});

describe('BoundedStream', () => {
  function bounded(limit: number, mark?: (count: number) => unknown) {
    let push!: (value: unknown) => void;
    const stop = vi.fn();
    const stream = new BoundedStream<unknown>(
      limit,
      (given) => {
        push = given;
        return stop;
      },
      mark,
    );
    return { stream, push, stop };
  }

  const read = async (stream: BoundedStream<unknown>, count: number): Promise<unknown[]> => {
    const values: unknown[] = [];
    for (let index = 0; index < count; index += 1) values.push((await stream.next()).value);
    return values;
  };

  test('hands out every value in order, waiting or not', async () => {
    const { stream, push } = bounded(10);
    const waiting = stream.next();
    push(1);
    push(2);
    push(3);
    expect((await waiting).value).toBe(1);
    expect(await read(stream, 2)).toEqual([2, 3]);
  });

  test('drops the oldest beyond its limit and says in their place how many', async () => {
    const { stream, push } = bounded(3, (count) => `${count} left out`);
    for (let value = 1; value <= 8; value += 1) push(value);
    expect(await read(stream, 4)).toEqual(['5 left out', 6, 7, 8]);
    push(9);
    expect(await read(stream, 1)).toEqual([9]);
  });

  test('return() ends a waiting next() and stops the listening, once', async () => {
    const { stream, push, stop } = bounded(3);
    const next = stream.next();
    await stream.return();
    expect(await next).toEqual({ value: undefined, done: true });
    push('too late');
    await stream.return();
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test(`memory stays bounded over ${PUSHES} pushes to a consumer that has paused`, async () => {
    const { stream, push } = bounded(100, (count) => count);
    const before = await heapUsed();
    for (let index = 0; index < PUSHES; index += 1) push({ index });
    expect((await heapUsed()) - before).toBeLessThan(4_000_000);
    expect(await read(stream, 2)).toEqual([PUSHES - 100, { index: PUSHES - 100 }]);
  });
});
