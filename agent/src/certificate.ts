import { X509Certificate, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** A new P-256 private key, PKCS #8 PEM. */
export function createKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

// ASN.1 in DER, as much of it as a PKCS #10 request needs. A library for X.509 costs 13 MB of memory in every agent.
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const SEQUENCE = 0x30;
const ATTRIBUTES = 0xa0;
const VERSION_1 = der(INTEGER, Buffer.from([0]));
const NO_SUBJECT = der(SEQUENCE);
/** Object identifier 1.2.840.10045.4.3.2. */
const ECDSA_WITH_SHA256 = der(SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'));

/** A PKCS #10 request for this key. Its subject is empty: the panel takes only the public key and chooses the names. */
export function createRequest(privateKeyPem: string): string {
  const publicKey = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' });
  const info = der(SEQUENCE, VERSION_1, NO_SUBJECT, publicKey, der(ATTRIBUTES));
  const signature = sign('sha256', info, createPrivateKey(privateKeyPem));
  const request = der(SEQUENCE, info, ECDSA_WITH_SHA256, der(BIT_STRING, Buffer.from([0]), signature));
  return pem('CERTIFICATE REQUEST', request);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...derLength(content.length)]), content]);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** SHA-256 of the SubjectPublicKeyInfo: what a join token pins. */
export function publicKeyDigest(certificatePem: string): Buffer {
  const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest();
}

/** When two thirds of the certificate's life are over: time to ask for the next one. */
export function renewalTime(certificatePem: string): number {
  const { validFrom, validTo } = new X509Certificate(certificatePem);
  const from = Date.parse(validFrom);
  return from + ((Date.parse(validTo) - from) * 2) / 3;
}
