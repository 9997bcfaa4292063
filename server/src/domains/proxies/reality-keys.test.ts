import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { certificateFacts, certificateFingerprint } from './certificate-facts.js';
import {
  generateRealityKeys,
  generateShadowsocksKey,
  generateShortIds,
  realityPublicKey,
  selfSignedCertificate,
} from './reality-keys.js';

const NOW = new Date('2026-08-01T12:00:00Z');

test('a pair is made of the key and what follows from it', () => {
  const { privateKey, publicKey } = generateRealityKeys();
  expect(privateKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(publicKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(realityPublicKey(privateKey)).toBe(publicKey);
  expect(generateRealityKeys().privateKey).not.toBe(privateKey);
});

test.each(['', 'x', 'A'.repeat(42), 'A'.repeat(44)])('%j has no public key', (privateKey) => {
  expect(() => realityPublicKey(privateKey)).toThrow('32 bytes');
});

test('short ids are of full length and different', () => {
  expect(generateShortIds()).toHaveLength(1);
  const ids = generateShortIds(8);
  expect(new Set(ids).size).toBe(8);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  ['2022-blake3-aes-128-gcm', 16],
  ['2022-blake3-aes-256-gcm', 32],
] as const)('a key for %s has %i bytes', (method, bytes) => {
  const key = generateShadowsocksKey(method);
  expect(Buffer.from(key, 'base64')).toHaveLength(bytes);
  expect(Buffer.from(key, 'base64').toString('base64')).toBe(key);
  expect(generateShadowsocksKey(method)).not.toBe(key);
});

test.each(['proxy.example.com', '192.0.2.7', '2001:db8::7', `${'a'.repeat(60)}.example.com`])(
  'a certificate for %s of its own',
  async (name) => {
    const { certificate, key } = await selfSignedCertificate(name, NOW);
    expect(certificate.at(0)).toBe('-----BEGIN CERTIFICATE-----');
    expect(key.at(-1)).toBe('-----END PRIVATE KEY-----');
    const facts = certificateFacts(certificate);
    expect(facts).toMatchObject({ selfSigned: true, notBefore: new Date('2026-08-01T11:00:00Z') });
    expect(facts?.notAfter).toEqual(new Date('2028-11-03T11:00:00Z')); // 825 days
    const parsed = new X509Certificate(certificate.join('\n'));
    const covers = name.includes(':') || /^[\d.]+$/.test(name) ? parsed.checkIP(name) : parsed.checkHost(name);
    expect(covers).toBe(name);
    expect(parsed.ca).toBe(false);
    expect(certificateFingerprint(certificate)).toBe(parsed.fingerprint256.replaceAll(':', '').toLowerCase());
  },
);
