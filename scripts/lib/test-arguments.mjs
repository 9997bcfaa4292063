import { Problem } from './run-script.mjs';

export const PROJECTS = ['unit', 'server', 'e2e'];

/** Splits the arguments of `npm test` into the projects to run and what vitest gets. */
export function readTestArguments(args) {
  const chosen = [];
  const forVitest = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '--project') chosen.push(args[(index += 1)]);
    else if (args[index].startsWith('--project=')) chosen.push(args[index].slice('--project='.length));
    else forVitest.push(args[index]);
  }
  for (const name of chosen) {
    if (!PROJECTS.includes(name)) throw new Problem(`There is no project "${name}"; there are: ${PROJECTS.join(', ')}`);
  }
  return {
    projects: chosen.length > 0 ? PROJECTS.filter((name) => chosen.includes(name)) : PROJECTS,
    forVitest,
    /** With a filter most projects have nothing that fits, and what does not fit is reported as skipped. */
    filtersFiles: forVitest.some((arg) => !arg.startsWith('-')),
    filtersNames: forVitest.some((arg) => /^(-t|--testNamePattern)/.test(arg)),
  };
}
