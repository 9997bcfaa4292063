// npm run agent -- --join <token>
import { build } from './lib/build.mjs';
import { runInForeground } from './lib/foreground.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { runScript } from './lib/run-script.mjs';
import { findXray } from './lib/xray.mjs';

await runScript(async (args) => {
  await build(['agent']);
  const xray = await findXray();
  if (!xray) console.error('No Xray was found: "npm run xray" installs it.');
  const env = xray ? { ...process.env, XRAY_BIN: xray.path } : process.env;
  return runInForeground([fromRoot('agent/dist/vpanel-agent.cjs'), ...args], { env });
});
