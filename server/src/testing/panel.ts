import 'reflect-metadata';
import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { DataSource } from 'typeorm';
import { startPanel, type RunningPanel } from '../app.js';
import type { Config } from '../config.js';
import type { AdminRole } from '../domains/access/index.js';
import { hashPassword } from '../domains/access/passwords.js';
import { cloneDatabase, type TestDatabase } from './database.js';
import { send, type HttpAnswer, type HttpOptions } from './http.js';
import { recordingLogger, type LogEntry } from './logs.js';
import { TestSocket, type Answer, type SocketOptions, type Stream } from './socket.js';
import { within } from './until.js';

export const ADMIN_PASSWORD = 'correct horse battery';

export interface PanelOverrides {
  config?: Partial<Omit<Config, 'public' | 'agent'>>;
  public?: Partial<Config['public']>;
  /** A database that is shared or was used before; it is not dropped. */
  database?: TestDatabase;
  dataDir?: string;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A new folder that the embedded PostgreSQL may be put into as well. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vpanel-dir-'));
  chmodSync(dir, 0o711);
  return dir;
}

/** A whole panel on a database of its own, with both listeners on the loopback. */
export async function startTestPanel(overrides: PanelOverrides = {}): Promise<TestPanel> {
  const database = overrides.database ?? (await cloneDatabase());
  const dataDir = overrides.dataDir ?? temporaryDir();
  const agentPort = await freePort();
  const config: Config = {
    dataDir,
    databaseUrl: database.url,
    adminPassword: ADMIN_PASSWORD,
    secretKey: undefined,
    demo: false,
    healthChecks: true,
    alertPrivateTargets: false,
    searchPath: '/usr/local/bin:/usr/bin:/bin',
    logLevel: 'debug',
    ...overrides.config,
    public: { host: '127.0.0.1', port: 0, url: undefined, tls: undefined, trustedProxies: [], ...overrides.public },
    agent: { host: '127.0.0.1', port: agentPort, url: `https://127.0.0.1:${agentPort}` },
  };
  const { log, entries } = recordingLogger();
  const dispose = async (): Promise<void> => {
    if (!overrides.dataDir) rmSync(dataDir, { recursive: true, force: true });
    if (!overrides.database) await database.drop();
  };
  let panel: RunningPanel | undefined;
  try {
    panel = await startPanel(config, log);
    const test = new TestPanel(panel, database, entries, dispose);
    await test.signIn();
    return test;
  } catch (error) {
    await panel?.stop();
    await dispose();
    throw error;
  }
}

export interface Caller {
  /** An access token; null calls as nobody. Default: the administrator. */
  token?: string | null;
  headers?: Record<string, string>;
}

