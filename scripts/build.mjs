// npm run build [-- server agent client bench] [--force]
import { BUILDABLE, build } from './lib/build.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async (args) => {
  const named = args.filter((arg) => arg !== '--force');
  await build(named.length > 0 ? named : BUILDABLE, { force: args.includes('--force') });
});
