import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PENALTY_CAP, PENALTY_OUTAGE } from './constants.js';
import { decayed, penalised, penaltyNow, stillDamped, type Penalty } from './damping.js';
import { nextScore, type ScoreEvent } from './score.js';
import { slowStartShare } from './slow-start.js';

const NONE: Penalty = { penalty: 0, penaltyAtMs: 0, damped: false };
const MINUTE = 60_000;

describe('[R2.5] the penalty for flapping', () => {
  test('halves in a quarter of an hour', () => {
    expect(decayed(1_000, 0)).toBe(1_000);
    expect(decayed(1_000, 15 * MINUTE)).toBe(500);
    expect(decayed(1_000, 60 * MINUTE)).toBe(62.5);
  });

  test.each([
    [[0, 10], false],
    [[0, 10, 20], true],
    [[0, 1], false],
    [[0, 1, 2], true],
    [[0, 60, 120, 180], false],
  ])('outages at minutes %j damp: %s', (minutes, damped) => {
    const after = minutes.reduce((before, minute) => penalised(before, PENALTY_OUTAGE, minute * MINUTE), NONE);
    expect(after.damped).toBe(damped);
  });

  test('however often it fell, an hour of quiet is enough', () => {
    let penalty = NONE;
    for (let index = 0; index < 100; index++) penalty = penalised(penalty, PENALTY_OUTAGE, index);
    expect(penalty.penalty).toBe(PENALTY_CAP);
    expect(stillDamped(penalty, 59 * MINUTE)).toBe(true);
    expect(stillDamped(penalty, 99 + 60 * MINUTE)).toBe(false);
  });

  const falls = fc.array(fc.record({ afterMs: fc.nat(3_600_000), points: fc.constantFrom(500, 1_000) }));

  /** H9 */
  function obeys(rule: typeof penalised, history: { afterMs: number; points: number }[]): void {
    let penalty = NONE;
    let now = 0;
    for (const { afterMs, points } of history) {
      let before = penaltyNow(penalty, now);
      for (const share of [0.25, 0.5, 1]) {
        const later = penaltyNow(penalty, now + afterMs * share);
        if (later > before) throw new Error('it grew by itself');
        before = later;
      }
      now += afterMs;
      penalty = rule(penalty, points, now);
      if (penalty.penalty < 0 || penalty.penalty > PENALTY_CAP) throw new Error(`a penalty of ${penalty.penalty}`);
    }
  }
  const check = (rule: typeof penalised) =>
    fc.check(
      fc.property(falls, (history) => obeys(rule, history)),
      { numRuns: 3_000, seed: 1 },
    );

  test('H9 it stays within 0 and 12000 and only goes down by itself', () => {
    expect(check(penalised).errorInstance ?? null).toBeNull();
  });

  test.each<[what: string, mutant: typeof penalised]>([
    [
      'there is no cap',
      (before, points, now) => ({ ...before, penalty: before.penalty + points * 20, penaltyAtMs: now }),
    ],
    [
      'a penalty is forgiven by subtraction',
      ({ penalty, penaltyAtMs }, points, now) => ({
        penalty: penalty + points - (now - penaltyAtMs) / 1_000,
        penaltyAtMs: now,
        damped: false,
      }),
    ],
  ])('H9 is broken when %s', (_what, mutant) => {
    expect(check(mutant).failed).toBe(true);
  });
});

describe('slow start', () => {
  test.each([
    [0, 0.1],
    [15, 0.1],
    [30, 0.1],
    [60, 0.2],
    [150, 0.5],
    [300, 1],
    [9_000, 1],
  ])('%d s after its recovery a node takes %d of its weight', (seconds, share) => {
    expect(slowStartShare(1_000, 1_000 + seconds * 1_000)).toBeCloseTo(share);
  });

  test('a node that was not down takes all of it', () => {
    expect(slowStartShare(null, 0)).toBe(1);
  });
});

describe("the panel's trust in itself", () => {
  const bad: ScoreEvent = { type: 'failedRound', silentHelpers: 3 };
  test.each<[before: number, event: ScoreEvent, after: number]>([
    [0, { type: 'goodRound' }, 0],
    [3, { type: 'goodRound' }, 2],
    [0, { type: 'failedRound', silentHelpers: 0 }, 0],
    [0, bad, 3],
    [6, bad, 7],
    [0, { type: 'selfCheck', loopLagP99Ms: 251, slowestWriteMs: 0 }, 1],
    [0, { type: 'selfCheck', loopLagP99Ms: 0, slowestWriteMs: 2_001 }, 1],
    [0, { type: 'selfCheck', loopLagP99Ms: 900, slowestWriteMs: 9_000 }, 1],
    [2, { type: 'selfCheck', loopLagP99Ms: 250, slowestWriteMs: 2_000 }, 2],
  ])('%d after %j is %d', (before, event, after) => {
    expect(nextScore(before, event)).toBe(after);
  });
});
