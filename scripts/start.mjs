// npm start: the panel, built first where that is needed.
import { build } from './lib/build.mjs';
import { runInForeground } from './lib/foreground.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async (args) => {
  await build(['server', 'agent', 'client']);
  return runInForeground(['--enable-source-maps', fromRoot('server/dist/main.js'), ...args]);
});
