// npm run requirements: which tests prove which requirement, and which requirement has none.
import { existsSync, readFileSync } from 'node:fs';
import { fromRoot, toRelative } from './lib/project-paths.mjs';
import { coverage, parseRequirements, taggedTests } from './lib/requirement-scan.mjs';
import { Problem, runScript } from './lib/run-script.mjs';
import { sourceFiles } from './lib/source-files.mjs';

const DOCUMENT = 'docs/requirements.md';
const TESTED = ['server', 'agent', 'client', 'e2e', 'bench', 'scripts'];

await runScript(() => {
  if (!existsSync(fromRoot(DOCUMENT))) throw new Problem(`${DOCUMENT} is missing.`);
  const requirements = parseRequirements(readFileSync(fromRoot(DOCUMENT), 'utf8'));
  if (requirements.length === 0) throw new Problem(`${DOCUMENT} has no line like "- R1.1 text".`);
  const { covered, strays } = coverage(requirements, allTaggedTests());
  for (const { id, text, tests } of covered) {
    console.log(`${id} ${text}`);
    if (tests.length === 0) console.log('    GAP: no test carries it');
    for (const { file, name } of tests) console.log(`    ${file}: ${name}`);
  }
  for (const { id, file, name } of strays) console.log(`UNKNOWN ${id} in ${file}: ${name}`);
  const gaps = covered.filter(({ tests }) => tests.length === 0);
  console.log(`\n${covered.length - gaps.length} of ${covered.length} requirements have tests, ${gaps.length} gaps`);
});

function allTaggedTests() {
  return TESTED.flatMap((folder) => sourceFiles(fromRoot(folder)))
    .filter((path) => /\.test\.(tsx?|mjs)$/.test(path))
    .flatMap((path) => {
      const tests = taggedTests(readFileSync(path, 'utf8'));
      return tests.map((test) => ({ ...test, file: toRelative(path) }));
    });
}
