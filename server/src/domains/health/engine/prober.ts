import { lookup } from 'node:dns/promises';
import { Agent, request } from 'node:https';
import { connect, isIP } from 'node:net';
import { nodeServerName } from '../../../platform/certificates.js';
import type { ProbeIdentity } from '../probe.js';
import type { ProbeOutcome, TargetResult } from '../machine/evidence.js';

/** A name is asked for anew at each round, but not by every port of it. */
const NAME_KEPT_MS = 5_000;
const LONGEST_ANSWER = 16_384;
const MOST_PORTS = 8;
/** Connections to agents that are kept between rounds: each saves a handshake, and holds some 50 KB. */
const MOST_IDLE = 2_000;
const IDLE_MS = 65_000;

export interface RoundTarget {
  nodeId: string;
  address: string;
  agentPort: number;
  /** TCP ports of its proxies. */
  ports: readonly number[];
}

interface HealthAnswer {
  xray?: { state?: string; error?: string };
}

/** What went wrong, as a system says it, and what that means. */
const OUTCOMES: Record<string, ProbeOutcome> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  EPROTO: 'tls',
  ENOAGENT: 'protocol',
};

export const outcomeOf = (error: unknown): ProbeOutcome =>
  OUTCOMES[(error as NodeJS.ErrnoException | undefined)?.code ?? ''] ?? 'error';

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

interface Name {
  address: Promise<string>;
  atMs: number;
}

/**
 * Looks at nodes: a TCP connection to each port of their proxies, and their agents' API with both certificates verified.
 * Each look ends within its time-out, whatever the node does.
 */
export class Prober {
  private readonly names = new Map<string, Name>();
  private readonly connections: Agent;

  constructor(
    private readonly identity: () => Promise<ProbeIdentity>,
    private readonly nowMs: () => number,
  ) {
    this.connections = new Agent({
      keepAlive: true,
      maxSockets: 2,
      maxFreeSockets: 1,
      maxTotalSockets: MOST_IDLE,
      timeout: IDLE_MS,
      scheduling: 'lifo',
    });
  }

  stop(): void {
    this.connections.destroy();
  }

  async look({ nodeId, address, agentPort, ports }: RoundTarget, timeoutMs: number): Promise<TargetResult[]> {
    let host: string;
    try {
      host = await this.resolve(address);
    } catch (error) {
      return [
        {
          target: { kind: 'agentApi' },
          outcome: outcomeOf(error),
          latencyMs: null,
          detail: `${address} does not resolve`,
        },
      ];
    }
    const [api, ...tcp] = await Promise.all([
      this.agentApi(nodeId, host, agentPort, timeoutMs),
      ...ports.slice(0, MOST_PORTS).map((port) => proxyPort(host, port, timeoutMs)),
    ]);
    return [...tcp, ...api];
  }

  private async resolve(address: string): Promise<string> {
    if (isIP(address)) return address;
    const known = this.names.get(address);
    if (known && this.nowMs() - known.atMs < NAME_KEPT_MS) return known.address;
    const found = lookup(address).then((answer) => answer.address);
    found.catch(() => undefined);
    this.names.set(address, { address: found, atMs: this.nowMs() });
    if (this.names.size > 20_000) this.names.delete(this.names.keys().next().value!);
    return found;
  }

  private async agentApi(nodeId: string, host: string, port: number, timeoutMs: number): Promise<TargetResult[]> {
    const started = performance.now();
    let answer: HealthAnswer;
    try {
      answer = await this.getHealth(nodeId, host, port, timeoutMs);
    } catch (error) {
      return [
        { target: { kind: 'agentApi' }, outcome: outcomeOf(error), latencyMs: null, detail: (error as Error).message },
      ];
    }
    const latencyMs = Math.round((performance.now() - started) * 10) / 10;
    const { state, error } = answer.xray ?? {};
    const runs = state === 'RUNNING' && !error;
    return [
      { target: { kind: 'agentApi' }, outcome: 'ok', latencyMs, detail: null },
      {
        target: { kind: 'xray' },
        outcome: runs ? 'ok' : 'down',
        latencyMs: null,
        detail: runs ? null : (error ?? state ?? null),
      },
    ];
  }

  private async getHealth(nodeId: string, host: string, port: number, timeoutMs: number): Promise<HealthAnswer> {
    const { ca, client } = await this.identity();
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host,
          port,
          path: '/health',
          ca,
          cert: client.cert,
          key: client.key,
          servername: nodeServerName(nodeId),
          agent: this.connections,
          signal: AbortSignal.timeout(timeoutMs),
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            body += chunk;
            if (body.length > LONGEST_ANSWER) call.destroy(coded('ENOAGENT', 'the answer is too long to be an agent'));
          });
          response.on('error', reject);
          response.on('end', () => {
            const parsed = parse(body);
            if (parsed) resolve(parsed);
            else reject(coded('ENOAGENT', `what answers is no agent (HTTP status ${response.statusCode})`));
          });
        },
      );
      call.on('error', (error) => {
        const late = error.name === 'TimeoutError' || error.name === 'AbortError';
        reject(late ? coded('ETIMEDOUT', 'no answer in time') : error);
      });
      call.end();
    });
  }
}

function parse(body: string): HealthAnswer | undefined {
  try {
    const answer = JSON.parse(body) as HealthAnswer | null;
    return typeof answer === 'object' && answer ? answer : undefined;
  } catch {
    return undefined;
  }
}

function proxyPort(host: string, port: number, timeoutMs: number): Promise<TargetResult> {
  const started = performance.now();
  const target = { kind: 'proxyPort', port } as const;
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (outcome: ProbeOutcome, detail: string | null): void => {
      clearTimeout(timer);
      socket.destroy();
      const latencyMs = outcome === 'ok' ? Math.round((performance.now() - started) * 10) / 10 : null;
      resolve({ target, outcome, latencyMs, detail });
    };
    const timer = setTimeout(() => end('timeout', 'no answer in time'), timeoutMs);
    socket.once('connect', () => end('ok', null));
    socket.once('error', (error) => end(outcomeOf(error), error.message));
  });
}
