// npm run xray: prints the path of an Xray for development and tests, installed first where there is none.
import { runScript } from './lib/run-script.mjs';
import { ensureXray } from './lib/xray.mjs';

await runScript(async () => {
  const { path, version } = await ensureXray();
  console.error(`xray     ${version}`);
  console.log(path);
});
