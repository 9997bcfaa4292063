import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type SubscribePayload } from 'graphql-ws';
import { makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Context } from '../context.js';
import type { Logger } from '../platform/log.js';
import { DocumentCache } from './documents.js';
import { publicError } from './errors.js';
import { assertWithinLimits } from './limits.js';
import { RateGate } from './rate-gate.js';

const PATH = '/graphql';
const INIT_PATIENCE_MS = 3_000;
const PING_EVERY_MS = 12_000;
export const TOO_MANY_REQUESTS = 4429;

export interface SocketLimits {
  /** Bytes of one message. */
  messageBytes: number;
  messagesPerSecond: number;
  messageBurst: number;
  /** Subscriptions, and queries and mutations under way. */
  operationsPerConnection: number;
  connections: number;
}

/** A connection that has shown who it is. */
export interface Caller {
  /** For one operation; called anew for each. */
  context(): Context;
  closed(code: number): void;
}

export interface SocketHandlers {
  /** Called before the upgrade; false refuses it with 403. */
  admits(request: IncomingMessage): boolean;
  /** undefined closes the connection with 4403. */
  authenticate(authorization: unknown, socket: WebSocket, request: IncomingMessage): Promise<Caller | undefined>;
  /** Opens a subscription whose operation is within the limits. */
  subscribe(args: ExecutionArgs, payload: SubscribePayload, id: string, socket: WebSocket): SubscribeResult;
}

type SubscribeResult = Promise<AsyncIterableIterator<unknown> | ExecutionResult>;

interface Extra {
  socket: WebSocket;
  /** Forgotten once the caller is known: it would keep kilobytes for each of thousands of connections. */
  request: IncomingMessage | undefined;
  caller: Caller | undefined;
}

interface Options {
  schema: GraphQLSchema;
  limits: SocketLimits;
  handlers: SocketHandlers;
  log: Logger;
}

interface OperationInfo {
  payload: SubscribePayload;
  id: string;
  socket: WebSocket;
}

/** graphql-transport-ws on a listener: limits, authentication, masked errors. The same for administrators and agents. */
export class GraphQLSockets {
  private readonly sockets: WebSocketServer;
  private readonly documents: DocumentCache;
  private readonly operations = new WeakMap<ExecutionArgs, OperationInfo>();

  constructor(private readonly options: Options) {
    this.documents = new DocumentCache(options.schema);
    this.sockets = new WebSocketServer({
      noServer: true,
      maxPayload: options.limits.messageBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
    });
  }

