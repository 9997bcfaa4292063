import { describe, expect, it } from 'vitest';
import { coverage, parseRequirements, taggedTests } from './requirement-scan.mjs';

describe('the requirement scan', () => {
  it('reads requirements in their order', () => {
    const text = '# Title\n\n- R1.1 Nodes can be added.\n- **R1.2** Nodes: removed.\n- not one\n- R10.7: The last.\n';
    expect(parseRequirements(text)).toEqual([
      { id: 'R1.1', text: 'Nodes can be added.' },
      { id: 'R1.2', text: 'Nodes: removed.' },
      { id: 'R10.7', text: 'The last.' },
    ]);
  });

  it('finds tagged names in every way of writing a test', () => {
    const source = [
      `it('adds a node [R1.1]', () => {});`,
      'test("doesn\'t lose it [R1.2]", run);',
      'it.each([[1], [2]])(`counts %s [R2.1, R2.2]`, run);',
      `describe(\n  'moving users [R5.1] [R5.2]', () => {});`,
      `it('has no tag', run); // [R9.9] in a comment`,
      `it('it\\'s escaped [R3.1]', run);`,
    ].join('\n');
    expect(taggedTests(source).flatMap(({ ids }) => ids)).toEqual([
      'R1.1',
      'R1.2',
      'R2.1',
      'R2.2',
      'R5.1',
      'R5.2',
      'R3.1',
    ]);
  });

  it('tells gaps and unknown numbers', () => {
    const requirements = [
      { id: 'R1.1', text: 'a' },
      { id: 'R1.2', text: 'b' },
    ];
    const { covered, strays } = coverage(requirements, [{ name: 'x', ids: ['R1.1', 'R7.7'] }]);
    expect(covered.map(({ id, tests }) => [id, tests.length])).toEqual([
      ['R1.1', 1],
      ['R1.2', 0],
    ]);
    expect(strays).toMatchObject([{ id: 'R7.7', name: 'x' }]);
  });
});
