import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { WebSocket, type ClientOptions } from 'ws';
import { within } from './until.js';

export interface Answer<T = Record<string, unknown>> {
  data?: T | null;
  errors?: GraphQLFormattedError[];
}

interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

/** What one operation on a socket answers, in order. */
export class Stream<T> {
  private readonly arrived: Answer<T>[] = [];
  private readonly waiting: ((answer: Answer<T> | undefined) => void)[] = [];
  private ended = false;

  constructor(readonly stop: () => void) {}

  /** The next answer; undefined at the end. */
  next(): Promise<Answer<T> | undefined> {
    const answer = this.arrived.shift();
    if (answer || this.ended) return Promise.resolve(answer);
    return within('an answer of a subscription', new Promise((resolve) => this.waiting.push(resolve)));
  }

  /** The data of the next answer; throws when there are errors instead. */
  async data(): Promise<T> {
    const answer = await this.next();
    if (!answer?.data) throw new Error(`No data: ${JSON.stringify(answer)}`);
    return answer.data;
  }

  /** Answers of which nobody has asked yet. */
  get unread(): number {
    return this.arrived.length;
  }

  push(answer: Answer<T>): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(answer);
    else this.arrived.push(answer);
  }

  end(): void {
    this.ended = true;
    for (const resolve of this.waiting.splice(0)) resolve(undefined);
  }
}

export interface SocketOptions extends ClientOptions {
  protocols?: string[];
}

/** graphql-transport-ws from the other side, plain enough to misbehave. */
export class TestSocket {
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly streams = new Map<string, Stream<never>>();
  private acknowledge: (() => void) | undefined;

  private constructor(readonly ws: WebSocket) {
    this.closed = new Promise((resolve) => {
      ws.once('close', (code, reason) => {
        for (const stream of this.streams.values()) stream.end();
        resolve({ code, reason: reason.toString() });
      });
    });
    ws.on('error', () => undefined);
    ws.on('message', (data: Buffer) => this.receive(JSON.parse(data.toString()) as Message));
  }

  /** Rejects with the status when the upgrade is refused. */
  static open(
    url: string,
    { protocols = ['graphql-transport-ws'], ...options }: SocketOptions = {},
  ): Promise<TestSocket> {
    const ws = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
    const socket = new TestSocket(ws);
    return new Promise((resolve, reject) => {
      ws.once('open', () => resolve(socket));
      ws.once('unexpected-response', (_request, response) => {
        ws.terminate();
        reject(new Error(`status ${response.statusCode}`));
      });
      ws.once('error', reject);
    });
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** 'ack', or the code with which the connection was closed instead. */
  init(token?: string): Promise<'ack' | number> {
    const payload = token === undefined ? undefined : { authorization: `Bearer ${token}` };
    const acknowledged = new Promise<'ack'>((resolve) => (this.acknowledge = () => resolve('ack')));
    this.send({ type: 'connection_init', payload });
    return within('an answer to connection_init', Promise.race([acknowledged, this.closed.then(({ code }) => code)]));
  }

  subscribe<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Stream<T> {
    const id = randomUUID();
    const stream = new Stream<T>(() => {
      this.streams.delete(id);
      this.send({ id, type: 'complete' });
    });
    this.streams.set(id, stream as unknown as Stream<never>);
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return stream;
  }

  /** One query or mutation. */
  async request<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>> {
    const answer = await this.subscribe<T>(query, variables).next();
    if (!answer) throw new Error('The connection ended without an answer');
    return answer;
  }

  async close(): Promise<void> {
    this.ws.close();
    this.ws.resume();
    await within('the end of a socket', this.closed).catch(() => this.ws.terminate());
  }

  private receive({ type, id = '', payload }: Message): void {
    const stream = this.streams.get(id) as Stream<unknown> | undefined;
    if (type === 'connection_ack') this.acknowledge?.();
    else if (type === 'ping') this.send({ type: 'pong' });
    else if (type === 'next') stream?.push(payload as Answer<unknown>);
    else if (type === 'error') stream?.push({ errors: payload as GraphQLFormattedError[] });
    else if (type === 'complete') {
      stream?.end();
      this.streams.delete(id);
    }
  }
}
