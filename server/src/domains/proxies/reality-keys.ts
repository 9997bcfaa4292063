import 'reflect-metadata';
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { shadowsocksKeyBytes } from './accounts.js';
import type { ShadowsocksMethod } from './inbound.schema.js';
import { pemLines } from './inbound.spelling.js';

/** Both X25519, 32 bytes in base64url without padding, as `xray x25519` prints them. */
export interface RealityKeys {
  privateKey: string;
  /** For clients (pbk). */
  publicKey: string;
}

/** PEM, line by line, as an inbound holds it. */
export interface InlineCertificate {
  certificate: string[];
  key: string[];
}

const SHORT_ID_BYTES = 8;
/** What stands before the 32 bytes of an X25519 key in PKCS #8 (RFC 8410, section 7). */
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

export function generateRealityKeys(): RealityKeys {
  const { d = '', x = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  return { privateKey: d, publicKey: x };
}

/** The key that clients are given. Throws when the private key is not 32 bytes. */
export function realityPublicKey(privateKey: string): string {
  const raw = Buffer.from(privateKey, 'base64url');
  if (raw.length !== 32) throw new Error('a private key for REALITY is 32 bytes');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, raw]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'jwk' }).x ?? '';
}

export const generateShortIds = (count = 1): string[] =>
  Array.from({ length: count }, () => randomBytes(SHORT_ID_BYTES).toString('hex'));

export const generateShadowsocksKey = (method: ShadowsocksMethod): string =>
  randomBytes(shadowsocksKeyBytes(method)).toString('base64');

const HOUR_MS = 3_600_000;
/** Longer than this, Apple's systems refuse a certificate even when it is trusted by hand. */
const LIFE_MS = 825 * 24 * HOUR_MS;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** For those who have no domain name: clients know it by its fingerprint. `name` is a host name or an IP address. */
export async function selfSignedCertificate(name: string, now: Date): Promise<InlineCertificate> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: positiveSerial(),
      name: [{ CN: [name.slice(0, 64)] }],
      notBefore: new Date(now.getTime() - HOUR_MS),
      notAfter: new Date(now.getTime() + LIFE_MS - HOUR_MS),
      signingAlgorithm: SIGNING,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
        new x509.SubjectAlternativeNameExtension([{ type: isIP(name) ? 'ip' : 'dns', value: name }]),
      ],
    },
    webcrypto,
  );
  const key = createPrivateKey({
    key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    certificate: pemLines(certificate.toString('pem')),
    key: pemLines(key.export({ format: 'pem', type: 'pkcs8' }).toString()),
  };
}

function positiveSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f; // an integer in DER is signed
  return bytes.toString('hex');
}
