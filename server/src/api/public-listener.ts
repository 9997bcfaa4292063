import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Config } from '../config.js';
import type { Context, CookieJar } from '../context.js';
import { ViewerKind, type AdminPrincipal, type SessionService } from '../domains/access/index.js';
import type { SubscriptionService } from '../domains/subscriptions/index.js';
import type { EventBus } from '../platform/events/bus.js';
import { normaliseAddress } from '../platform/ip-address.js';
import type { Logger } from '../platform/log.js';
import { serveGraphQL } from './graphql-http.js';
import { serveDashboard } from './dashboard.js';
import { maskHttpErrors } from './http-errors.js';
import { SharedSubscriptions } from './shared-subscriptions.js';
import { serveSubscriptionLinks } from './subscription-links.js';
import { formatResult, GraphQLSockets, type Caller } from './sockets.js';

const SESSION_CHECK_MS = 60_000;
const SESSION_OVER = 4403;
const SLOW_CONSUMER = 4413;
/** 10,000 users to be created in one call. */
const BODY_BYTES = 4_194_304;

export interface PublicListenerOptions {
  config: Config['public'];
  schema: GraphQLSchema;
  sessions: SessionService;
  events: EventBus;
  log: Logger;
  /** A context without a caller; who asks is filled in here. */
  baseContext(): Context;
  /** Whether the panel can do its work, for load balancers. */
  isReady(): Promise<boolean>;
  subscriptions: SubscriptionService;
  schemaText: string;
  dashboardDir: string;
}

interface OpenSocket {
  socket: WebSocket;
  principal: AdminPrincipal;
}

