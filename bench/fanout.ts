// npm run bench -- fanout [--subscribers N --agents M --seconds S]
//
// Many dashboards that watch the same nodes. The panel executes and serialises each event once; beside it graphql-ws as
// it comes, which executes and serialises once per subscriber.
import { once } from 'node:events';
import { Child } from './bare/child.js';
import type { BareFanoutReady } from './bare/fanout.js';
import { measureFanout, type FanoutFigures } from './fanout/measure-fanout.js';
import { Fleet } from './fleet/fleet.js';
import { plainNodes } from './fleet/plain-nodes.js';
import { assertFileLimit } from './support/file-limit.js';
import { readOptions } from './support/options.js';
import { withPanel } from './support/panel.js';
import { printFigure, progress } from './support/result.js';

const REPORTS_PER_AGENT_PER_SECOND = 2;

const options = readOptions({ subscribers: 1_000, agents: 4, seconds: 10 });
assertFileLimit(options.subscribers);

async function ofPanel(): Promise<FanoutFigures> {
  return withPanel(async (panel) => {
    const fleet = await Fleet.join({ api: panel.api, nodes: plainNodes(options.agents) });
    try {
      return await measureFanout({
        ...options,
        url: panel.api.url,
        token: await panel.api.accessToken(),
        pid: panel.pid,
        publish: async (seconds) => {
          const { failures, firstFailure } = await fleet.runAt(REPORTS_PER_AGENT_PER_SECOND * options.agents, seconds);
          if (failures > 0) throw new Error(`${failures} reports failed: ${firstFailure ?? ''}`);
        },
      });
    } finally {
      fleet.close();
    }
  });
}

async function ofBareServer(): Promise<FanoutFigures> {
  const child = await Child.start<BareFanoutReady>('bare/fanout.js');
  try {
    return await measureFanout({
      ...options,
      url: child.ready.url,
      token: 'none',
      pid: child.pid,
      publish: async (seconds) => {
        child.process.send([options.agents, seconds]);
        await once(child.process, 'message');
      },
    });
  } finally {
    await child.stop();
  }
}

progress('panel');
const panel = await ofPanel();
progress('one execution per subscriber');
const bare = await ofBareServer();

const print = (figure: string, unit: string, value: number, comparedValue: number): void =>
  printFigure({
    bench: 'fanout',
    figure,
    value,
    unit,
    comparedWith: 'graphql-ws, one execution per subscriber',
    comparedValue,
    note: `${options.subscribers} subscribers, ${options.agents} nodes report twice a second; the panel gathers for half a second`,
  });
print('deliveries per second', 'frames/s', panel.deliveriesPerSecond, bare.deliveriesPerSecond);
print('CPU per delivery', 'µs', panel.cpuPerDelivery, bare.cpuPerDelivery);
print(
  'deliveries per second of a whole core (1 / CPU)',
  'frames/s',
  1e6 / panel.cpuPerDelivery,
  1e6 / bare.cpuPerDelivery,
);
print('events', 'events', panel.events, bare.events);
print('gaps: subscribers that missed an event', 'subscribers', panel.gaps, bare.gaps);
if (panel.gaps > 0) process.exitCode = 1;
