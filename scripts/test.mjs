// npm test [-- --project unit|server|e2e] [path ...] [vitest options]
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './lib/browser.mjs';
import { build } from './lib/build.mjs';
import { runInForeground } from './lib/foreground.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { Problem, runScript } from './lib/run-script.mjs';
import { readTestArguments } from './lib/test-arguments.mjs';
import { addTotals, isSuccess, totalsLine, totalsOf } from './lib/vitest-totals.mjs';
import { ensureXray } from './lib/xray.mjs';

/** Exit codes after SIGHUP, SIGINT and SIGTERM. */
const ENDED_BY_SIGNAL = [129, 130, 143];

/** What the tests of a project run besides their own sources. */
const NEEDS = {
  unit: { built: ['agent'], xray: true },
  server: { built: ['server', 'agent'] },
  e2e: { built: ['server', 'agent', 'client'], xray: true, browser: true },
};

await runScript(async (args) => {
  const { projects, forVitest, filtersFiles, filtersNames } = readTestArguments(args);
  const totals = [];
  for (const project of projects) {
    console.log(`\n== ${project}`);
    totals.push(await runProject(project, [...forVitest, ...(filtersFiles ? ['--passWithNoTests'] : [])]));
  }
  const sum = addTotals(totals);
  if (filtersNames) sum.skipped = 0;
  console.log(`\n${totalsLine(sum)}`);
  return isSuccess(sum) ? 0 : 1;
});

async function runProject(project, args) {
  try {
    return await runVitest(project, args, await prepare(NEEDS[project]));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function prepare({ built, xray, browser }) {
  await build(built);
  const env = { ...process.env };
  if (xray) env.XRAY_BIN = (await ensureXray()).path;
  if (browser) env.CHROMIUM_PATH = await ensureBrowser();
  return env;
}

async function runVitest(project, args, env) {
  const report = fromRoot('.cache/test', `${project}.json`);
  mkdirSync(fromRoot('.cache/test'), { recursive: true });
  rmSync(report, { force: true });
  const command = [fromRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runInForeground([...command, ...reporters, ...args], { env });
  // Whoever ends one project wants the rest to end, too.
  if (ENDED_BY_SIGNAL.includes(code)) process.exit(code);
  const totals = existsSync(report)
    ? totalsOf(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  // A crash, or an error outside of any test, fails the project though each test may have passed.
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
