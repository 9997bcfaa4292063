import { X509Certificate, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKey, createRequest, publicKeyDigest, renewalTime } from './certificate.js';
import { TestAuthority } from './support/certificates.js';

test('[R3.7] the request is valid PKCS #10 and carries the public key of the node', async () => {
  const key = createKey();
  const authority = await TestAuthority.create();
  const certificate = await authority.issueFor(createRequest(key), { commonName: 'node', usage: 'serverAuth' });
  const expected = createPublicKey(key).export({ type: 'spki', format: 'der' });
  expect(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })).toEqual(expected);
});

test('the digest of an authority is the one that the join token pins', async () => {
  const authority = await TestAuthority.create();
  expect(publicKeyDigest(authority.pem)).toEqual(authority.pin);
});

test('[R3.7] a certificate is renewed when two thirds of its life are over', async () => {
  const authority = await TestAuthority.create();
  const notBefore = new Date('2026-01-01T00:00:00Z');
  const notAfter = new Date('2026-04-01T00:00:00Z');
  const { cert } = await authority.issue({ commonName: 'node', usage: 'serverAuth', notBefore, notAfter });
  expect(new Date(renewalTime(cert)).toISOString()).toBe('2026-03-02T00:00:00.000Z');
});
