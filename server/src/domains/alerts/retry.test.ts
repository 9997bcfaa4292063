import { expect, test } from 'vitest';
import { nextAttempt, parseRetryAfter } from './retry.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('[R2.7] ten attempts over three days, on the schedule of Standard Webhooks', () => {
  const pauses: (number | undefined)[] = [];
  let failures = 0;
  for (let attempts = 1; attempts <= 10; attempts += 1) {
    const next = nextAttempt({ attempts, failures }, 0);
    ({ failures } = next);
    pauses.push(next.waitMs);
  }
  expect(pauses).toEqual([
    5_000,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
    undefined,
  ]);
});

test('[R2.7] chance lengthens a pause by a tenth at most', () => {
  expect(nextAttempt({ attempts: 2, failures: 1 }, 1).waitMs).toBe(5.5 * MINUTE);
});

test('[R2.7] a pause that the receiver asks for takes no step of the schedule', () => {
  expect(nextAttempt({ attempts: 3, failures: 2, retryAfterMs: 7_000 }, 0)).toEqual({ failures: 2, waitMs: 7_000 });
  expect(nextAttempt({ attempts: 3, failures: 9, retryAfterMs: 7_000 }, 0)).toEqual({ failures: 9, waitMs: 7_000 });
});

test('[R2.7] a receiver that asks for pauses without end is given up like one that fails', () => {
  let failures = 0;
  let attempts = 0;
  for (let waitMs: number | undefined = 0; waitMs !== undefined && attempts < 1_000;) {
    attempts += 1;
    ({ failures, waitMs } = nextAttempt({ attempts, failures, retryAfterMs: 0 }, 0));
  }
  expect(attempts).toBe(29);
});

test('[R2.7] nobody is waited for longer than a day', () => {
  expect(nextAttempt({ attempts: 1, failures: 0, retryAfterMs: 1e12 }, 0).waitMs).toBe(24 * HOUR);
});

test.each<[header: string | undefined, ms: number | undefined]>([
  [undefined, undefined],
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', MINUTE],
  ['Thu, 01 Jan 2020 00:00:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['99999999999999999999', undefined],
  ['', undefined],
])('[R2.7] Retry-After %j is %s ms', (header, ms) => {
  expect(parseRetryAfter(header, new Date('2026-01-01T00:00:00Z'))).toBe(ms);
});