export interface Session {
  token: string;
  /** The refresh cookie, as it is sent back. */
  cookie: string;
}

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken viewer { role } } }`;

export class TestPanel {
  readonly url: string;
  readonly agentUrl: string;
  adminToken = '';
  private ca: string | undefined;
  private readonly sockets: TestSocket[] = [];

  constructor(
    readonly panel: RunningPanel,
    readonly database: TestDatabase,
    readonly logEntries: LogEntry[],
    private readonly dispose: () => Promise<void>,
  ) {
    this.url = panel.url;
    this.agentUrl = panel.agentUrl;
  }

  get db(): DataSource {
    return this.database.db;
  }

  async stop(): Promise<void> {
    for (const { ws } of this.sockets) ws.terminate();
    await this.panel.stop();
    await this.dispose();
  }

  /** What went wrong inside, as far as the log knows. */
  errorsLogged(): LogEntry[] {
    return this.logEntries.filter(({ level }) => level >= 50);
  }

  async signIn(): Promise<void> {
    this.adminToken = (await this.login('admin', ADMIN_PASSWORD)).token;
  }

  async login(username: string, password: string): Promise<Session> {
    const response = await this.post({ query: LOGIN, variables: { input: { username, password } } }, { token: null });
    const { data, errors } = JSON.parse(response.text) as Answer<{ login: { accessToken: string } }>;
    if (!data) throw new Error(`No sign-in: ${JSON.stringify(errors)}`);
    const cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return { token: data.login.accessToken, cookie };
  }

  /** Another administrator; answers an access token. */
  async addAdmin(username: string, role: AdminRole): Promise<string> {
    const hash = await hashPassword(ADMIN_PASSWORD);
    await this.db.query('INSERT INTO admins (username, password_hash, role) VALUES ($1, $2, $3)', [
      username,
      hash,
      role,
    ]);
    return (await this.login(username, ADMIN_PASSWORD)).token;
  }

  /** POST of a body to the public listener. */
  post(body: unknown, { token = this.adminToken, headers = {} }: Caller = {}): Promise<HttpAnswer> {
    return send(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }

  async graphql<T = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    caller?: Caller,
  ): Promise<Answer<T>> {
    return JSON.parse((await this.post({ query, variables }, caller)).text) as Answer<T>;
  }

  /** The data; throws when there are errors. */
  async data<T>(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<T> {
    const { data, errors } = await this.graphql<T>(query, variables, caller);
    if (!data || errors) throw new Error(`Errors: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The first error; throws when there is none. */
  async refusal(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Refusal> {
    return refusalOf(await this.graphql(query, variables, caller));
  }

  /** To the agent listener, by default with the panel's CA. */
  async agentHttp(path: string, options: HttpOptions = {}): Promise<HttpAnswer> {
    return send(`${this.agentUrl}${path}`, { ca: await this.caCertificate(), ...options });
  }

  async agentGraphql<T = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
  ): Promise<Answer<T>> {
    const { text } = await this.agentHttp('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return JSON.parse(text) as Answer<T>;
  }

  /** A socket of the public listener, as the administrator unless `token` says otherwise. */
  async socket(token: string = this.adminToken, options?: SocketOptions): Promise<TestSocket> {
    const socket = await this.openSocket('public', options);
    const answer = await socket.init(token);
    if (answer !== 'ack') throw new Error(`The socket was closed with ${answer}`);
    return socket;
  }

  /** A socket that has not shown anything yet. */
  async openSocket(listener: 'public' | 'agent', options: SocketOptions = {}): Promise<TestSocket> {
    const base = listener === 'public' ? this.url : this.agentUrl;
    const ca = listener === 'agent' ? { ca: await this.caCertificate() } : {};
    const socket = await TestSocket.open(`${base.replace(/^http/, 'ws')}/graphql`, { ...ca, ...options });
    this.sockets.push(socket);
    return socket;
  }

  /** Fetched without trust, as the protocol has it; who joins compares it with the pin. */
  async caCertificate(): Promise<string> {
    this.ca ??= (await send(`${this.agentUrl}/ca.pem`, { rejectUnauthorized: false })).text;
    return this.ca;
  }

  async createNode(
    input: Record<string, unknown> & { name: string },
  ): Promise<{ nodeId: string; joinToken: string; installCommand: string }> {
    const { createNode } = await this.data<{
      createNode: { node: { id: string }; joinToken: string; installCommand: string };
    }>(`mutation ($input: CreateNodeInput!) { createNode(input: $input) { node { id } joinToken installCommand } }`, {
      input: { address: `node-${randomBytes(6).toString('hex')}.test`, ...input },
    });
    return { nodeId: createNode.node.id, joinToken: createNode.joinToken, installCommand: createNode.installCommand };
  }

  /** A node whose agent has joined by TLS and is connected. */
  async joinAgent(name: string, input: Record<string, unknown> = {}): Promise<TestAgent> {
    const { nodeId, joinToken } = await this.createNode({ name, ...input });
    return TestAgent.join(this, nodeId, joinToken);
  }
}

export interface Refusal {
  message: string;
  code: string;
  fields: { path: string; message: string }[];
  extensions: Record<string, unknown>;
}

export function refusalOf({ errors, data }: Answer<unknown>): Refusal {
  const [error] = errors ?? [];
  if (!error) throw new Error(`No error but ${JSON.stringify(data)}`);
  const extensions = error.extensions ?? {};
  return {
    message: error.message,
    code: String(extensions['code']),
    fields: (extensions['fields'] ?? []) as Refusal['fields'],
    extensions,
  };
}

const REGISTER = `mutation ($input: RegisterAgentInput!) {
  registerAgent(input: $input) { nodeId nodeName nodeToken certificate agentPort metricsIntervalSeconds trafficIntervalSeconds }
}`;

export interface Registration {
  nodeId: string;
  nodeName: string;
  nodeToken: string | null;
  certificate: string;
  agentPort: number;
  metricsIntervalSeconds: number;
  trafficIntervalSeconds: number;
}

