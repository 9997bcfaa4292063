import { describe, expect, it } from 'vitest';
import { PROJECTS, readTestArguments } from './test-arguments.mjs';

describe('the arguments of npm test', () => {
  it('mean everything when there are none', () => {
    expect(readTestArguments([])).toMatchObject({ projects: PROJECTS, forVitest: [], filtersFiles: false });
  });

  it('choose projects in their own order, and leave the rest to vitest', () => {
    const { projects, forVitest } = readTestArguments(['--project', 'e2e', 'nodes', '--project=unit', '--bail=1']);
    expect(projects).toEqual(['unit', 'e2e']);
    expect(forVitest).toEqual(['nodes', '--bail=1']);
  });

  it('are told apart: paths, names of tests, options', () => {
    expect(readTestArguments(['server/src/x.test.ts']).filtersFiles).toBe(true);
    expect(readTestArguments(['-t', 'adds']).filtersNames).toBe(true);
    expect(readTestArguments(['--bail=1'])).toMatchObject({ filtersFiles: false, filtersNames: false });
  });

  it.each([[['--project', 'nothing']], [['--project']]])('are refused when the project is unknown: %j', (args) => {
    expect(() => readTestArguments(args)).toThrow('There is no project');
  });
});
