// npm start: the panel, built first where that is needed.
import { build } from './lib/build.mjs';
import { runInForeground } from './lib/foreground.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async (args) => {
  await build(['server', 'agent', 'client']);
  // graphql-js looks at NODE_ENV when it is loaded: in production it leaves out checks that cost a twentieth of a report.
  const env = { NODE_ENV: 'production', ...process.env };
  return runInForeground(['--enable-source-maps', fromRoot('server/dist/main.js'), ...args], { env });
});
