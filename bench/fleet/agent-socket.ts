import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { AgentServer } from './agent-server.js';
import { readFrame, type Message } from './frame.js';

const HANDSHAKE_PATIENCE_MS = 20_000;
const ANSWER_PATIENCE_MS = 30_000;
const WATCH_EVERY_MS = 5_000;

interface Payload {
  data?: unknown;
  errors?: { message: string }[];
}

/** What went over a connection inside of TLS: HTTP's upgrade and WebSocket's frames, without handshake and records. */
export interface Traffic {
  receivedBytes: number;
  sentBytes: number;
}

interface Pending {
  sentAtMs: number;
  resolve(data: never): void;
  reject(error: Error): void;
}

export interface SocketClosed {
  code: number;
  reason: string;
}

/** One timer looks after the answers of all sockets; thousands of timers would cost more than what they guard. */
const watched = new Set<AgentSocket>();
let watch: NodeJS.Timeout | undefined;

/** graphql-transport-ws by hand, one connection from the handshake to its end. */
export class AgentSocket {
  private readonly pending = new Map<string, Pending>();
  private readonly subscriptions = new Map<string, (data: never, bytes: number) => void>();
  private lastId = 0;

  private constructor(
    private readonly socket: WebSocket,
    private readonly stream: Socket,
    private readonly onClosed: (closed: SocketClosed) => void,
  ) {}

  /** Resolves when the server has accepted the token. `onClosed` is called once, and only after that. */
  static open(server: AgentServer, token: string, onClosed: (closed: SocketClosed) => void): Promise<AgentSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
        secureContext: server.secureContext,
        perMessageDeflate: false,
        skipUTF8Validation: true,
        handshakeTimeout: HANDSHAKE_PATIENCE_MS,
      } as object);
      const timer = setTimeout(() => socket.terminate(), HANDSHAKE_PATIENCE_MS);
      let stream: Socket | undefined;
      let failure = '';
      const early = (code: number, reason: Buffer): void => {
        clearTimeout(timer);
        reject(new Error(`no connection: ${failure || reason.toString() || 'closed'} (${code})`));
      };
      socket.on('error', (error) => (failure ||= error.message));
      socket.once('close', early);
      socket.once('upgrade', (response: IncomingMessage) => (stream = response.socket));
      socket.once('open', () =>
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
      );
      socket.once('message', () => {
        clearTimeout(timer);
        socket.off('close', early);
        const opened = new AgentSocket(socket, stream!, onClosed);
        opened.listen();
        resolve(opened);
      });
    });
  }

  get traffic(): Traffic {
    return { receivedBytes: this.stream.bytesRead, sentBytes: this.stream.bytesWritten };
  }

  request<Data>(query: string, variables: object): Promise<Data> {
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) {
        reject(new Error('the connection is closed'));
        return;
      }
      const id = this.subscribeMessage(query, variables);
      this.pending.set(id, { sentAtMs: performance.now(), resolve, reject });
    });
  }

  /** `next` is also told the length of the message. */
  subscribe(query: string, next: (data: never, bytes: number) => void): void {
    this.subscriptions.set(this.subscribeMessage(query, {}), next);
  }

  close(): void {
    this.socket.close(1000);
    setTimeout(() => this.socket.terminate(), 1_000).unref();
  }

  terminateIfSilent(nowMs: number): void {
    // Answers may overtake each other, but the oldest question is always the first of the map.
    const oldest = this.pending.values().next().value;
    if (oldest && nowMs - oldest.sentAtMs > ANSWER_PATIENCE_MS) this.socket.terminate();
  }

  private subscribeMessage(query: string, variables: object): string {
    const id = String((this.lastId += 1));
    this.socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    return id;
  }

  private listen(): void {
    watched.add(this);
    watch ??= setInterval(() => {
      for (const socket of watched) socket.terminateIfSilent(performance.now());
    }, WATCH_EVERY_MS).unref();
    this.socket.on('message', (data: Buffer) => this.receive(readFrame(data), data.length));
    this.socket.once('close', (code, reason) => {
      watched.delete(this);
      const closed = { code, reason: reason.toString() };
      for (const { reject } of this.pending.values()) reject(new Error(`the connection was closed (${code})`));
      this.pending.clear();
      this.onClosed(closed);
    });
  }

  private receive({ type, id = '', payload }: Message, bytes: number): void {
    if (type === 'ping') this.socket.send('{"type":"pong"}');
    if (type === 'error') this.take(id)?.reject(problem(payload as { message: string }[]));
    if (type !== 'next') return;
    const { data, errors } = payload as Payload;
    const subscription = this.subscriptions.get(id);
    if (subscription) {
      if (data && !errors) subscription(data as never, bytes);
      return;
    }
    const pending = this.take(id);
    if (errors) pending?.reject(problem(errors));
    else pending?.resolve(data as never);
  }

  private take(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }
}

const problem = (errors: { message: string }[]): Error => new Error(errors.map(({ message }) => message).join('; '));
