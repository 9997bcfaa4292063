import { WebSocket } from 'ws';
import { ConnectionLost, PanelError } from './panel-error.js';
import type { PanelErrorBody } from './panel-error.js';
import type { TypedDocumentString } from './gql/graphql.js';

const SUBPROTOCOL = 'graphql-transport-ws';
const CONNECT_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 30_000;
/** The panel pings every 12 s: after a minute without a byte nobody is there. */
const SILENCE_MS = 60_000;
/** A configuration with 200,000 users has some 25 MB. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface PanelSocketOptions {
  panelUrl: string;
  ca: string;
  token: string;
  silenceMs?: number;
}

export interface Closed {
  code: number;
  reason: string;
}

interface SocketEvents {
  opened(): void;
  /** Exactly once, whatever ended the connection; also when it never opened. */
  closed(closed: Closed): void;
}

interface Operation {
  next(payload: { data?: unknown; errors?: PanelErrorBody[] }): void;
  failed(error: Error): void;
  completed(): void;
}

interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

/** One connection to the panel, from dialling to its end; it is never used again (graphql-transport-ws). */
export class PanelSocket {
  private readonly socket: WebSocket;
  private readonly operations = new Map<string, Operation>();
  private readonly watchdog: NodeJS.Timeout;
  private readonly connectTimer: NodeJS.Timeout;
  private lastTrafficMs = performance.now();
  private lastId = 0;
  private failure = '';

  constructor(
    private readonly options: PanelSocketOptions,
    private readonly events: SocketEvents,
  ) {
    const url = new URL('/graphql', options.panelUrl.replace(/^https/, 'wss'));
    this.socket = new WebSocket(url, SUBPROTOCOL, {
      ca: options.ca,
      minVersion: 'TLSv1.3',
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      handshakeTimeout: CONNECT_TIMEOUT_MS,
    });
    this.connectTimer = setTimeout(
      () => this.abort('the panel did not accept the connection in time'),
      CONNECT_TIMEOUT_MS,
    );
    const silenceMs = options.silenceMs ?? SILENCE_MS;
    this.watchdog = setInterval(() => this.checkSilence(silenceMs), silenceMs / 4);
    this.listen();
  }

  request<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => reject(new ConnectionLost('no answer in time'))), ANSWER_TIMEOUT_MS);
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.operations.delete(id);
        finish();
      };
      const id = this.begin(document, variables, {
        next: ({ data, errors }) =>
          settle(() => (errors?.length ? reject(PanelError.from(errors)) : resolve(data as Result))),
        failed: (error) => settle(() => reject(error)),
        completed: () => settle(() => reject(new ConnectionLost('the panel completed without an answer'))),
      });
    });
  }

  /** `ended` is called once, with the error that ended it or without one. */
  subscribe<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    next: (result: Result) => void,
    ended: (error?: Error) => void,
  ): void {
    const id = this.begin(document, variables, {
      next: ({ data, errors }) => (errors?.length ? fail(PanelError.from(errors)) : next(data as Result)),
      failed: (error) => fail(error),
      completed: () => fail(),
    });
    const fail = (error?: Error) => {
      if (this.operations.delete(id)) ended(error);
    };
  }

  close(code = 1000, reason = ''): void {
    this.socket.close(code, reason);
    // A peer that is gone never answers the close.
    setTimeout(() => this.socket.terminate(), 1_000).unref();
  }

  private begin(document: { toString(): string }, variables: unknown, operation: Operation): string {
    const id = String((this.lastId += 1));
    if (this.socket.readyState !== WebSocket.OPEN) {
      queueMicrotask(() => operation.failed(new ConnectionLost('not connected')));
    }
    this.operations.set(id, operation);
    this.send({ type: 'subscribe', id, payload: { query: document.toString(), variables } });
    return id;
  }

  private listen(): void {
    const alive = () => (this.lastTrafficMs = performance.now());
    this.socket.on('open', () => {
      alive();
      this.send({ type: 'connection_init', payload: { authorization: `Bearer ${this.options.token}` } });
    });
    this.socket.on('ping', alive);
    this.socket.on('pong', alive);
    this.socket.on('message', (data) => {
      alive();
      this.receive((data as Buffer).toString('utf8')); // what ws answers unless it is told otherwise
    });
    this.socket.on('error', (error) => (this.failure ||= error.message));
    this.socket.on('close', (code, reason) => this.finish({ code, reason: this.failure || reason.toString('utf8') }));
  }

  private receive(text: string): void {
    const message = parse(text);
    const operation = message?.id === undefined ? undefined : this.operations.get(message.id);
    switch (message?.type) {
      case 'connection_ack':
        clearTimeout(this.connectTimer);
        return this.events.opened();
      case 'ping':
        return this.send({ type: 'pong' });
      case 'pong':
        return;
      case 'next':
        return operation?.next(message.payload as { data?: unknown; errors?: PanelErrorBody[] });
      case 'error':
        return operation?.failed(PanelError.from(message.payload as PanelErrorBody[]));
      case 'complete':
        return operation?.completed();
      default:
        return this.abort('the panel sent a message that the protocol does not know');
    }
  }

  private send(message: Message): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private checkSilence(silenceMs: number): void {
    if (performance.now() - this.lastTrafficMs > silenceMs) this.abort(`nothing was heard for ${silenceMs / 1000} s`);
  }

  private abort(failure: string): void {
    this.failure ||= failure;
    this.socket.terminate();
  }

  private finish(closed: Closed): void {
    clearTimeout(this.connectTimer);
    clearInterval(this.watchdog);
    const open = [...this.operations.values()];
    for (const operation of open) operation.failed(new ConnectionLost(closed.reason));
    this.operations.clear();
    this.events.closed(closed);
  }
}

function parse(text: string): Message | undefined {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}
