import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const dir = mkdtempSync(join(tmpdir(), 'vpanel-config-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function secretFile(name: string, content: string): string {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
}

function problemsOf(source: Record<string, string>): string {
  try {
    readConfig(source);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('The configuration was accepted');
}

test('without any variable the panel stays on the loopback and keeps its data in ./data', () => {
  expect(readConfig({})).toEqual({
    dataDir: resolve('./data'),
    databaseUrl: undefined,
    public: { host: '127.0.0.1', port: 8080, url: undefined, tls: undefined, trustedProxies: [] },
    agent: { host: '0.0.0.0', port: 8443, url: `https://${hostname()}:8443` },
    adminPassword: undefined,
    secretKey: undefined,
    healthChecks: true,
    demo: false,
    alertPrivateTargets: false,
    searchPath: expect.any(String),
    logLevel: 'info',
  });
});

test('every bad value is named at once, and none is repeated', () => {
  const bad = {
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    VPANEL_PUBLIC_PORT: '70000',
    VPANEL_AGENT_PORT: 'eighty',
    VPANEL_PUBLIC_URL: 'ftp://panel',
    VPANEL_AGENT_URL: 'http://panel:8443',
    VPANEL_TRUSTED_PROXIES: '10.0.0.0/8, nonsense',
    VPANEL_ADMIN_PASSWORD: 'hunter2',
    VPANEL_SECRET_KEY: 'hunter2',
    VPANEL_DEMO: 'perhaps',
    VPANEL_ALERT_PRIVATE_TARGETS: 'perhaps',
    LOG_LEVEL: 'loud',
  };
  const message = problemsOf(bad);
  for (const name of Object.keys(bad)) expect(message).toContain(`${name}: `);
  for (const value of ['hunter2', 'nonsense', 'perhaps', 'loud', 'eighty']) expect(message).not.toContain(value);
});

describe('secrets in files', () => {
  test('each variable of a secret may be given as a file, whose last line break does not count', () => {
    const config = readConfig({
      DATABASE_URL_FILE: secretFile('url', 'postgres://panel:pw@db/vpanel\n'),
      VPANEL_ADMIN_PASSWORD_FILE: secretFile('password', 'a long enough password\n'),
      VPANEL_SECRET_KEY_FILE: secretFile('key', `${'k'.repeat(40)}\n`),
    });
    expect(config.databaseUrl).toBe('postgres://panel:pw@db/vpanel');
    expect(config.adminPassword).toBe('a long enough password');
    expect(config.secretKey).toBe('k'.repeat(40));
  });

  test('a variable and its file together are refused', () => {
    const message = problemsOf({
      VPANEL_ADMIN_PASSWORD: 'a long enough password',
      VPANEL_ADMIN_PASSWORD_FILE: secretFile('both', 'another long password'),
    });
    expect(message).toContain('give either VPANEL_ADMIN_PASSWORD or VPANEL_ADMIN_PASSWORD_FILE, not both');
  });

  test('a file that is not there is named', () => {
    expect(problemsOf({ VPANEL_SECRET_KEY_FILE: join(dir, 'missing') })).toContain(
      'VPANEL_SECRET_KEY_FILE: cannot be read',
    );
  });

  test('an empty file is refused instead of being taken for no secret at all', () => {
    expect(problemsOf({ VPANEL_SECRET_KEY_FILE: secretFile('empty', '\n') })).toContain(
      'VPANEL_SECRET_KEY_FILE: is empty',
    );
  });
});

describe('plain HTTP', () => {
  const open = { VPANEL_PUBLIC_HOST: '0.0.0.0' };

  test('to the network is refused', () => {
    expect(problemsOf(open)).toMatch(/VPANEL_PUBLIC_HOST: 0\.0\.0\.0 would serve plain HTTP to the network/);
  });

  test.each([
    ['behind a declared proxy', { ...open, VPANEL_TRUSTED_PROXIES: '10.0.0.0/8 192.0.2.1' }],
    ['with TLS', { ...open, VPANEL_TLS_CERT: '/cert.pem', VPANEL_TLS_KEY: '/key.pem' }],
    ['on localhost', { VPANEL_PUBLIC_HOST: 'localhost' }],
    ['on ::1', { VPANEL_PUBLIC_HOST: '::1' }],
    ['on 127.0.0.2', { VPANEL_PUBLIC_HOST: '127.0.0.2' }],
  ])('%s is accepted', (_what, source) => {
    expect(() => readConfig(source)).not.toThrow();
  });

  test('a certificate without its key is refused', () => {
    expect(problemsOf({ VPANEL_TLS_CERT: '/cert.pem' })).toContain('set both or none');
  });
});

test('an empty variable counts as not given', () => {
  expect(readConfig({ VPANEL_PUBLIC_PORT: '', LOG_LEVEL: '', VPANEL_DEMO: '' }).public.port).toBe(8080);
});

test('addresses are used without the slash at their end', () => {
  const config = readConfig({
    VPANEL_PUBLIC_URL: 'https://panel.example/',
    VPANEL_AGENT_URL: 'https://panel.example:8443/',
  });
  expect([config.public.url, config.agent.url]).toEqual(['https://panel.example', 'https://panel.example:8443']);
});

test.each([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])('VPANEL_DEMO=%s means %s', (text, demo) => {
  expect(readConfig({ VPANEL_DEMO: text }).demo).toBe(demo);
});
