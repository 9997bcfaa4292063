import 'reflect-metadata';
import { generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SecretBox } from '../../platform/secret-box.js';
import { SecretStore } from '../../platform/secret-store.js';
import { FakeClock } from '../../testing/clock.js';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens, type AccessClaims } from './access-tokens.js';
import { AdminRole } from './principal.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const CLAIMS: AccessClaims = { adminId: 'admin-id', name: 'admin', role: AdminRole.OPERATOR, sessionId: 'session-id' };

let database: TestDatabase;
let secrets: SecretStore;
const clock = new FakeClock(NOW);
let tokens: AccessTokens;
beforeAll(async () => {
  database = await cloneDatabase();
  secrets = new SecretStore(database.db, new SecretBox('a secret of at least 32 characters'));
  tokens = await AccessTokens.load(secrets, clock);
});
afterAll(async () => database.drop());

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const issue = async (): Promise<string> => (await tokens.issue(CLAIMS)).accessToken;

/** Signed by the panel's own key, but otherwise as told. */
async function forged(change: (jwt: SignJWT) => SignJWT, header: object = {}, payload: object = {}): Promise<string> {
  const key = (await importJWK(JSON.parse((await secrets.get('access-token-key')) ?? '') as JWK, 'EdDSA')) as CryptoKey;
  const seconds = NOW.getTime() / 1_000;
  const jwt = new SignJWT({ name: 'admin', role: 'OWNER', sid: 'session-id', ...payload })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header })
    .setSubject('admin-id')
    .setIssuer('vpanel')
    .setAudience('vpanel-api')
    .setExpirationTime(seconds + 60);
  return change(jwt).sign(key);
}

test('a token says who called, on every panel that shares the database', async () => {
  expect(await tokens.verify(await issue())).toEqual(CLAIMS);
  expect(await (await AccessTokens.load(secrets, clock)).verify(await issue())).toEqual(CLAIMS);
  expect(await tokens.verify(await forged((jwt) => jwt))).toMatchObject({ role: 'OWNER' });
});

test('it is valid for ten minutes', async () => {
  clock.set(NOW);
  const { accessToken, expiresAt } = await tokens.issue(CLAIMS);
  expect(expiresAt.getTime() - NOW.getTime()).toBe(ACCESS_TOKEN_SECONDS * 1_000);
  clock.set(new Date(NOW.getTime() + ACCESS_TOKEN_SECONDS * 1_000));
  expect(await tokens.verify(accessToken)).toBeDefined();
  clock.advance(6_000);
  expect(await tokens.verify(accessToken)).toBeUndefined();
  clock.set(NOW);
});

const REFUSED: [what: string, token: () => Promise<string>][] = [
  ['an empty text', () => Promise.resolve('')],
  ['words', () => Promise.resolve('not.a.token')],
  [
    'algorithm none, without a signature',
    async () => `${part({ alg: 'none', typ: 'at+jwt' })}.${(await issue()).split('.')[1]}.`,
  ],
  [
    'algorithm none, with the signature of a good one',
    async () => {
      const [, payload, signature] = (await issue()).split('.');
      return `${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`;
    },
  ],
  [
    'HS256 by the public key',
    async () => {
      const { x } = JSON.parse((await secrets.get('access-token-key')) ?? '') as JWK;
      return new SignJWT({ name: 'admin', role: 'OWNER', sid: 's' })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setSubject('a')
        .setIssuer('vpanel')
        .setAudience('vpanel-api')
        .setExpirationTime(NOW.getTime() / 1_000 + 60)
        .sign(Buffer.from(x ?? '', 'base64url'));
    },
  ],
  [
    'another role under the signature',
    async () => {
      const [header, payload = '', signature] = (await issue()).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      return `${header}.${part({ ...claims, role: 'OWNER' })}.${signature}`;
    },
  ],
  [
    'another key',
    async () => {
      const { privateKey } = await generateKeyPair('EdDSA');
      return new SignJWT({ name: 'admin', role: 'OWNER', sid: 's' })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
        .setSubject('a')
        .setIssuer('vpanel')
        .setAudience('vpanel-api')
        .setExpirationTime(NOW.getTime() / 1_000 + 60)
        .sign(privateKey);
    },
  ],
  ['another issuer', () => forged((jwt) => jwt.setIssuer('somebody'))],
  ['another audience', () => forged((jwt) => jwt.setAudience('somewhere'))],
  ['another type', () => forged((jwt) => jwt, { typ: 'JWT' })],
  ['an expiry in the past', () => forged((jwt) => jwt.setExpirationTime(NOW.getTime() / 1_000 - 6))],
  ['a role that is none', () => forged((jwt) => jwt, {}, { role: 'GOD' })],
  ['no session', () => forged((jwt) => jwt, {}, { sid: undefined })],
];

test.each(REFUSED)('[R10.1] a token with %s is refused', async (_what, token) => {
  expect(await tokens.verify(await token())).toBeUndefined();
});