/** A P-256 key and a request for it, both PEM. */
export async function certificateRequest(): Promise<{ csr: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=anything',
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { csr: request.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n` };
}

export const registerInput = (csr: string) => ({
  agentVersion: '0.1.0',
  xrayVersion: '26.1.0',
  hostname: 'test-host',
  csr,
  startedAt: new Date().toISOString(),
});

export const register = (socket: TestSocket, csr: string): Promise<Answer<{ registerAgent: Registration }>> =>
  socket.request(REGISTER, { input: registerInput(csr) });

export const registerOverHttp = (
  panel: TestPanel,
  token: string,
  csr: string,
): Promise<Answer<{ registerAgent: Registration }>> =>
  panel.agentGraphql(REGISTER, { input: registerInput(csr) }, token);

export interface CommandEvent {
  agentCommands: {
    id: string;
    expiresAt: string;
    action: { __typename: string; kind?: string; metricsIntervalSeconds?: number; agentPort?: number; last?: number };
  };
}

const COMMANDS = `subscription { agentCommands { id issuedAt expiresAt action { __typename
  ... on ControlXray { kind } ... on ChangeSettings { metricsIntervalSeconds trafficIntervalSeconds agentPort }
  ... on CollectLogs { last } } } }`;

/** The least that an agent has to do. */
export class TestAgent {
  private constructor(
    private panel: TestPanel,
    readonly registration: Registration,
    readonly key: string,
    public socket: TestSocket,
  ) {}

  static async join(panel: TestPanel, nodeId: string, joinToken: string): Promise<TestAgent> {
    const [, , , pin] = joinToken.split('.');
    const key = new X509Certificate(await panel.caCertificate()).publicKey.export({ type: 'spki', format: 'der' });
    if (createHash('sha256').update(key).digest('base64url') !== pin) throw new Error('The pin does not fit the CA');
    const socket = await panel.openSocket('agent');
    const answer = await socket.init(joinToken);
    if (answer !== 'ack') throw new Error(`The join token was refused with ${answer}`);
    const own = await certificateRequest();
    const { data, errors } = await register(socket, own.csr);
    if (data?.registerAgent.nodeId !== nodeId) throw new Error(`Not registered: ${JSON.stringify(errors)}`);
    return new TestAgent(panel, data.registerAgent, own.key, socket);
  }

  get nodeId(): string {
    return this.registration.nodeId;
  }

  get token(): string {
    return this.registration.nodeToken ?? '';
  }

  /** From now on it dials another panel of the same cluster, or the same one after its restart. */
  moveTo(panel: TestPanel): void {
    this.panel = panel;
  }

  /** On a new socket with the node's own token; answers the code when it is refused. */
  async connect(): Promise<'ack' | number> {
    this.socket = await this.panel.openSocket('agent');
    return this.socket.init(this.token);
  }

  async disconnect(): Promise<void> {
    await this.socket.close();
  }

  /** What it is told to do, but for configurations: those are ConfigAgent's. */
  commands(): Stream<CommandEvent> {
    const stream = this.socket.subscribe<CommandEvent>(COMMANDS);
    const push = stream.push.bind(stream);
    stream.push = (answer) => {
      if (!answer.data?.agentCommands.id.startsWith('sync-')) push(answer);
    };
    return stream;
  }

  report(samples: Record<string, unknown>[]): Promise<Answer<{ reportMetrics: { accepted: number } }>> {
    return this.socket.request(
      `mutation ($samples: [MetricSampleInput!]!) { reportMetrics(samples: $samples) { accepted } }`,
      { samples },
    );
  }

  log(texts: string[]): Promise<Answer<{ reportLogs: { accepted: number } }>> {
    const at = new Date().toISOString();
    const lines = texts.map((text) => ({ at, source: 'AGENT', text }));
    return this.socket.request(`mutation ($lines: [LogLineInput!]!) { reportLogs(lines: $lines) { accepted } }`, {
      lines,
    });
  }

  complete(commandId: string, outcome: { ok: boolean; output?: string; error?: string }): Promise<Answer> {
    return this.socket.request(
      `mutation ($input: CompleteCommandInput!) { completeCommand(input: $input) { commandId } }`,
      {
        input: { commandId, ...outcome },
      },
    );
  }

  /** With which code the panel ends the present connection. */
  async closeCode(): Promise<number> {
    return (await within("the end of the agent's connection", this.socket.closed)).code;
  }
}
