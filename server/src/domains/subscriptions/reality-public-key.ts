import { createPrivateKey, createPublicKey } from 'node:crypto';

/** What precedes the 32 bytes of an X25519 key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The public half of a REALITY key, base64url without padding like the private one. */
export function realityPublicKey(privateKey: string): string {
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.from(privateKey, 'base64url')]);
  const { x } = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' });
  return x ?? '';
}
