// Run by `npm run demo` with the panel's address and password in the environment: fills a throw-away panel with nodes
// all over the world and what they serve, gives them a past, and lets them live until it is told to end. --nodes N, 200
// unless said.
import { backfill } from './demo/backfill.js';
import { NodeLife } from './demo/node-life.js';
import { cutOffOne, makeProblems } from './demo/problems.js';
import { DemoService } from './demo/service.js';
import { MOST_NODES, worldNodes } from './demo/world.js';
import { createNodes } from './fleet/create-nodes.js';
import { Fleet } from './fleet/fleet.js';
import { readOptions } from './support/options.js';
import { PanelApi } from './support/panel-api.js';
import { progress } from './support/result.js';

const PROGRESS_EVERY = 50;

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: "npm run demo" starts a panel and sets it`);
  return value;
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));

const options = readOptions({ nodes: 200 });
if (options.nodes > MOST_NODES) throw new Error(`--nodes: at most ${MOST_NODES}`);
const api = new PanelApi(fromEnvironment('VPANEL_URL'), fromEnvironment('VPANEL_ADMIN_PASSWORD'));

const service = await DemoService.createGroups(api);
const specs = worldNodes(options.nodes + 1).map((spec) => service.grouped(spec));
// The last one is added like the others, but nobody ever runs the line that the panel prints for it.
const fleet = await Fleet.join({ api, nodes: specs.slice(0, -1) });
await createNodes(api, specs.slice(-1));
makeProblems(fleet);
await service.createCustomers();
await service.createProxies();
await backfill(fleet.agents, (done) => {
  if (done % PROGRESS_EVERY === 0) progress(`${done} of ${fleet.agents.length} nodes have a past of a day`);
});
for (const agent of fleet.agents) new NodeLife(agent).start();
cutOffOne(fleet);
progress('the simulated fleet is alive');
