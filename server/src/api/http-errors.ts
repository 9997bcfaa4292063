import type { FastifyInstance } from 'fastify';
import type { Logger } from '../platform/log.js';

/** Faults outside of GraphQL: the caller's are answered by their status, ours are logged and say nothing of the machine. */
export function maskHttpErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).type('text/plain').send(`${error.message}\n`);
    log.error({ err: error }, 'a request failed');
    return reply.code(500).type('text/plain').send('something went wrong in the panel; its log has more\n');
  });
}
