import { timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import { waitAfter } from './backoff.js';
import { createKey, publicKeyDigest } from './certificate.js';
import { sleep } from './clock.js';
import type { Clock } from './clock.js';
import { OperatorError, messageOf } from './errors.js';
import type { RegisterAgentMutation, RegisterAgentMutationVariables } from './gql/graphql.js';
import { PanelError } from './panel-error.js';
import type { PanelErrorBody } from './panel-error.js';
import { httpsRequest } from './https-request.js';
import type { Identity } from './identity.js';
import type { JoinToken } from './join-token.js';
import { RegisterAgent } from './operations.js';
import { registrationInput, settingsOf } from './registration.js';
import type { XrayFacts } from './registration.js';

const TIMEOUT_MS = 15_000;
const MAX_CA_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 256 * 1024;
const RETRY = { minMs: 500, firstLimitMs: 1_000, maxLimitMs: 30_000 };

export interface JoinContext {
  log: Logger;
  clock: Clock;
  /** How often an unreachable panel is tried; an operator who waits at a terminal wants an answer. */
  attempts: number;
  startedAt: Date;
  xray: XrayFacts;
  /** Overrides the URL in the token. */
  panelUrl?: string | undefined;
}

/** Trades the join token for the node's own identity. Only an unreachable panel is tried again. */
export async function join(token: JoinToken, context: JoinContext): Promise<Identity> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await joinOnce(token, context);
    } catch (error) {
      if (error instanceof OperatorError) throw error;
      if (failures >= context.attempts) throw new OperatorError(`The panel cannot be reached: ${messageOf(error)}`, 1);
      const waitMs = waitAfter(failures, RETRY, Math.random());
      context.log.warn({ waitMs }, `Joining failed, trying again: ${messageOf(error)}`);
      await sleep(context.clock, waitMs);
    }
  }
}

async function joinOnce(token: JoinToken, context: JoinContext): Promise<Identity> {
  const panelUrl = context.panelUrl ?? token.panelUrl;
  const ca = await fetchAuthority(panelUrl, token.pin);
  const privateKey = createKey();
  const input = registrationInput(privateKey, context.startedAt, context.xray);
  const answer = await register(panelUrl, ca, token.bearer, input);
  if (!answer.nodeToken)
    throw new OperatorError('The panel accepted the join token but answered no token for the node.');
  context.log.info({ node: answer.nodeName, panel: panelUrl }, 'Joined the panel');
  return {
    panelUrl,
    nodeId: answer.nodeId,
    nodeToken: answer.nodeToken,
    ca,
    privateKey,
    certificate: answer.certificate,
    joinTokenId: token.id,
    settings: settingsOf(answer),
  };
}

/**
 * The one connection that trusts nobody: it sends nothing, and what it answers is believed only when its public key is
 * the one that the join token names.
 */
export async function fetchAuthority(panelUrl: string, pin: Buffer): Promise<string> {
  const url = new URL('/ca.pem', panelUrl);
  const tls = { rejectUnauthorized: false };
  const { status, body } = await httpsRequest(url, { tls, timeoutMs: TIMEOUT_MS, maxBytes: MAX_CA_BYTES });
  if (status !== 200) throw new Error(`${url.href} answered with status ${status}`);
  if (!matches(body, pin)) {
    throw new OperatorError(
      `STOP. The server at ${panelUrl} does not show the certificate authority that the join token names. ` +
        `Somebody may be between this node and the panel, or the panel was set up anew after the token was made. ` +
        `Nothing was sent. Compare the address, then create a new join token in the panel.`,
    );
  }
  return body;
}

function matches(certificatePem: string, pin: Buffer): boolean {
  try {
    return timingSafeEqual(publicKeyDigest(certificatePem), pin);
  } catch {
    return false;
  }
}

type Registered = RegisterAgentMutation['registerAgent'];
type Input = RegisterAgentMutationVariables['input'];

async function register(panelUrl: string, ca: string, bearer: string, input: Input): Promise<Registered> {
  const { status, body } = await httpsRequest(new URL('/graphql', panelUrl), {
    tls: { ca },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query: RegisterAgent.toString(), variables: { input } }),
  });
  const { data, errors } = parseAnswer(status, body);
  if (data) return data.registerAgent;
  const error = PanelError.from(errors ?? [{ message: `status ${status}` }]);
  if (error.refused || status === 401 || status === 403) throw refused();
  if (error.permanent) throw new OperatorError(`The panel does not accept this agent's registration: ${error.message}`);
  throw error;
}

function parseAnswer(status: number, body: string): { data?: RegisterAgentMutation | null; errors?: PanelErrorBody[] } {
  try {
    return JSON.parse(body) as { data?: RegisterAgentMutation | null; errors?: PanelErrorBody[] };
  } catch {
    return { errors: [{ message: `status ${status} and no JSON` }] };
  }
}

function refused(): OperatorError {
  return new OperatorError(
    'The panel refused the join token: it is unknown, already used, older than 30 minutes, or not allowed from this ' +
      'address. Create a new join token for this node in the panel and join again.',
  );
}
