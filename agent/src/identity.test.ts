import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IdentityStore } from './identity.js';
import type { Identity } from './identity.js';
import { temporaryDir } from './support/temporary-dir.js';

const identity: Identity = {
  panelUrl: 'https://panel:8443',
  nodeId: '1',
  nodeToken: 'vpn1.a.b',
  ca: 'ca',
  privateKey: 'key',
  certificate: 'certificate',
  joinTokenId: 'abcdef0123',
  settings: { agentPort: 8443, metricsIntervalSeconds: 10, trafficIntervalSeconds: 10 },
};

test('what was saved is loaded again, readable by the agent only, and no temporary file stays', () => {
  const dir = join(temporaryDir(), 'state');
  const store = new IdentityStore(dir);
  store.prepare();
  expect(store.load()).toBeUndefined();
  store.save(identity);
  store.save({ ...identity, nodeId: '2' });
  expect(store.load()).toEqual({ ...identity, nodeId: '2' });
  expect(readdirSync(dir)).toEqual(['identity.json']);
  expect(statSync(join(dir, 'identity.json')).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('a damaged identity is told in words that help', () => {
  const dir = temporaryDir();
  writeFileSync(join(dir, 'identity.json'), '{"panelUrl":');
  expect(() => new IdentityStore(dir).load()).toThrow('Create a new join token');
});
