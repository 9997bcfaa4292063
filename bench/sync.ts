// npm run bench -- sync [--nodes N --users N --samples N --rate N --edits N --restarts N --agents N]
//
// How soon a new user is accepted by a node, and an edited proxy served, with one real node (agent and Xray) among
// simulated ones; what that takes on the wire and in processor time, and what it does to open connections. Beside it, in
// the same run, an Xray that is restarted for each new user. At last a fleet of --agents that reconnects while in step.
// Quickly: --nodes 20 --users 500 --samples 20 --edits 1 --restarts 2 --agents 300
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertFileLimit } from './support/file-limit.js';
import { readOptions } from './support/options.js';
import { withPanel, type Panel } from './support/panel.js';
import { progress } from './support/result.js';
import { startBorrowedSite } from './sync/borrowed-site.js';
import { measureChanges, type ChangeFigures } from './sync/changes.js';
import { startEcho } from './sync/open-connections.js';
import { printChanges, printReconnect } from './sync/print.js';
import { measureReconnect } from './sync/reconnect.js';
import { measureRestarts } from './sync/restarts.js';
import { Scene } from './sync/scene.js';
import { findXray } from './sync/xray-process.js';

/** Connections that are held open through the real node, and through the one that is restarted. */
const CONNECTIONS = 20;
/** In the fleet that reconnects; how many there are does not matter to nodes that have them already. */
const FEW_USERS = 100;

const options = readOptions({
  nodes: 200,
  users: 10_000,
  samples: 100,
  rate: 3,
  edits: 3,
  restarts: 5,
  agents: 10_000,
});
assertFileLimit(Math.max(options.nodes, options.agents));

const binary = await findXray();
const dir = mkdtempSync(join(tmpdir(), 'vps-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
const [echo, site] = [await startEcho(), await startBorrowedSite()];
const common = { ...options, binary, dir, echoPort: echo.port, connections: CONNECTIONS, borrowed: site.target };

async function ofPanel(panel: Panel): Promise<ChangeFigures> {
  const scene = await Scene.set(panel, common);
  try {
    return await measureChanges(scene, options);
  } finally {
    await scene.leave();
  }
}

try {
  progress(`${options.nodes} simulated nodes and a real one, ${options.users} users`);
  const changes = await withPanel(ofPanel);
  progress('an Xray that is restarted for each new user');
  const restarts = await measureRestarts({ ...common, ...changes });
  printChanges(common, changes, restarts);
  progress(`${options.agents} agents reconnect while in step`);
  printReconnect(options.agents, await withPanel((panel) => measureReconnect(panel, { ...common, users: FEW_USERS })));
} finally {
  echo.close();
  site.close();
}
