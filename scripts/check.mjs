// npm run check: everything that is judged without running the tests. All steps run, also after one has failed.
import { existsSync, readFileSync } from 'node:fs';
import { build } from './lib/build.mjs';
import { differingFiles, generate, generatedFiles } from './lib/codegen.mjs';
import { lintDockerfile } from './lib/dockerfile-lint.mjs';
import { onPath } from './lib/on-path.mjs';
import { ROOT, TSC, fromRoot, packageCommand, toRelative } from './lib/project-paths.mjs';
import { run, runNode, runToEnd } from './lib/run-command.mjs';
import { Problem, runScript } from './lib/run-script.mjs';
import { shellOf } from './lib/shell-scripts.mjs';
import { sourceFiles } from './lib/source-files.mjs';
import { runSteps } from './lib/step-report.mjs';

const WORKSPACES = ['server', 'agent', 'client', 'e2e', 'bench'];
const quiet = { quiet: true };

const steps = [
  {
    name: 'format (prettier)',
    run: () => quietly([packageCommand('prettier'), '--check', '--log-level', 'warn', '.']),
  },
  { name: 'lint (oxlint)', run: () => quietly([packageCommand('oxlint'), '--type-aware', '--deny-warnings']) },
  ...WORKSPACES.map((workspace) => ({
    name: `types of ${workspace} (tsc)`,
    run: () => quietly([TSC, '--noEmit', '-p', `${workspace}/tsconfig.json`]),
  })),
  { name: 'schema and generated code are current', run: checkGenerated },
  { name: 'entities equal migrations', run: checkEntities },
  { name: 'shell scripts', run: checkShellScripts },
  { name: 'container files', run: checkContainerFiles },
];

await runScript(async () => ((await runSteps(steps)).length === 0 ? 0 : 1));

async function quietly(args) {
  await runNode(args, quiet);
}

async function checkGenerated() {
  const before = generatedFiles();
  await generate();
  const differing = differingFiles(before, generatedFiles()).map((file) => toRelative(file));
  if (differing.length > 0)
    throw new Problem(`These were not current, and are now; commit them:\n${differing.join('\n')}`);
}

async function checkEntities() {
  await build(['server']);
  await quietly(['--enable-source-maps', fromRoot('server/dist/check-entities.js')]);
}

async function checkShellScripts() {
  const scripts = sourceFiles(ROOT)
    .map((path) => ({ path, shell: shellOf(path) }))
    .filter(({ shell }) => shell !== undefined);
  const faults = [];
  for (const { path, shell } of scripts) {
    const { code, output } = await runToEnd(shell, ['-n', path], quiet);
    if (code !== 0) faults.push(output.trim());
  }
  const shellcheck = onPath('shellcheck');
  if (shellcheck && scripts.length > 0) {
    const { code, output } = await runToEnd(
      shellcheck,
      scripts.map(({ path }) => path),
      quiet,
    );
    if (code !== 0) faults.push(output.trim());
  }
  if (faults.length > 0) throw new Problem(faults.join('\n'));
  return `${scripts.length} scripts${shellcheck ? '' : ', by syntax only: there is no shellcheck'}`;
}

async function checkContainerFiles() {
  const files = sourceFiles(fromRoot('docker')).filter((path) => path.endsWith('.Dockerfile'));
  const exists = (path) => existsSync(fromRoot(path));
  const faults = files.flatMap((file) =>
    lintDockerfile(readFileSync(file, 'utf8'), { exists }).map(
      ({ line, message }) => `${toRelative(file)}:${line}: ${message}`,
    ),
  );
  if (faults.length > 0) throw new Problem(faults.join('\n'));
  const hadolint = onPath('hadolint');
  if (hadolint) await run(hadolint, files, quiet);
  const composed = await checkCompose();
  return [!hadolint && 'there is no hadolint', !composed && 'there is no docker compose'].filter(Boolean).join(', ');
}

async function checkCompose() {
  const docker = onPath('docker');
  const hasCompose = docker && (await runToEnd(docker, ['compose', 'version'], quiet)).code === 0;
  if (!hasCompose) return false;
  const env = { ...process.env, VPANEL_DOMAIN: 'panel.example.com' };
  await run(docker, ['compose', '-f', 'docker/compose.yml', 'config', '--quiet'], { ...quiet, env });
  return true;
}
