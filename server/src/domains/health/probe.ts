import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { connect, isIP } from 'node:net';
import { nodeServerName, type KeyedCertificate } from '../../platform/certificates.js';
import { ProbeKind, type ProbeResult } from './health.types.js';

const TIMEOUT_MS = 4_000;
const LONGEST_ANSWER = 16_384;

export interface ProbeTarget {
  /** undefined before the node is stored: its certificate cannot be checked then, only that a TLS server answers. */
  nodeId: string | undefined;
  address: string;
  agentPort: number;
}

/** How the panel shows itself to agents, and whom it believes. */
export interface ProbeIdentity {
  ca: string;
  client: KeyedCertificate;
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function words(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && PLAIN_WORDS[code]) || message || String(error);
}

const PLAIN_WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused: nothing listens on that port',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ECONNRESET: 'the connection was reset',
  ETIMEDOUT: 'no answer in time: a firewall may be in between',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name could not be resolved, the resolver does not answer',
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is not from this panel's CA",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is not from this panel's CA",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate is not from this panel's CA",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate is not from this panel's CA",
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another node',
  CERT_HAS_EXPIRED: "the node's certificate has expired",
  EPROTO: 'what listens there does not speak TLS',
};

async function timed(kind: ProbeKind, probe: () => Promise<void>): Promise<ProbeResult> {
  const started = performance.now();
  try {
    await probe();
    return { kind, ok: true, latencyMs: rounded(performance.now() - started), error: null };
  } catch (error) {
    return { kind, ok: false, latencyMs: null, error: words(error) };
  }
}

const timeout = (): NodeJS.ErrnoException => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

function connectTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    socket.once('connect', () => socket.destroy() && resolve());
    socket.once('timeout', () => socket.destroy(timeout()));
    socket.once('error', reject);
  });
}

interface HealthAnswer {
  xray?: { state?: string; error?: string };
}

function getHealth({ nodeId, agentPort }: ProbeTarget, host: string, identity: ProbeIdentity): Promise<HealthAnswer> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host,
        port: agentPort,
        path: '/health',
        ca: identity.ca,
        cert: identity.client.cert,
        key: identity.client.key,
        servername: nodeServerName(nodeId ?? ''),
        rejectUnauthorized: true,
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
          if (body.length > LONGEST_ANSWER) call.destroy(new Error('the answer is too long to be an agent'));
        });
        // Without a listener an answer that breaks off would end in no event that is heard here.
        response.on('error', reject);
        response.on('end', () => {
          try {
            const answer = JSON.parse(body) as HealthAnswer | null;
            if (typeof answer !== 'object' || !answer) throw new Error('no object');
            resolve(answer);
          } catch {
            reject(new Error(`what answers is no agent (HTTP status ${response.statusCode})`));
          }
        });
      },
    );
    call.on('error', (error) =>
      reject(error.name === 'AbortError' || error.name === 'TimeoutError' ? timeout() : error),
    );
    call.end();
  });
}

async function resolveAddress(address: string): Promise<string> {
  return isIP(address) ? address : (await lookup(address)).address;
}

/**
 * One look at a node: a TCP connection to the agent's port, then its local API over TLS with both certificates
 * verified, then what it says of Xray. A step is tried only when the one before it went well. A domain is resolved anew.
 */
export async function probeNode(target: ProbeTarget, identity: ProbeIdentity): Promise<ProbeResult[]> {
  let host = target.address;
  const tcp = await timed(ProbeKind.TCP, async () => {
    host = await resolveAddress(target.address);
    await connectTcp(host, target.agentPort);
  });
  if (!tcp.ok || target.nodeId === undefined) return [tcp];
  let answer: HealthAnswer = {};
  const api = await timed(ProbeKind.API, async () => {
    answer = await getHealth(target, host, identity);
  });
  if (!api.ok) return [tcp, api];
  const running = answer.xray?.state === 'RUNNING' && !answer.xray.error;
  const error = running ? null : (answer.xray?.error ?? `Xray is ${(answer.xray?.state ?? 'unknown').toLowerCase()}`);
  return [tcp, api, { kind: ProbeKind.XRAY, ok: running, latencyMs: null, error }];
}
