import { UserStatus } from './user.types.js';

export interface StatusFacts {
  /** Switched off by an administrator. */
  disabled: boolean;
  expiresAt: Date | null;
  /** Bytes; null is unlimited. */
  dataLimit: bigint | null;
  dataUsed: bigint;
}

/** What a user is, given the facts: what an administrator has decided comes before what time and traffic have done. */
export function userStatus({ disabled, expiresAt, dataLimit, dataUsed }: StatusFacts, now: Date): UserStatus {
  if (disabled) return UserStatus.DISABLED;
  if (expiresAt && expiresAt <= now) return UserStatus.EXPIRED;
  if (dataLimit !== null && dataUsed >= dataLimit) return UserStatus.LIMITED;
  return UserStatus.ACTIVE;
}
