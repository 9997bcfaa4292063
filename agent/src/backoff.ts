/** Random waiting times under a limit that doubles: many agents that lost one panel do not come back in step. */
export interface BackoffPolicy {
  minMs: number;
  firstLimitMs: number;
  maxLimitMs: number;
}

export function limitAfter(failures: number, { firstLimitMs, maxLimitMs }: BackoffPolicy): number {
  return Math.min(maxLimitMs, firstLimitMs * 2 ** Math.min(failures - 1, 20));
}

/** "Full jitter"; random is a number from 0 to 1. */
export function waitAfter(failures: number, policy: BackoffPolicy, random: number): number {
  return Math.round(policy.minMs + random * (limitAfter(failures, policy) - policy.minMs));
}