/** The dashboard, the API and what load balancers ask for. Administrators and integrations only; no agent gets in here. */
export class PublicListener {
  private readonly sockets: GraphQLSockets;
  private readonly shared: SharedSubscriptions;
  private readonly open = new Set<OpenSocket>();
  private stopGraphQL: (() => Promise<void>) | undefined;
  private sessionTimer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly app: FastifyInstance,
    private readonly options: PublicListenerOptions,
  ) {
    const { schema, log } = options;
    this.shared = new SharedSubscriptions(
      (result) => formatResult(result, log),
      (context) => ({ ...options.baseContext(), principal: context.principal }),
      log,
    );
    this.sockets = new GraphQLSockets({
      schema,
      log,
      limits: {
        messageBytes: 65_536,
        messagesPerSecond: 20,
        messageBurst: 100,
        operationsPerConnection: 40,
        connections: 5_000,
      },
      handlers: {
        admits: (request) => this.isSameOrigin(request),
        authenticate: (authorization, socket) => this.authenticateSocket(authorization, socket),
        subscribe: (args, payload, id, socket) => this.subscribe(args, payload, id, socket),
      },
    });
  }

  static async start(options: PublicListenerOptions): Promise<PublicListener> {
    const { config } = options;
    const app = fastify({
      ...(config.tls && { https: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) } }),
      trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
      bodyLimit: BODY_BYTES,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
    } as object) as unknown as FastifyInstance;
    app.server.headersTimeout = 10_000;
    const listener = new PublicListener(app, options);
    await listener.setUp();
    await app.listen({ host: config.host, port: config.port, backlog: 4_096 });
    return listener;
  }

  /** Where browsers find it, as far as the panel itself knows. */
  get url(): string {
    const { config } = this.options;
    const address = this.app.server.address();
    const port = typeof address === 'object' && address ? address.port : config.port;
    const name = ['0.0.0.0', '::'].includes(config.host) ? hostname() : config.host;
    const host = name.includes(':') ? `[${name}]` : name;
    return config.url ?? `${config.tls ? 'https' : 'http'}://${host}:${port}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.sessionTimer);
    await this.sockets.close();
    await this.app.close();
    await this.stopGraphQL?.();
  }

  private async setUp(): Promise<void> {
    const { app, options } = this;
    maskHttpErrors(app, options.log);
    await app.register(
      helmet,
      securityHeaders(Boolean(options.config.tls) || Boolean(options.config.url?.startsWith('https:'))),
    );
    await app.register(compress, { threshold: 1_024, encodings: ['br', 'gzip'] });
    await app.register(cookie);
    app.get('/healthz', (_request, reply) => reply.type('text/plain').send('ok\n'));
    app.get('/readyz', async (_request, reply) => {
      const ready = await options.isReady();
      return reply
        .code(ready ? 200 : 503)
        .type('text/plain')
        .send(ready ? 'ready\n' : 'the database does not answer\n');
    });
    app.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(options.schemaText));
    this.stopGraphQL = await serveGraphQL(app, {
      schema: options.schema,
      log: options.log,
      bodyBytes: BODY_BYTES,
      context: (request, reply) => this.httpContext(request, reply),
    });
    serveSubscriptionLinks(app, options.subscriptions, () => this.url);
    if (existsSync(options.dashboardDir)) await serveDashboard(app, options.dashboardDir);
    this.sockets.attach(app.server);
    options.events.on('sessionEnded', ({ sessionId }) => this.closeSession(sessionId));
    this.sessionTimer = setInterval(() => void this.checkSessions(), SESSION_CHECK_MS);
    this.sessionTimer.unref();
  }

  private async httpContext(request: FastifyRequest, reply: FastifyReply): Promise<Context> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const principal = token ? await this.options.sessions.authenticate(token) : undefined;
    return {
      ...this.options.baseContext(),
      principal,
      cookies: cookieJar(request, reply),
      remoteAddress: normaliseAddress(request.ip),
    };
  }

  private async authenticateSocket(authorization: unknown, socket: WebSocket): Promise<Caller | undefined> {
    const token = typeof authorization === 'string' ? /^Bearer (.+)$/.exec(authorization)?.[1] : undefined;
    const principal = token ? await this.options.sessions.authenticate(token) : undefined;
    if (principal?.kind !== ViewerKind.ADMIN) return undefined;
    const entry: OpenSocket = { socket, principal };
    this.open.add(entry);
    return {
      context: () => ({ ...this.options.baseContext(), principal }),
      closed: () => this.open.delete(entry),
    };
  }

  /** Subscriptions that ask for the same with the same rights are executed once for all. */
  private subscribe(args: ExecutionArgs, payload: SubscribePayload, id: string, socket: WebSocket) {
    const { principal } = args.contextValue as Context;
    const scopes = principal?.kind === ViewerKind.ADMIN ? principal.scopes.join() : '';
    const key = JSON.stringify([payload.query, payload.operationName, payload.variables, scopes]);
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    return this.shared.open(key, args, {
      send: (text) => socket.readyState === socket.OPEN && socket.send(`${head}${text}}`),
      bufferedBytes: () => socket.bufferedAmount,
      isAllowed: () => socket.readyState === socket.OPEN,
      cutOff: () => socket.close(SLOW_CONSUMER, 'Too slow, come back for a snapshot'),
    });
  }

  private closeSession(sessionId: string): void {
    for (const { socket, principal } of this.open) {
      if (principal.sessionId === sessionId) socket.close(SESSION_OVER, 'The session is over');
    }
  }

  private async checkSessions(): Promise<void> {
    const ids = new Set([...this.open].map(({ principal }) => principal.sessionId));
    for (const id of ids) {
      const alive = await this.options.sessions.isAlive(id).catch(() => true);
      if (!alive) this.closeSession(id);
    }
  }

  /** A browser names the page's origin; programs that name none are no browsers. */
  private isSameOrigin({ headers }: IncomingMessage): boolean {
    if (headers.origin === undefined) return true;
    if (!URL.canParse(headers.origin)) return false;
    const { host } = new URL(headers.origin);
    const { url } = this.options.config;
    return host === headers.host || (url !== undefined && new URL(url).host === host);
  }
}

function cookieJar(request: FastifyRequest, reply: FastifyReply): CookieJar {
  // Only to this path, never across sites, out of reach of scripts.
  const attributes = {
    path: '/graphql',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  } as const;
  return {
    get: (name) => request.cookies[name],
    set: (name, value, expires) => void reply.setCookie(name, value, { ...attributes, expires }),
    clear: (name) => void reply.clearCookie(name, attributes),
  };
}

/** Everything comes from the panel itself; style attributes are set by the dashboard's components. */
const securityHeaders = (https: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Not for subdomains: what else runs there is not the panel's business.
  hsts: https && { maxAge: 31_536_000, includeSubDomains: false },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' as const },
});
