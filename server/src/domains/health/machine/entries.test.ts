import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_ENTRIES, admit, entriesPerMinute, type EntryLimiter } from './entries.js';
import type { GuardMode } from './guard.js';

type Admit = typeof admit;

const run = fc.record({
  fleetSize: fc.integer({ min: 1, max: 60 }),
  modes: fc.array(fc.constantFrom<GuardMode>('ARMED', 'ARMED', 'CONFIRMING', 'HOLDING', 'ISOLATED', 'PAUSED'), {
    minLength: 1,
    maxLength: 6,
  }),
  turns: fc.array(
    fc.record({ waitMs: fc.integer({ min: 0, max: 12_000 }), random: fc.double({ min: 0, max: 0.999 }) }),
    {
      maxLength: 60,
      size: 'max',
    },
  ),
});

/** H10: everything waits all the time; how many enter? */
function obeys(rule: Admit, { fleetSize, modes, turns }: typeof run extends fc.Arbitrary<infer T> ? T : never): void {
  const waiting = new Set(Array.from({ length: fleetSize }, (_, index) => `node-${index}`));
  const entered: number[] = [];
  let limiter: EntryLimiter = NO_ENTRIES;
  let now = 0;
  for (const [turn, { waitMs, random }] of turns.entries()) {
    now += waitMs;
    const mode = modes[turn % modes.length] ?? 'ARMED';
    const step = rule(limiter, [...waiting], mode, fleetSize, now, random);
    limiter = step.limiter;
    if (step.admitted === null) continue;
    if (!waiting.delete(step.admitted)) throw new Error('one that does not wait');
    if (mode !== 'ARMED' && mode !== 'CONFIRMING') throw new Error(`while ${mode}`);
    const last = entered.at(-1) ?? -Infinity;
    if (now - last < (mode === 'ARMED' ? 10_000 : 30_000)) throw new Error('too soon');
    entered.push(now);
    const minute = entered.filter((atMs) => now - atMs < 60_000).length;
    if (minute > Math.max(1, Math.ceil(0.15 * fleetSize))) throw new Error(`${minute} of ${fleetSize} in a minute`);
  }
}

const check = (rule: Admit) =>
  fc.check(
    fc.property(run, (each) => obeys(rule, each)),
    { numRuns: 3_000, seed: 1 },
  );

describe('[R5.6] H10 entering failover', () => {
  test('at most one node in 10 s and 15 % of the fleet in a minute, whatever waits', () => {
    expect(check(admit).errorInstance ?? null).toBeNull();
  });

  test.each<[what: string, mutant: Admit]>([
    ['earlier entries are forgotten', (_limiter, ...rest) => admit(NO_ENTRIES, ...rest)],
    ['the guard is not asked', (limiter, waiting, _mode, ...rest) => admit(limiter, waiting, 'ARMED', ...rest)],
    ['the fleet is taken for larger', (a, b, c, size, now, random) => admit(a, b, c, size + 100, now, random)],
    [
      'only the last entry is remembered',
      (limiter, ...rest) => admit({ enteredAtMs: limiter.enteredAtMs.slice(-1) }, ...rest),
    ],
  ])('is broken when %s', (_what, mutant) => {
    expect(check(mutant).failed).toBe(true);
  });

  test.each([
    [1, 1],
    [6, 1],
    [7, 2],
    [20, 3],
    [100, 15],
  ])('of %d nodes %d a minute', (fleetSize, entries) => {
    expect(entriesPerMinute(fleetSize)).toBe(entries);
  });

  test('who waits enters by chance, not in order', () => {
    const waiting = ['a', 'b', 'c', 'd'];
    const admitted = [0, 0.3, 0.6, 0.99].map((random) => admit(NO_ENTRIES, waiting, 'ARMED', 4, 0, random).admitted);
    expect(admitted).toEqual(waiting);
    expect(admit(NO_ENTRIES, [], 'ARMED', 4, 0, 0.5).admitted).toBeNull();
  });
});
