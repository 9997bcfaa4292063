// npm run demo [-- simulation args]: a throw-away panel with a simulated fleet. Nothing remains when it ends.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './lib/build.mjs';
import { freePort } from './lib/free-port.mjs';
import { ProcessGroups } from './lib/process-groups.mjs';
import { fromRoot } from './lib/project-paths.mjs';
import { Problem, runScript } from './lib/run-script.mjs';

const START_TIMEOUT_MS = 90_000;

await runScript(async (args) => {
  await build(['server', 'agent', 'client', 'bench']);
  const home = await mkdtemp(join(tmpdir(), 'vpanel-demo-'));
  // A panel run by root gives its database to another account, which must be able to get to its folder.
  await chmod(home, 0o711);
  const programs = new ProcessGroups();
  try {
    return await runDemo(programs, join(home, 'data'), args);
  } finally {
    await programs.end();
    await rm(home, { recursive: true, force: true });
  }
});

async function runDemo(programs, dataDir, args) {
  const port = process.env.VPANEL_PUBLIC_PORT ?? String(await freePort());
  const agentPort = process.env.VPANEL_AGENT_PORT ?? String(await freePort());
  const password = process.env.VPANEL_ADMIN_PASSWORD ?? randomBytes(12).toString('base64url');
  const url = `http://127.0.0.1:${port}`;
  const panel = programs.start('The panel', ['--enable-source-maps', fromRoot('server/dist/main.js')], {
    env: {
      ...withoutOwnDatabase(process.env),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      VPANEL_DATA_DIR: dataDir,
      VPANEL_DEMO: '1',
      // Behind the addresses of simulated nodes there is nothing to be checked.
      VPANEL_HEALTH_CHECKS: '0',
      VPANEL_PUBLIC_HOST: '127.0.0.1',
      VPANEL_PUBLIC_PORT: port,
      VPANEL_AGENT_HOST: '127.0.0.1',
      VPANEL_AGENT_PORT: agentPort,
      VPANEL_AGENT_URL: `https://127.0.0.1:${agentPort}`,
      VPANEL_ADMIN_PASSWORD: password,
    },
  });
  const ended = programs.untilOneEnds();
  if (!(await Promise.race([isReady(url, panel), ended.then(() => false)]))) return ended;
  console.log(`\nThe panel is at ${url} — sign in as admin with ${password}\nCtrl-C ends the demo.\n`);
  programs.start('The simulation', [fromRoot('bench/dist/demo.js'), ...args], {
    env: { ...process.env, VPANEL_URL: url, VPANEL_ADMIN_PASSWORD: password },
  });
  return ended;
}

/** The demo must never write to a real panel's database. */
function withoutOwnDatabase(env) {
  const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, VPANEL_ADMIN_PASSWORD_FILE: _password, ...rest } = env;
  return rest;
}

async function isReady(url, panel) {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(200)) {
    if (panel.exitCode !== null) return false;
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    if (response?.ok) return true;
  }
  throw new Problem('The panel was not ready in time.');
}
