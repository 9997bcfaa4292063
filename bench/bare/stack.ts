// A child process: what an agent listener costs at the least. TLS 1.3, ws, graphql-ws and graphql-js with the panel's
// schema; reports are kept in memory, there is no database, no token is looked at.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Sample } from '../fleet/operations.js';
import { loopbackCertificate } from '../support/certificates.js';
import { DocumentCache } from './document-cache.js';
import { panelSchema } from './schema.js';

export interface BareStackReady {
  url: string;
  ca: string;
}

const BACKLOG = 4_096;

const schema = panelSchema();
const documents = new DocumentCache(schema);
const newest = new Map<WebSocket, Sample>();

const rootOf = (socket: WebSocket) => ({
  reportMetrics: ({ samples }: { samples: Sample[] }) => {
    const last = samples.at(-1);
    if (last) newest.set(socket, last);
    return { accepted: samples.length };
  },
  agentCommands: () => silence(),
});

/** A subscription that has nothing to say until it is ended. */
function silence(): AsyncIterableIterator<never> {
  let end = (): void => undefined;
  const over = new Promise<IteratorReturnResult<undefined>>((resolve) => {
    end = () => resolve({ done: true, value: undefined });
  });
  const iterator: AsyncIterableIterator<never> = {
    next: () => over,
    return: () => {
      end();
      return over;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

const protocol = makeServer<Record<string, unknown>, { socket: WebSocket }>({
  onSubscribe: ({ extra }, _id, { query, variables }) => {
    const document = documents.read(query);
    if (!('kind' in document)) return document;
    return { schema, document, variableValues: variables ?? {}, rootValue: rootOf(extra.socket) };
  },
});

const certificate = loopbackCertificate();
const server = createServer({ ...certificate, minVersion: 'TLSv1.3' });
const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => new Promise((resolve) => socket.send(data, () => resolve())),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) => socket.on('message', (data: Buffer) => void receive(data.toString())),
    },
    { socket },
  );
  socket.once('close', (code, reason) => {
    newest.delete(socket);
    void closed(code, reason.toString());
  });
});

server.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
  const { port } = server.address() as AddressInfo;
  const ready: BareStackReady = { url: `https://127.0.0.1:${port}`, ca: certificate.cert };
  process.send?.(ready);
});
process.once('disconnect', () => process.exit(0));
