import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { SecretBox } from '../../platform/secret-box.js';
import type { Credentials } from '../proxies/index.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** 16 bytes: as many as the UUID has. */
const PASSWORD_BYTES = 16;
const TOKEN_BYTES = 24;

export const newCredentials = (): Credentials => ({
  uuid: randomUUID(),
  password: randomBytes(PASSWORD_BYTES).toString('base64url'),
});

/** What identifies a user to Xray: VLESS does not look at bytes 6 and 7 of a UUID, so two that differ there alone are one. */
export function credentialKey({ uuid }: Credentials): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  bytes.fill(0, 6, 8);
  return createHash('sha256').update(bytes).digest();
}

/** Trojan and Shadowsocks know a user by the password alone. */
export const passwordKey = ({ password }: Credentials): Buffer =>
  createHash('sha256').update(`vpanel-password\n${password}`).digest();

/** The secret part of a subscription link. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** The two numbers that a user adds to the revision of a node (docs/agent-protocol.md, "Revisions"), as signed 64 bits. */
export function userDigest(id: string, { uuid, password }: Credentials): [a: bigint, b: bigint] {
  const digest = createHash('sha256').update(`${id}\n${uuid}\n${password}`).digest();
  return [digest.readBigInt64BE(0), digest.readBigInt64BE(8)];
}

/** Credentials as they are stored: sealed, and bound to their user. */
export class CredentialStore {
  constructor(private readonly box: SecretBox) {}

  seal(userId: string, { uuid, password }: Credentials): Buffer {
    return this.box.seal(JSON.stringify([uuid, password]), `user:${userId}`);
  }

  open(userId: string, sealed: Buffer): Credentials {
    const [uuid, password] = JSON.parse(this.box.open(sealed, `user:${userId}`)) as [string, string];
    return { uuid, password };
  }

  sealToken(userId: string, token: string): Buffer {
    return this.box.seal(token, `subscription:${userId}`);
  }

  openToken(userId: string, sealed: Buffer): string {
    return this.box.open(sealed, `subscription:${userId}`);
  }
}

export const isUserUuid = (text: string): boolean => UUID.test(text);
