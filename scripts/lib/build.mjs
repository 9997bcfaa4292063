import { existsSync } from 'node:fs';
import { BuildStamp, fingerprint } from './build-stamp.mjs';
import { withFileLock } from './file-lock.mjs';
import { CACHE, ROOT, TSC, fromRoot } from './project-paths.mjs';
import { Problem } from './run-script.mjs';
import { runToEnd } from './run-command.mjs';
import { sourceFiles } from './source-files.mjs';
import { removeStaleOutput } from './stale-output.mjs';

/**
 * What each workspace is built by, and the file that proves that it was. e2e is not here: it runs from its sources.
 * `outputOf` names the sources of a folder of compiled files.
 */
const RECIPES = {
  server: {
    command: [TSC, '-p', 'server/tsconfig.build.json'],
    proof: 'server/dist/main.js',
    outputOf: ['server/dist', 'server/src'],
  },
  agent: { command: ['agent/build.mjs'], proof: 'agent/dist/vpanel-agent.cjs' },
  client: { command: ['node_modules/vite/bin/vite.js', 'build', 'client'], proof: 'client/dist/index.html' },
  bench: { command: [TSC, '-p', 'bench/tsconfig.json'], proof: 'bench/dist', outputOf: ['bench/dist', 'bench'] },
};

export const BUILDABLE = Object.keys(RECIPES);

/**
 * Builds the workspaces whose sources, settings or dependencies have changed since they were built last. Where nothing
 * has, nothing is written: the checkout may belong to somebody else.
 */
export async function build(workspaces, { force = false } = {}) {
  const unknown = workspaces.find((workspace) => !RECIPES[workspace]);
  if (unknown) throw new Problem(`There is no workspace "${unknown}" to build; there are: ${BUILDABLE.join(', ')}`);
  if (!force && workspaces.every(isCurrent)) {
    console.log(`build    ${workspaces.join(', ')}: up to date`);
    return;
  }
  const onWait = () => console.log('build    waiting for another build');
  await withFileLock(fromRoot('.cache/build/lock'), () => buildInOrder(workspaces, force), { onWait });
}

const stampOf = (workspace) => new BuildStamp(`${CACHE}/build/${workspace}.stamp`);

const isCurrent = (workspace) =>
  stampOf(workspace).isCurrent(fingerprint(inputsOf(workspace), ROOT)) &&
  existsSync(fromRoot(RECIPES[workspace].proof));

async function buildInOrder(workspaces, force) {
  for (const workspace of workspaces) {
    // Another build may have done it while this one waited for the lock.
    if (!force && isCurrent(workspace)) {
      console.log(`build    ${workspace} is up to date`);
      continue;
    }
    const stamp = stampOf(workspace);
    const inputs = fingerprint(inputsOf(workspace), ROOT);
    stamp.clear();
    await buildOne(workspace, RECIPES[workspace]);
    stamp.write(inputs);
  }
}

async function buildOne(workspace, { command, proof, outputOf }) {
  console.log(`build    ${workspace} ...`);
  const startedAt = Date.now();
  const { code, output } = await runToEnd(process.execPath, command, { quiet: true });
  if (code !== 0) {
    console.error(output.trimEnd());
    throw new Problem(`build    ${workspace} failed`);
  }
  if (!existsSync(fromRoot(proof))) throw new Problem(`build    ${workspace} made no ${proof}`);
  if (outputOf) removeStaleOutput(...outputOf.map((folder) => fromRoot(folder)));
  console.log(`build    ${workspace} done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

const inputsOf = (workspace) => [
  ...sourceFiles(fromRoot(workspace)),
  fromRoot('tsconfig.json'),
  fromRoot('package-lock.json'),
];
