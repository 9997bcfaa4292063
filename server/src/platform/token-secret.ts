import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes: too many to guess, so a plain SHA-256 is hash enough to store. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Compares in constant time; false for an absent hash, after the same work. */
export function secretMatches(secret: string, storedHash: Buffer | null | undefined): boolean {
  const given = hashSecret(secret);
  const stored = storedHash?.length === given.length ? storedHash : undefined;
  return timingSafeEqual(given, stored ?? hashSecret('')) && stored !== undefined;
}

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A public part of a token, by which it is looked up and named in logs. */
export function newTokenId(length: number): string {
  const limit = 256 - (256 % ID_ALPHABET.length);
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < limit && id.length < length) id += ID_ALPHABET[byte % ID_ALPHABET.length];
    }
  }
  return id;
}
