import { randomBytes } from 'node:crypto';
import { EventEmitter, on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { AgentCommand } from '../commands.js';
import type { CompleteCommandInput, LogLineInput, MetricSampleInput, RegisterAgentInput } from '../gql/graphql.js';
import { TestAuthority } from './certificates.js';

// The copy of graphql that graphql-ws loads: the test runner would take the other one, and the two refuse each other.
const { buildSchema, graphql } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

interface PanelEvents {
  registered: [RegisterAgentInput];
  sample: [MetricSampleInput];
  line: [LogLineInput];
  completed: [CompleteCommandInput];
  connected: [WebSocket];
  command: [AgentCommand];
}

/** As much of a panel as an agent can see, over real TLS. Remembers what it was told. */
export class FakePanel extends EventEmitter<PanelEvents> {
  readonly samples: MetricSampleInput[] = [];
  readonly registrations: RegisterAgentInput[] = [];
  readonly completed: CompleteCommandInput[] = [];
  readonly lines: LogLineInput[] = [];
  /** Delivered to each subscriber first, like the unfinished commands of a real panel. */
  unfinished: AgentCommand[] = [];
  /** Downloads, by path. */
  readonly files = new Map<string, Buffer>();
  settings = { agentPort: 0, metricsIntervalSeconds: 1, trafficIntervalSeconds: 10 };
  nodeToken = 'vpn1.abcdefghij.first';
  joinToken: string;
  sockets = new Set<WebSocket>();
  attempts = 0;

  private constructor(
    readonly authority: TestAuthority,
    private readonly server: Server,
    readonly port: number,
  ) {
    super();
    this.setMaxListeners(0);
    this.joinToken = this.newJoinToken();
    const webSockets = new WebSocketServer({ server, path: '/graphql' });
    webSockets.on('connection', (socket) => {
      this.attempts += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const { roots } = this;
    useServer<{ authorization?: string }, { socket: WebSocket }>(
      {
        schema,
        roots,
        onConnect: ({ connectionParams, extra }) => {
          if (connectionParams?.authorization !== `Bearer ${this.nodeToken}`)
            return extra.socket.close(4403, 'Forbidden');
          this.emit('connected', extra.socket);
          return true;
        },
      },
      webSockets,
    );
    server.on('request', (request, response) => void this.answer(request, response));
  }

  static async start(authority?: TestAuthority, port = 0): Promise<FakePanel> {
    const ca = authority ?? (await TestAuthority.create());
    const names = [
      { type: 'ip' as const, value: '127.0.0.1' },
      { type: 'dns' as const, value: 'localhost' },
    ];
    const leaf = await ca.issue({ commonName: 'panel', usage: 'serverAuth', names });
    const server = createServer({ ...leaf, minVersion: 'TLSv1.3' });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new FakePanel(ca, server, (server.address() as AddressInfo).port);
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  newJoinToken(pin: Buffer = this.authority.pin): string {
    const id = randomBytes(5).toString('hex');
    const url = Buffer.from(this.url).toString('base64url');
    this.joinToken = ['vpj1', id, randomBytes(32).toString('base64url'), pin.toString('base64url'), url].join('.');
    return this.joinToken;
  }

  command(action: AgentCommand['action'], id: string = randomBytes(6).toString('hex'), lifeMs = 60_000): AgentCommand {
    const command = {
      id,
      issuedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + lifeMs).toISOString(),
      action,
    };
    this.emit('command', command);
    return command;
  }

  /** The next event for which the condition holds. */
  async next<Name extends keyof PanelEvents>(
    name: Name,
    wanted: (value: PanelEvents[Name][0]) => boolean = () => true,
    withinMs = 20_000,
  ) {
    const signal = AbortSignal.timeout(withinMs);
    for await (const [value] of on(this as EventEmitter, name, { signal })) {
      if (wanted(value as PanelEvents[Name][0])) return value as PanelEvents[Name][0];
    }
    throw new Error(`no ${name}`);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private readonly roots = {
    query: {},
    mutation: {
      registerAgent: ({ input }: { input: RegisterAgentInput }) => this.register(input),
      reportMetrics: ({ samples }: { samples: MetricSampleInput[] }) => this.keep('sample', this.samples, samples),
      reportLogs: ({ lines }: { lines: LogLineInput[] }) => this.keep('line', this.lines, lines),
      completeCommand: ({ input }: { input: CompleteCommandInput }) => {
        this.completed.push(input);
        this.emit('completed', input);
        return { commandId: input.commandId };
      },
    },
    subscription: { agentCommands: () => this.commands() },
  };

  private async *commands() {
    const issued = on(this as EventEmitter, 'command');
    const settings = { __typename: 'ChangeSettings' as const, ...this.settings };
    yield { agentCommands: { id: 'settings', issuedAt: '', expiresAt: '', action: settings } };
    for (const command of this.unfinished) yield { agentCommands: command };
    for await (const [command] of issued) yield { agentCommands: command as AgentCommand };
  }

  private async register(input: RegisterAgentInput, joined = false) {
    const names = [{ type: 'dns' as const, value: 'node-1.nodes.vpanel' }];
    const certificate = await this.authority.issueFor(input.csr, { commonName: 'node-1', usage: 'serverAuth', names });
    this.registrations.push(input);
    this.emit('registered', input);
    return {
      nodeId: 'node-1',
      nodeName: 'test',
      nodeToken: joined ? this.nodeToken : null,
      certificate,
      ...this.settings,
    };
  }

  private keep<Name extends 'sample' | 'line'>(
    name: Name,
    store: PanelEvents[Name][0][],
    values: PanelEvents[Name][0][],
  ) {
    for (const value of values) {
      store.push(value);
      (this as EventEmitter).emit(name, value);
    }
    return { accepted: values.length };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/ca.pem') return void response.end(this.authority.pem);
    const file = this.files.get(request.url ?? '');
    if (file) return void response.end(file);
    if (request.method !== 'POST' || request.url !== '/graphql') return void response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += String(chunk);
    response.setHeader('content-type', 'application/json');
    if (request.headers.authorization !== `Bearer ${this.joinToken}`) {
      const errors = [{ message: 'Not authenticated', extensions: { code: 'UNAUTHENTICATED' } }];
      return void response.writeHead(401).end(JSON.stringify({ errors }));
    }
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const rootValue = { registerAgent: ({ input }: { input: RegisterAgentInput }) => this.register(input, true) };
    const result = await graphql({ schema, source: query, variableValues: variables, rootValue });
    if (!result.errors) this.joinToken = 'spent';
    response.end(JSON.stringify(result));
  }
}
