import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryDir } from '../testing/panel.js';
import { serveDashboard } from './dashboard.js';

const dir = temporaryDir();
let app: FastifyInstance;

beforeAll(async () => {
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(dir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(dir, 'assets', 'main-abc123.js'), 'run()');
  app = fastify();
  await serveDashboard(app, dir);
});

afterAll(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

const get = (url: string, accept = 'text/html,application/xhtml+xml') => app.inject({ url, headers: { accept } });

test.each(['/', '/nodes', '/nodes/0b7e0a53?tab=logs', '/assetsandmore'])(
  '%s is a page of the dashboard',
  async (path) => {
    const { statusCode, body, headers } = await get(path);
    expect([statusCode, body]).toEqual([200, '<!doctype html><title>the page</title>']);
    expect(headers['cache-control']).toBe('no-cache');
  },
);

test('a file with its hash in the name is kept for ever', async () => {
  const { statusCode, body, headers } = await get('/assets/main-abc123.js', '*/*');
  expect([statusCode, body]).toEqual([200, 'run()']);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('a file without a hash is asked for again', async () => {
  expect((await get('/favicon.svg', '*/*')).headers['cache-control']).toBe('no-cache');
});

test.each([
  ['an asset that is gone', '/assets/main-old.js', 'text/html'],
  ['the API by GET', '/graphql?query=%7Bviewer%7Bid%7D%7D', 'text/html'],
  ['the API by GET, without a query', '/graphql', 'text/html'],
  ['what only begins like a subscription link', '/sub/x/y', 'text/html'],
  ['an image that is not there', '/missing.png', 'image/*'],
  ['a file outside', '/../package.json', '*/*'],
])('%s is not found, rather than the page', async (_what, path, accept) => {
  const { statusCode, body } = await get(path, accept);
  expect(statusCode).toBe(404);
  expect(body).not.toContain('the page');
});

test('nothing but GET gets a page', async () => {
  const { statusCode } = await app.inject({ method: 'POST', url: '/nodes', headers: { accept: 'text/html' } });
  expect(statusCode).toBe(404);
});
