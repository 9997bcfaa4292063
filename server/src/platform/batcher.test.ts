import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Batcher, type BatcherOptions } from './batcher.js';

/** Writes that end when the test says so. */
function writer() {
  const started: { items: number[]; finish: () => void; fail: (error: Error) => void }[] = [];
  const write = (items: number[]): Promise<void> =>
    new Promise((resolve, reject) => started.push({ items, finish: resolve, fail: reject }));
  return { started, write };
}

const options = (
  write: BatcherOptions<number>['write'],
  more: Partial<BatcherOptions<number>> = {},
): BatcherOptions<number> => ({
  mostItems: 3,
  gatherMs: 50,
  mostWaiting: 100,
  write,
  ...more,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a lone item waits for company until the time is over', async () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write));
  void batcher.add(1);
  void batcher.add(2);
  await vi.advanceTimersByTimeAsync(49);
  expect(started).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(started.map(({ items }) => items)).toEqual([[1, 2]]);
});

test('a full batch is written at once', () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write));
  for (const item of [1, 2, 3]) void batcher.add(item);
  expect(started.map(({ items }) => items)).toEqual([[1, 2, 3]]);
});

test('items are written in the order in which they came, one batch after the other', async () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write));
  for (let item = 1; item <= 8; item += 1) void batcher.add(item);
  expect(started.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  started[0]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  started[1]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(started.map(({ items }) => items)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ]);
});

test('no more batches are under way than allowed', async () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write, { concurrency: 2 }));
  for (let item = 1; item <= 12; item += 1) void batcher.add(item);
  expect(started).toHaveLength(2);
  started[1]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(started.map(({ items }) => items[0])).toEqual([1, 4, 7]);
});

describe('weight', () => {
  test('fills a batch like so many items', () => {
    const { started, write } = writer();
    const batcher = new Batcher(options(write));
    void batcher.add(1, 2);
    expect(started).toHaveLength(0);
    void batcher.add(2, 1);
    expect(started.map(({ items }) => items)).toEqual([[1, 2]]);
  });

  test('an item heavier than a batch is written alone', async () => {
    const { started, write } = writer();
    const batcher = new Batcher(options(write));
    void batcher.add(1, 2);
    void batcher.add(2, 10);
    void batcher.add(3, 1);
    for (let turn = 0; turn < 3; turn += 1) {
      started[turn]?.finish();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(started.map(({ items }) => items)).toEqual([[1], [2], [3]]);
  });

  test('what is too much to wait is refused at once, and what was written makes room again', async () => {
    const { started, write } = writer();
    const batcher = new Batcher(options(write, { mostWaiting: 5 }));
    const first = batcher.add(1, 3);
    const second = batcher.add(2, 5);
    await expect(batcher.add(3, 1)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 2 });
    started[0]?.finish();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    void batcher.add(3, 5);
    started[1]?.finish();
    await second;
    await vi.advanceTimersByTimeAsync(0);
    expect(started.map(({ items }) => items)).toEqual([[1], [2], [3]]);
  });
});

test('each caller hears when its own item is written, and not before', async () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write, { mostItems: 1 }));
  const heard: number[] = [];
  for (const item of [1, 2]) void batcher.add(item).then(() => heard.push(item));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([]);
  started[0]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([1]);
});

test('a batch that fails rejects its own items only', async () => {
  const { started, write } = writer();
  const batcher = new Batcher(options(write));
  const outcomes = [1, 2, 3, 4].map((item) =>
    batcher.add(item).then(
      () => 'written',
      (error: Error) => error.message,
    ),
  );
  started[0]?.fail(new Error('no disk'));
  await vi.advanceTimersByTimeAsync(50);
  started[1]?.finish();
  expect(await Promise.all(outcomes)).toEqual(['no disk', 'no disk', 'no disk', 'written']);
});

describe('draining', () => {
  test('writes what waits without waiting longer, and resolves when all of it is written', async () => {
    const { started, write } = writer();
    const batcher = new Batcher(options(write));
    for (const item of [1, 2, 3, 4]) void batcher.add(item);
    let drained = false;
    const drain = batcher.drain().then(() => (drained = true));
    started[0]?.finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(started.map(({ items }) => items)).toEqual([[1, 2, 3], [4]]);
    expect(drained).toBe(false);
    started[1]?.finish();
    await drain;
  });

  test('resolves at once when nothing waits', async () => {
    await new Batcher(options(writer().write)).drain();
  });
});
