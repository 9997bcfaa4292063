import { describe, expect, it } from 'vitest';
import { addTotals, isSuccess, totalsLine, totalsOf } from './vitest-totals.mjs';

const report = (overrides) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...overrides,
});

describe('the totals of a run', () => {
  it('count tests', () => {
    expect(totalsOf(report({ numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }))).toEqual({
      passed: 3,
      failed: 1,
      skipped: 3,
    });
  });

  it('count a file that could not be loaded as a failure, but no failed test twice', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(totalsOf(report({ numFailedTests: 1, testResults })).failed).toBe(2);
  });

  it.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed', true],
    [{ passed: 12, failed: 1, skipped: 0 }, '12 passed, 1 failed', false],
    [{ passed: 12, failed: 0, skipped: 2 }, '12 passed, 0 failed, 2 skipped', false],
    [{ passed: 0, failed: 0, skipped: 0 }, '0 passed, 0 failed', false],
  ])('%o is the line "%s"; success: %s', (totals, line, success) => {
    expect(totalsLine(totals)).toBe(line);
    expect(isSuccess(totals)).toBe(success);
  });

  it('add up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addTotals([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});
