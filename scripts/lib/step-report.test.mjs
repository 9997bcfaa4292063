import { describe, expect, it } from 'vitest';
import { runSteps } from './step-report.mjs';

describe('the step report', () => {
  it('runs every step, and names those that failed', async () => {
    const lines = [];
    const failed = await runSteps(
      [
        { name: 'one', run: () => 'with a remark' },
        { name: 'two', run: () => Promise.reject(Object.assign(new Error('x'), { output: 'line 1\nline 2\n' })) },
        { name: 'three', run: () => undefined },
      ],
      { print: (line) => lines.push(line), clock: () => 0 },
    );
    expect(failed).toEqual(['two']);
    expect(lines).toEqual([
      'ok    one (0.0 s) with a remark',
      'FAIL  two (0.0 s)',
      '      line 1\n      line 2',
      'ok    three (0.0 s)',
      '\n1 of 3 checks failed: two',
    ]);
  });
});
