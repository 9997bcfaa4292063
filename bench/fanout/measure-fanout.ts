import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '../bare/child.js';
import { measureCpu } from '../support/cpu-meter.js';
import { progress } from '../support/result.js';
import type { Delivered, SubscribersReady } from './subscribers.js';

/** What is under way when the reports stop has arrived after this. */
const SETTLE_MS = 1_500;

export interface FanoutFigures {
  deliveriesPerSecond: number;
  /** Microseconds of the server's process. */
  cpuPerDelivery: number;
  events: number;
  gaps: number;
}

interface Target {
  url: string;
  token: string;
  pid: number;
  subscribers: number;
  seconds: number;
  /** Makes events happen for so many seconds. */
  publish(seconds: number): Promise<void>;
}

export async function measureFanout({
  url,
  token,
  pid,
  subscribers,
  seconds,
  publish,
}: Target): Promise<FanoutFigures> {
  const child = await Child.start<SubscribersReady>('fanout/subscribers.js', [url, token, String(subscribers)]);
  const ask = async (what: 'begin' | 'end'): Promise<Delivered> => {
    child.process.send(what);
    const [answer] = (await once(child.process, 'message')) as [Delivered];
    return answer;
  };
  try {
    progress(`${child.ready.connected} subscribers`);
    await ask('begin');
    const { shares } = await measureCpu({ pid }, async () => {
      await publish(seconds);
      await sleep(SETTLE_MS);
    });
    const { deliveries, events, gaps } = await ask('end');
    return {
      deliveriesPerSecond: deliveries / seconds,
      cpuPerDelivery: (1e6 * shares.server * shares.seconds) / deliveries,
      events,
      gaps,
    };
  } finally {
    await child.stop();
  }
}
