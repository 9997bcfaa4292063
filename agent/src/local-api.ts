import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import { ConnectionLimit } from './connection-limit.js';
import { codeOf, messageOf } from './errors.js';
import type { Identity } from './identity.js';

const RETRY_MS = 30_000;
const PANEL_NAME = 'vpanel-panel';
/** Longer than the panel leaves between two probes, so that it need not shake hands for each. */
const KEEP_ALIVE_MS = 75_000;
const HANDSHAKE_MS = 5_000;
const MAX_CONNECTIONS = 64;
const MAX_HEADER_BYTES = 4_096;

export interface Health {
  agentVersion: string;
  uptimeSeconds: number;
  xray: {
    state: string;
    version?: string;
    uptimeSeconds?: number;
    apiLatencyMs?: number;
    checkedMsAgo?: number;
    error?: string;
  };
}

interface LocalApiParts {
  host: string;
  health(): Health;
  clock: Clock;
  log: Logger;
}

type Credentials = Pick<Identity, 'privateKey' | 'certificate' | 'ca'>;

/** The HTTPS API that the panel probes. Whoever has no certificate of the panel itself gets no byte of an answer. */
export class LocalApi {
  private server: Server | undefined;
  private readonly limit = new ConnectionLimit(MAX_CONNECTIONS);
  private port = 0;
  private cancelRetry = () => {};

  constructor(private readonly parts: LocalApiParts) {}

  /** Listens, moves to another port, or only takes the new certificate: whatever the difference asks for. */
  async use(credentials: Credentials, port: number): Promise<void> {
    if (this.server && port === this.port) return this.server.setSecureContext(tlsOptions(credentials));
    await this.close();
    this.port = port;
    this.server = this.createServer(credentials);
    await this.listen(this.server, this.parts.host);
  }

  async close(): Promise<void> {
    this.cancelRetry();
    const { server } = this;
    this.server = undefined;
    if (!server?.listening) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
      this.limit.endStrangers();
    });
  }

  private createServer(credentials: Credentials): Server {
    const server = createServer({
      ...tlsOptions(credentials),
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HANDSHAKE_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 5_000,
      requestTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    server.maxHeadersCount = 50;
    this.limit.watch(server);
    // The chain and clientAuth are checked by the handshake; the name right after it, before HTTP sees the socket.
    server.prependListener('secureConnection', (socket: TLSSocket) => {
      if (socket.getPeerCertificate().subject?.CN !== PANEL_NAME) return void socket.destroy();
      this.limit.trust(socket);
    });
    server.on('request', (request, response) => this.answer(request, response));
    return server;
  }

  private listen(server: Server, host: string): Promise<void> {
    const { log } = this.parts;
    return new Promise((resolve) => {
      server.once('listening', () => {
        log.info({ host, port: this.port }, 'The local API listens');
        resolve();
      });
      server.once('error', (error) => {
        if (server !== this.server) return resolve();
        const noIpv6 = host === '::' && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(error) ?? '');
        if (noIpv6) return resolve(this.listen(server, '0.0.0.0'));
        this.retryLater(server, host, error);
        resolve();
      });
      server.listen(this.port, host);
    });
  }

  private retryLater(server: Server, host: string, error: Error): void {
    const taken = codeOf(error) === 'EADDRINUSE' ? 'another program uses it' : messageOf(error);
    this.parts.log.error(
      `The local API cannot listen on port ${this.port} (${taken}). The panel's health checks of this node fail until ` +
        `the port is free or the node gets another one in the panel; trying again every ${RETRY_MS / 1000} s.`,
    );
    this.cancelRetry = this.parts.clock.after(RETRY_MS, () => void this.listen(server, host));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' || request.url !== '/health') return void response.writeHead(404).end();
    try {
      const health = this.parts.health();
      const body = JSON.stringify(health);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      response.writeHead(health.xray.error === undefined ? 200 : 503, headers).end(body);
    } catch (error) {
      this.parts.log.error(`A health probe could not be answered: ${messageOf(error)}`);
      response.writeHead(500).end();
    }
  }
}

function tlsOptions({ privateKey, certificate, ca }: Credentials) {
  return { key: privateKey, cert: certificate, ca, minVersion: 'TLSv1.2' as const };
}
