import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id at 19 MiB and two passes (OWASP's minimum; the library's default algorithm is argon2id). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MOST_AT_ONCE = 2;
const LONGEST_PASSWORD = 256;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

/** Shown once at the first start: 20 characters without those that are easily confused. */
export function generatePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const limit = 256 - (256 % alphabet.length);
  let password = '';
  while (password.length < 20) {
    for (const byte of randomBytes(32)) {
      if (byte < limit && password.length < 20) password += alphabet[byte % alphabet.length];
    }
  }
  return password;
}

/** Checks passwords with the same work whether the name exists or not, and never more than two at once. */
export class PasswordChecker {
  private readonly decoy = hashPassword(generatePassword());
  private readonly waiting: (() => void)[] = [];
  private active = 0;

  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    await this.enter();
    try {
      const given = password.slice(0, LONGEST_PASSWORD);
      const fits = await verify(passwordHash ?? (await this.decoy), given);
      return fits && passwordHash !== undefined && password.length <= LONGEST_PASSWORD;
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.active >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.active += 1;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.active -= 1;
  }
}
