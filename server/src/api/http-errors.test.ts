import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../platform/log.js';
import { maskHttpErrors } from './http-errors.js';

let app: FastifyInstance;
beforeEach(() => {
  app = fastify({ bodyLimit: 10 });
  maskHttpErrors(app, silentLogger);
});
afterEach(() => app.close());

test('a fault of the panel says nothing of the machine', async () => {
  app.get('/', () => {
    throw new Error("ENOENT: no such file or directory, open '/srv/secret-place/install.sh'");
  });
  const { statusCode, body } = await app.inject('/');
  expect(statusCode).toBe(500);
  expect(body).not.toContain('secret-place');
  expect(body).toContain('its log has more');
});

test('a fault of the caller keeps its status and its words', async () => {
  app.post('/', () => 'ok');
  const { statusCode, body } = await app.inject({
    method: 'POST',
    url: '/',
    payload: { text: 'longer than ten bytes' },
  });
  expect(statusCode).toBe(413);
  expect(body).toContain('too large');
});
