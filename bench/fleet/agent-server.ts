import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';

const ANSWER_PATIENCE_MS = 15_000;

/** A server that speaks the agents' frames: a panel's agent listener, or something that stands beside it. */
export class AgentServer {
  /** Made once: a fleet of thousands would otherwise parse the same certificate thousands of times. */
  readonly secureContext: SecureContext;

  constructor(
    readonly url: string,
    ca: string,
  ) {
    this.secureContext = createSecureContext({ ca, minVersion: 'TLSv1.3' });
  }

  /** The panel that a join token names; refused when it does not show the authority that the token pins. */
  static async fromJoinToken(joinToken: string): Promise<AgentServer> {
    const [, , , pin = '', encodedUrl = ''] = joinToken.split('.');
    const url = Buffer.from(encodedUrl, 'base64url').toString('utf8');
    const ca = await fetchUnverified(`${url}/ca.pem`);
    const publicKey = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' });
    const digest = createHash('sha256').update(publicKey).digest();
    if (!timingSafeEqual(digest, Buffer.from(pin, 'base64url'))) {
      throw new Error(`${url} does not show the authority that the join token names`);
    }
    return new AgentServer(url, ca);
  }
}

/** The one request that trusts nobody: what it answers is believed only when its hash is the pinned one. */
function fetchUnverified(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, agent: false, timeout: ANSWER_PATIENCE_MS } as const;
    const sent = request(url, options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(body));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`${url} did not answer in time`)));
    sent.on('error', reject);
    sent.end();
  });
}
