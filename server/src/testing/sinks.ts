import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { within } from './until.js';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Answers nothing at all, and keeps the connection open. */
  silent?: boolean;
}

/** Whoever comes gets what `reply` says; what came is kept. */
export class HttpSink {
  readonly received: Received[] = [];
  reply: (received: Received) => Reply | Promise<Reply> = () => ({});
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {}

  static async start(tls?: { cert: string; key: string }): Promise<HttpSink> {
    const server = tls ? createTlsServer(tls) : createServer();
    const sink = new HttpSink(server, tls ? 'https' : 'http');
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const received = { path: request.url ?? '', headers: request.headers, body };
        sink.received.push(received);
        for (const wake of sink.waiting.splice(0)) wake();
        void sink.answer(received, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  private async answer(received: Received, response: ServerResponse): Promise<void> {
    const { silent, status = 200, headers, body = '' } = await this.reply(received);
    if (silent) return;
    response.writeHead(status, headers);
    response.end(body);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}`;
  }

  /** When so many have come in all. */
  async count(number: number): Promise<Received[]> {
    while (this.received.length < number) {
      await within(`request ${number} at a sink`, new Promise<void>((resolve) => this.waiting.push(resolve)));
    }
    return this.received;
  }

  clear(): void {
    this.received.length = 0;
    this.reply = () => ({});
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export interface Mail {
  from: string;
  to: string[];
  user: string | undefined;
  secure: boolean;
  source: string;
}

/** A mail server that takes everything and delivers nothing. */
export class MailSink {
  private constructor(
    private readonly server: SMTPServer,
    readonly received: Mail[],
  ) {}

  static async start(options: SMTPServerOptions = {}): Promise<MailSink> {
    const received: Mail[] = [];
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      onData: (stream, session, done) => {
        let source = '';
        stream.setEncoding('utf8');
        stream.on('data', (chunk: string) => (source += chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            user: session.user as string | undefined,
            secure: session.secure,
            source,
          });
          done();
        });
      },
      ...options,
    });
    // Clients that go away in the middle are what some tests are about.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new MailSink(server, received);
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}
