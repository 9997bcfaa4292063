import { CONFIRM_MS, HEARTBEAT_MS, LEASE_HEARTBEATS, LEASE_MS, RECOVER_MS } from './constants.js';

/** What an operator sets, and the pace at which agents report. */
export interface HealthSettings {
  /** Between two rounds of probes of a healthy node. */
  intervalMs: number;
  /** For one attempt. */
  timeoutMs: number;
  /** Failures in a row before UNHEALTHY. */
  unhealthyAfter: number;
  /** Successes in a row before HEALTHY again. */
  healthyAfter: number;
  /** Between two reports of an agent. */
  heartbeatMs: number;
}

export const HEALTH_BOUNDS = {
  intervalMs: { min: 5_000, max: 3_600_000, default: 30_000 },
  /** 4 s covers SYNs at 0, 1, 2 and 3 s (tcp_syn_linear_timeouts of new kernels) and at 0, 1 and 3 s of older ones. */
  timeoutMs: { min: 1_000, max: 30_000, default: 4_000 },
  unhealthyAfter: { min: 1, max: 10, default: 3 },
  healthyAfter: { min: 1, max: 10, default: 2 },
  heartbeatMs: { min: 1_000, max: 300_000, default: HEARTBEAT_MS },
} as const satisfies Record<keyof HealthSettings, { min: number; max: number; default: number }>;

/** Within the bounds, with defaults for what is absent or no number; a time-out never outlasts the interval. */
export function boundedSettings(settings: Partial<HealthSettings> = {}): HealthSettings {
  const bounded = (name: keyof HealthSettings): number => {
    const { min, max, default: otherwise } = HEALTH_BOUNDS[name];
    const value = settings[name];
    return value === undefined || Number.isNaN(value) ? otherwise : Math.min(max, Math.max(min, value));
  };
  const intervalMs = bounded('intervalMs');
  return {
    intervalMs,
    timeoutMs: Math.min(bounded('timeoutMs'), intervalMs),
    unhealthyAfter: Math.round(bounded('unhealthyAfter')),
    healthyAfter: Math.round(bounded('healthyAfter')),
    heartbeatMs: bounded('heartbeatMs'),
  };
}

/** For how long a session counts as alive after its last word. */
export const leaseMs = ({ heartbeatMs }: HealthSettings): number => Math.max(LEASE_MS, LEASE_HEARTBEATS * heartbeatMs);

export const confirmEveryMs = ({ intervalMs }: HealthSettings): number => Math.min(CONFIRM_MS, intervalMs);
export const recoverEveryMs = ({ intervalMs }: HealthSettings): number => Math.min(RECOVER_MS, intervalMs);

/** A panel that does not trust itself gives others more time: every time-out and window times 1 + score. */
export const stretch = (score: number): number => 1 + score;
export const probeTimeoutMs = (settings: HealthSettings, score: number): number => settings.timeoutMs * stretch(score);
