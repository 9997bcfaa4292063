import { expect, it, vi } from 'vitest';
import { inChunks } from './bulk-run';

const items = Array.from({ length: 2_500 }, (_, index) => index);

it('[R9.2] changes many users a thousand at a time and tells how far it is', async () => {
  const run = vi.fn(async (_chunk: number[]) => {});
  const progress: number[] = [];
  expect(await inChunks(items, run, (done) => progress.push(done))).toEqual({ done: 2_500 });
  expect(run.mock.calls.map(([chunk]) => chunk.length)).toEqual([1_000, 1_000, 500]);
  expect(progress).toEqual([1_000, 2_000, 2_500]);
});

it('[R9.2] stops at the first refusal and says what was done before', async () => {
  const refusal = new Error('no');
  const run = vi.fn(async (chunk: number[]) => {
    if (chunk[0] === 1_000) throw refusal;
  });
  expect(await inChunks(items, run, () => {})).toEqual({ done: 1_000, error: refusal });
  expect(run).toHaveBeenCalledTimes(2);
});
