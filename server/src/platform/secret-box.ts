import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals secrets before they go into the database: whoever reads the database alone learns none of them. */
export class SecretBox {
  private readonly key: Buffer;

  /** `secret` is any text of 32 characters or more; the key is its SHA-256. */
  constructor(secret: string) {
    this.key = createHash('sha256').update(secret).digest();
  }

  /** Answers nonce, tag and cipher text in one buffer. `label` binds the result to the place it is stored at. */
  seal(plain: string, label: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(label));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the key is another one, or when the sealed text was altered or moved. */
  open(sealed: Buffer, label: string): string {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(label)).setAuthTag(tag);
    return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
