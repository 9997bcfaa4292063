// npm run bench -- <name> [args]
import { readdirSync } from 'node:fs';
import { build } from './lib/build.mjs';
import { runInForeground } from './lib/foreground.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { Problem, runScript } from './lib/run-script.mjs';

await runScript(async ([name, ...args]) => {
  const names = benchmarks();
  if (name === undefined) {
    console.log(['Benchmarks:', ...names.map((known) => `  npm run bench -- ${known}`)].join('\n'));
    return 0;
  }
  if (!names.includes(name)) throw new Problem(`There is no benchmark "${name}"; there are: ${names.join(', ')}`);
  await build(['server', 'agent', 'client', 'bench']);
  return runInForeground(['--enable-source-maps', fromRoot('bench/dist', `${name}.js`), ...args]);
});

/** Every source file at the top of bench/; what the benchmarks share lies in folders. */
function benchmarks() {
  return readdirSync(fromRoot('bench'))
    .map((file) => /^([\w-]+)\.ts$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .toSorted();
}
