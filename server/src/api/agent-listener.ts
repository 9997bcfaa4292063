import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Server as TlsServer } from 'node:tls';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { subscribe, type GraphQLSchema } from 'graphql';
import type { WebSocket } from 'ws';
import type { Config } from '../config.js';
import type { Context } from '../context.js';
import type { AgentPrincipal } from '../domains/access/index.js';
import type { AgentAuthenticator, AgentConnection, AgentConnections } from '../domains/agents/index.js';
import type { KeyedCertificate } from '../platform/certificates.js';
import { normaliseAddress } from '../platform/ip-address.js';
import type { Logger } from '../platform/log.js';
import { serveGraphQL } from './graphql-http.js';
import { maskHttpErrors } from './http-errors.js';
import { installScript } from './install-script.js';
import { GraphQLSockets, type Caller } from './sockets.js';

export interface AgentListenerOptions {
  config: Config['agent'];
  certificate: KeyedCertificate;
  /** The CA's certificate, PEM: public, and worthless to who does not compare its hash. */
  caCertificate: string;
  schema: GraphQLSchema;
  authenticator: AgentAuthenticator;
  connections: AgentConnections;
  log: Logger;
  baseContext(): Context;
  /** Folder of the built agent and its installer. */
  agentDir: string;
}

const DOWNLOADS: Record<string, string> = {
  'vpanel-agent.cjs': 'text/javascript; charset=utf-8',
  'vpanel-agent-linux-x64': 'application/octet-stream',
  'vpanel-agent-linux-arm64': 'application/octet-stream',
  'vpanel-agent.service': 'text/plain; charset=utf-8',
};

/** TLS 1.3 by the panel's own CA. Agents' operations and what is needed to become an agent, nothing else. */
export class AgentListener {
  private readonly sockets: GraphQLSockets;
  private stopGraphQL: (() => Promise<void>) | undefined;

  private constructor(
    private readonly app: FastifyInstance,
    private readonly options: AgentListenerOptions,
  ) {
    this.sockets = new GraphQLSockets({
      schema: options.schema,
      log: options.log,
      limits: {
        messageBytes: 262_144,
        messagesPerSecond: 50,
        messageBurst: 400,
        operationsPerConnection: 20,
        connections: 50_000,
      },
      handlers: {
        // A browser has no business here.
        admits: ({ headers }) => headers.origin === undefined,
        authenticate: (authorization, socket, { socket: { remoteAddress } }) =>
          this.authenticateSocket(authorization, socket, normaliseAddress(remoteAddress ?? '')),
        subscribe: (args) => subscribe(args) as never,
      },
    });
  }

  static async start(options: AgentListenerOptions): Promise<AgentListener> {
    const app = fastify({
      https: { ...options.certificate, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
      bodyLimit: 262_144,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
    }) as unknown as FastifyInstance;
    app.server.headersTimeout = 10_000;
    const listener = new AgentListener(app, options);
    await listener.setUp();
    await app.listen({ host: options.config.host, port: options.config.port, backlog: 4_096 });
    return listener;
  }

  get port(): number {
    const address = this.app.server.address();
    return typeof address === 'object' && address ? address.port : this.options.config.port;
  }

  /** A renewed certificate: new connections get it, open ones go on. */
  useCertificate({ cert, key }: KeyedCertificate): void {
    (this.app.server as unknown as TlsServer).setSecureContext({
      cert,
      key,
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.3',
    });
  }

  async stop(): Promise<void> {
    await this.sockets.close();
    await this.app.close();
    await this.stopGraphQL?.();
  }

  private async setUp(): Promise<void> {
    const { app, options } = this;
    maskHttpErrors(app, options.log);
    app.get('/ca.pem', (_request, reply) => reply.type('application/x-pem-file').send(options.caCertificate));
    app.get('/install.sh', (_request, reply) =>
      reply.type('text/x-shellscript').send(installScript(options.agentDir, options.config.url, options.caCertificate)),
    );
    app.get<{ Params: { file: string } }>('/agent/:file', ({ params: { file } }, reply) => {
      const type = DOWNLOADS[file];
      const path = [join(options.agentDir, 'dist', file), join(options.agentDir, file)].find((candidate) =>
        existsSync(candidate),
      );
      if (!type || !path) return reply.code(404).type('text/plain').send('not found\n');
      return reply.type(type).send(createReadStream(path));
    });
    this.stopGraphQL = await serveGraphQL(app, {
      schema: options.schema,
      log: options.log,
      bodyBytes: 262_144,
      context: (request) => this.httpContext(request),
    });
    this.sockets.attach(app.server);
  }

  private async httpContext(request: FastifyRequest): Promise<Context> {
    const remoteAddress = normaliseAddress(request.ip);
    const { authorization } = request.headers;
    const principal = authorization
      ? await this.options.authenticator.authenticate(authorization, remoteAddress)
      : undefined;
    return { ...this.options.baseContext(), principal, remoteAddress };
  }

  private async authenticateSocket(
    authorization: unknown,
    socket: WebSocket,
    remoteAddress: string,
  ): Promise<Caller | undefined> {
    const { authenticator, connections, baseContext } = this.options;
    const found = await authenticator.authenticate(authorization, remoteAddress);
    if (!found) return undefined;
    let principal: AgentPrincipal = found;
    let connection: AgentConnection | undefined;
    const becomeNode = (node: AgentPrincipal): void => {
      principal = node;
      // It may have gone while it registered; then nothing would ever close what is opened here.
      if (connection || socket.readyState !== socket.OPEN) return;
      connection = connections.open(node.nodeId, node.tokenId, remoteAddress, socket);
    };
    if (!principal.joining) becomeNode(principal);
    return {
      context: () => ({ ...baseContext(), principal, remoteAddress, agent: { becomeNode } }),
      closed: () => connection && connections.closed(connection),
    };
  }
}
