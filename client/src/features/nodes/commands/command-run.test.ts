import { expect, it } from 'vitest';
import { advance, type Progress, type Run, tally } from './command-run';

const progress = (nodeId: string, state: Progress['state'], commandId = `${nodeId}-1`): Progress => ({
  nodeId,
  commandId,
  state,
  output: null,
  error: null,
});
const NOTHING: Run = new Map();

it('[R9.4] counts what is done and what has failed, by node', () => {
  const run = advance(NOTHING, [progress('a', 'SUCCEEDED'), progress('b', 'FAILED'), progress('c', 'DELIVERED')]);
  expect(tally(run)).toEqual({ total: 3, done: 2, failed: 1 });
});

it('[R9.4] does not take a finished command back when its answer comes late', () => {
  const run = advance(NOTHING, [progress('a', 'SUCCEEDED')]);
  expect(advance(run, [progress('a', 'QUEUED')]).get('a')?.state).toBe('SUCCEEDED');
});

it('[R9.4] lets a retry replace the command that failed', () => {
  const run = advance(NOTHING, [progress('a', 'FAILED')]);
  expect(advance(run, [progress('a', 'QUEUED', 'a-2')]).get('a')?.state).toBe('QUEUED');
});
