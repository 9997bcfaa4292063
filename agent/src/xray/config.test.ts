import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../support/temporary-dir.js';
import { findXray, parseVersion } from './binary.js';
import { MINIMAL_CONFIG, parseConfig, withAgentSections } from './config.js';
import { lastWords } from './process.js';

test('the agent owns API, statistics and log; everything else is kept', () => {
  const config = withAgentSections(
    {
      ...MINIMAL_CONFIG,
      api: { tag: 'mine', listen: '0.0.0.0:1' },
      log: { loglevel: 'info', access: '/tmp/who-did-what' },
      policy: { levels: { '0': { connIdle: 60 }, '1': { handshake: 2 } } },
      dns: { servers: ['1.1.1.1'] },
    },
    '/run/api.sock',
  );
  expect(config).toMatchObject({
    api: { tag: 'api', listen: '/run/api.sock,0600' },
    log: { loglevel: 'info', access: 'none', error: '' },
    policy: { levels: { '0': { connIdle: 60, statsUserUplink: true, statsUserOnline: true }, '1': { handshake: 2 } } },
    stats: {},
    routing: {},
    dns: { servers: ['1.1.1.1'] },
    outbounds: [{ tag: 'direct' }, { tag: 'block' }],
  });
});

test.each([['[]'], ['null'], ['"text"'], ['{ // comment\n}']])('%s is no configuration', (text) => {
  expect(() => parseConfig(text)).toThrow(/JSON/);
});

test.each([
  ['Xray 26.7.28 (Xray, Penetrates Everything.) Custom (go1.26.8 linux/amd64)\nA unified platform', '26.7.28'],
  ['V2Ray 4.34.0 (V2Fly)', undefined],
])('reads the version from %s', (text, version) => {
  expect(parseVersion(text)).toBe(version);
});

test('a binary that was named is the only one that is looked at; else the path comes first, the data directory last', () => {
  const [onPath, dataDir] = [temporaryDir(), temporaryDir()];
  const search = { searchPath: `/nonexistent:${onPath}`, dataDir };
  expect(findXray(search)).toBeUndefined();
  place(dataDir, 0o755);
  expect(findXray(search)).toBe(join(dataDir, 'xray'));
  place(onPath, 0o755);
  expect(findXray(search)).toBe(join(onPath, 'xray'));
  expect(findXray({ ...search, configured: '/nonexistent/xray' })).toBeUndefined();
});

test('what cannot be executed is no binary', () => {
  const dataDir = temporaryDir();
  place(dataDir, 0o644);
  expect(findXray({ searchPath: '', dataDir })).toBeUndefined();
});

test('the reason why Xray could not start is found among its lines', () => {
  expect(lastWords(['Xray 26', 'Failed to start: main: port in use', 'bye', ''])).toBe(
    'Failed to start: main: port in use',
  );
  expect(lastWords(['panic: oops'])).toBe('panic: oops');
  expect(lastWords([])).toBe('');
});

function place(dir: string, mode: number): void {
  writeFileSync(join(dir, 'xray'), '#!/bin/sh\n');
  chmodSync(join(dir, 'xray'), mode);
}
