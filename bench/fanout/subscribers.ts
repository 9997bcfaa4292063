// A child process: many dashboards that watch the same thing. It is told what to do by messages and answers by one each:
// "begin" forgets what has come so far (the snapshots), "end" answers what came since.
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { forEachBounded } from '../support/bounded.js';
import { DeliveryCheck } from './delivery-check.js';
import { NODE_METRICS } from './nodes-query.js';

export interface SubscribersReady {
  connected: number;
}

export interface Delivered {
  deliveries: number;
  events: number;
  gaps: number;
}

const HANDSHAKES_IN_FLIGHT = 50;
const HANDSHAKE_PATIENCE_MS = 20_000;
const SNAPSHOT_MS = 1_500;

const [url = '', token = '', count = '0'] = process.argv.slice(2);
const subscribers = Number(count);
let check = new DeliveryCheck(subscribers);

function subscribe(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_PATIENCE_MS,
    });
    const timer = setTimeout(() => socket.terminate(), HANDSHAKE_PATIENCE_MS);
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('error', reject);
    socket.once('close', (code) => reject(new Error(`the socket was closed (${code})`)));
    socket.once('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    socket.once('message', () => {
      clearTimeout(timer);
      // The id is the same on every socket, so that equal events are equal frames.
      send({ id: '1', type: 'subscribe', payload: { query: NODE_METRICS } });
      socket.on('message', (data: Buffer) => {
        const frame = data.toString();
        if (!frame.includes('"type":"next"')) throw new Error(`unexpected: ${frame.slice(0, 300)}`);
        check.add(index, frame);
      });
      resolve();
    });
  });
}

await forEachBounded(
  Array.from({ length: subscribers }, (_, index) => index),
  HANDSHAKES_IN_FLIGHT,
  subscribe,
);
await sleep(SNAPSHOT_MS);
process.on('message', (message) => {
  if (message === 'begin') check = new DeliveryCheck(subscribers);
  const { deliveries, events, gaps } = check;
  const answer: Delivered = { deliveries, events, gaps };
  process.send?.(answer);
});
process.once('disconnect', () => process.exit(0));
const ready: SubscribersReady = { connected: subscribers };
process.send?.(ready);
