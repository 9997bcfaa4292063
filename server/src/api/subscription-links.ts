import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseFormat, chooseLanguage, render, type SubscriptionService } from '../domains/subscriptions/index.js';
import { normaliseAddress } from '../platform/ip-address.js';
import { SourceGates } from './source-gates.js';

/** A whole family behind one address fetches far less; a guesser gets nowhere at this rate. */
const PER_SECOND = 1;
const BURST = 60;
const TOKEN = /^[A-Za-z0-9_-]{16,64}$/;

interface LinkRequest {
  Params: { token: string };
  Querystring: { format?: string };
}

/** `GET /sub/<token>`: what a user's client app reads, and a page for people who open the link in a browser. */
export function serveSubscriptionLinks(
  app: FastifyInstance,
  subscriptions: SubscriptionService,
  publicUrl: () => string,
): void {
  const gates = new SourceGates(PER_SECOND, BURST);
  app.get<LinkRequest>('/sub/:token', async (request, reply) => {
    if (!gates.admit(normaliseAddress(request.ip), performance.now())) {
      return plain(reply.header('retry-after', '60'), 429, 'too many requests, try again in a minute\n');
    }
    const format = chooseFormat({
      userAgent: request.headers['user-agent'],
      accept: request.headers.accept,
      format: typeof request.query.format === 'string' ? request.query.format : undefined,
    });
    if (typeof format === 'object') return plain(reply, 400, `${format.error}\n`);
    return answer(request, reply, format);
  });

  async function answer(
    request: FastifyRequest<LinkRequest>,
    reply: FastifyReply,
    format: Exclude<ReturnType<typeof chooseFormat>, object>,
  ) {
    const { token } = request.params;
    const subscription = TOKEN.test(token) ? await subscriptions.open(token) : undefined;
    if (!subscription) return plain(reply, 404, 'there is nothing here; ask for a new link\n');
    const info = { ...subscription.info, pageUrl: `${publicUrl()}/sub/${token}` };
    const language = chooseLanguage(request.headers['accept-language']);
    const { body, headers } = render(format, subscription.endpoints, info, new Date(), language);
    if (format !== 'html') subscriptions.noteFetch(subscription.userId, request.headers['user-agent']);
    return reply.headers(headers).header('cache-control', 'no-store').send(body);
  }
}

const plain = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(text);