  attach(server: Server): void {
    const protocol = this.protocol();
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const refusal = this.refusal(request);
      if (refusal) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.serve(ws, request, protocol));
    });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.close(1001, 'Going away');
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(() => {
        for (const socket of this.sockets.clients) socket.terminate();
      }, 500);
      this.sockets.close(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
  }

  private refusal(request: IncomingMessage): string | undefined {
    const path = (request.url ?? '').split('?')[0];
    if (path !== PATH) return '404 Not Found';
    if (!this.options.handlers.admits(request)) return '403 Forbidden';
    if (this.sockets.clients.size >= this.options.limits.connections) return '503 Service Unavailable';
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    return protocols.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? undefined : '400 Bad Request';
  }

  private serve(ws: WebSocket, request: IncomingMessage, protocol: ReturnType<typeof this.protocol>): void {
    const { messagesPerSecond, messageBurst } = this.options.limits;
    const gate = new RateGate(messagesPerSecond, messageBurst, performance.now());
    const extra: Extra = { socket: ws, request, caller: undefined };
    const { socket } = request;
    const stopPinging = keepAlive(ws);
    ws.on('error', () => ws.terminate());
    const closed = protocol.opened(
      {
        protocol: ws.protocol,
        send: (data) => sendTogether(ws, socket, data),
        close: (code, reason) => ws.close(code, reason),
        onMessage: (receive) =>
          ws.on('message', (data: Buffer) => {
            if (!gate.admit(performance.now())) {
              ws.close(TOO_MANY_REQUESTS, 'Too many messages');
              return;
            }
            receive(data.toString()).catch((error: unknown) => {
              this.options.log.error({ err: error }, 'a message over a WebSocket failed');
              ws.close(1011, 'Internal error');
            });
          }),
      },
      extra,
    );
    ws.once('close', (code, reason) => {
      stopPinging();
      extra.caller?.closed(code);
      closed(code, reason.toString()).catch((error: unknown) =>
        this.options.log.error({ err: error }, 'a close failed'),
      );
    });
  }

  private protocol() {
    const { handlers, log } = this.options;
    return makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: INIT_PATIENCE_MS,
      onConnect: async ({ connectionParams, extra }) => {
        const { request } = extra;
        if (!request) return false;
        extra.request = undefined;
        extra.caller = await handlers.authenticate(connectionParams?.['authorization'], extra.socket, request);
        // It may have gone while its token was looked up.
        if (extra.caller && extra.socket.readyState !== extra.socket.OPEN) extra.caller.closed(1006);
        return extra.caller !== undefined;
      },
      onSubscribe: ({ extra, subscriptions }, id, payload) => {
        if (Object.keys(subscriptions).length > this.options.limits.operationsPerConnection) {
          return [new GraphQLError('Too many operations at once on this connection')];
        }
        const args = this.prepare(payload, extra);
        if ('schema' in args) this.operations.set(args, { payload, id, socket: extra.socket });
        return args;
      },
      execute,
      subscribe: (args) => {
        const operation = this.operations.get(args);
        if (!operation) throw new Error('An operation was not prepared');
        return handlers.subscribe(args, operation.payload, operation.id, operation.socket) as never;
      },
      onError: (_context, _id, _payload, errors) => errors.map((error) => publicError(error, log)),
      onNext: (_context, _id, _payload, _args, result) => formatResult(result, log) as never,
    });
  }

  private prepare(payload: SubscribePayload, extra: Extra): ExecutionArgs | readonly GraphQLError[] {
    const { schema } = this.options;
    try {
      const parsed = this.documents.read(payload.query, payload.operationName);
      if (!('document' in parsed)) return parsed;
      const variables = payload.variables ?? {};
      assertWithinLimits({ schema, ...parsed, variables });
      const contextValue = extra.caller?.context();
      return {
        schema,
        document: parsed.document,
        variableValues: variables,
        contextValue,
        ...(payload.operationName && { operationName: payload.operationName }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      return [new GraphQLError('', { originalError: error as Error })];
    }
  }
}

/** Bytes that may wait in a socket before its operations are held up until they are gone. */
const HELD_UP_BYTES = 65_536;

/**
 * What is sent within one turn of the event loop leaves in one write: an answer and the `complete` behind it cost one
 * TLS record instead of two. A peer that does not read holds up its own operations.
 */
function sendTogether(ws: WebSocket, socket: Socket, data: string): Promise<void> | undefined {
  if (ws.readyState !== ws.OPEN) return undefined;
  if (socket.writableCorked === 0) {
    socket.cork();
    setImmediate(() => socket.uncork());
  }
  if (ws.bufferedAmount <= HELD_UP_BYTES) {
    ws.send(data, () => undefined);
    return undefined;
  }
  return new Promise((resolve) => ws.send(data, () => resolve()));
}

/** Errors inside a result, as callers may see them; everything else untouched. */
export function formatResult(result: ExecutionResult, log: Logger): unknown {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => publicError(error, log)) };
}

/** A peer that has not answered a ping when the next one is due is gone. */
function keepAlive(ws: WebSocket): () => void {
  let answered = true;
  ws.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) {
      ws.terminate();
      return;
    }
    answered = false;
    ws.ping();
  }, PING_EVERY_MS);
  return () => clearInterval(timer);
}
