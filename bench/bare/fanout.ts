// A child process: graphql-ws as it comes, one execution per subscriber. It makes up its events itself: the message [N, S]
// lets N nodes report twice a second for S seconds.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { randomProfile, SampleWalk } from '../fleet/sample-walk.js';
import { DocumentCache } from './document-cache.js';
import { EventStream, type Listener } from './event-stream.js';
import { panelSchema } from './schema.js';

export interface BareFanoutReady {
  url: string;
}

const INTERVAL_MS = 500;
const BACKLOG = 4_096;

const schema = panelSchema();
const documents = new DocumentCache(schema);
const listeners = new Set<Listener>();
const server = createServer();
const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });

useServer(
  {
    onSubscribe: (_context, _id, { query }) => {
      const document = documents.read(query);
      if (!('kind' in document)) return document;
      return { schema, document, rootValue: { nodeMetrics: () => new EventStream(listeners) } };
    },
  },
  sockets,
);

async function publish(nodes: number, seconds: number): Promise<void> {
  const walks = Array.from({ length: nodes }, () => new SampleWalk(randomProfile()));
  for (const endMs = performance.now() + seconds * 1_000; performance.now() < endMs; await sleep(INTERVAL_MS)) {
    const nodeMetrics = walks.map((walk, index) => ({ nodeId: `node-${index}`, point: walk.next(new Date()) }));
    for (const listener of listeners) listener({ nodeMetrics });
  }
}

process.on('message', ([nodes, seconds]: [number, number]) => {
  publish(nodes, seconds).then(
    () => process.send?.('published'),
    () => process.exit(1),
  );
});
process.once('disconnect', () => process.exit(0));
server.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
  const ready: BareFanoutReady = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  process.send?.(ready);
});
