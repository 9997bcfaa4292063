import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * The built dashboard. Files under /assets carry their hash in the name and are kept for ever; a missing one is a 404,
 * not the page, or an open tab would run a page as a script after an update. Any other path is a page of the dashboard.
 */
export async function serveDashboard(app: FastifyInstance, dir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dir,
    index: false,
    wildcard: true,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(dir, 'assets'));
      reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(assets|graphql|sub)([/?]|$)/.test(request.url);
    if (!isPage || !request.headers.accept?.includes('text/html'))
      return reply.code(404).type('text/plain').send('not found\n');
    return reply.header('cache-control', 'no-cache').sendFile('index.html', dir);
  });
  app.get('/', (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html', dir));
}
