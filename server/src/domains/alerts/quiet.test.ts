import { expect, test } from 'vitest';
import { isCalm, nextQuiet, type QuietState, type Verdict } from './quiet.js';

/** Verdicts on alerts of one subject at these minutes. */
function judge(minutes: readonly number[]): Verdict[] {
  let state: QuietState | undefined;
  return minutes.map((minute) => {
    const next = nextQuiet(state, minute * 60_000);
    state = next.state;
    return next.verdict;
  });
}

test.each<[what: string, minutes: number[], verdicts: Verdict[]]>([
  ['the first ones go out', [0], ['SEND']],
  ['four within a quarter of an hour go out', [0, 1, 2, 3], ['SEND', 'SEND', 'SEND', 'SEND']],
  ['the fifth makes it flap', [0, 1, 2, 3, 4], ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING']],
  ['five at once flap too', [7, 7, 7, 7, 7], ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING']],
  ['the fifth a quarter of an hour after the first does not', [0, 1, 2, 3, 15], Array(5).fill('SEND') as Verdict[]],
  ['just before, it does', [0, 1, 2, 3, 14.99], ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING']],
  ['one every four minutes never flaps', [0, 4, 8, 12, 16, 20, 24, 28], Array(8).fill('SEND') as Verdict[]],
  [
    'while it flaps nothing goes out, however long that takes',
    [0, 1, 2, 3, 4, 10, 20, 30, 44.9],
    ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING', 'HOLD', 'HOLD', 'HOLD', 'HOLD'],
  ],
  [
    'after a quarter of an hour of quiet it begins anew',
    [0, 1, 2, 3, 4, 10, 25, 26, 27, 28, 29],
    ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING', 'HOLD', 'SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING'],
  ],
  ['a clock that goes back harms nothing', [10, 9, 8, 7, 6], ['SEND', 'SEND', 'SEND', 'SEND', 'FLAPPING']],
])('[R2.7] flapping: %s', (_what, minutes, verdicts) => {
  expect(judge(minutes)).toEqual(verdicts);
});

test('[R2.7] quiet is counted from what was held back last', () => {
  const state: QuietState = { recent: [], flappingSince: 0, lastAt: 600_000 };
  expect(isCalm(state, 600_000 + 899_999)).toBe(false);
  expect(isCalm(state, 600_000 + 900_000)).toBe(true);
});

test('[R2.7] no more is remembered of a subject than decides', () => {
  let state: QuietState | undefined;
  for (let minute = 0; minute < 10_000; minute += 4) ({ state } = nextQuiet(state, minute * 60_000));
  expect(state?.recent.length).toBeLessThanOrEqual(4);
});
