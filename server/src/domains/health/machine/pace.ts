import { CONFIRM_FOR_MS, GRACE_MS, HOLD_START_MS } from './constants.js';
import type { NodeState } from './node-state.js';
import { HEALTH_BOUNDS, confirmEveryMs, leaseMs, recoverEveryMs, stretch, type HealthSettings } from './settings.js';

/** How often the panel looks at a node; null: not at all. The caller adds jitter of a tenth, so that a fleet spreads out. */
export function probeEveryMs(state: NodeState, settings: HealthSettings, now: number): number | null {
  if (state.mode === 'DISABLED') return null;
  switch (state.health) {
    case 'HEALTHY':
      return settings.intervalMs;
    case 'UNKNOWN':
      // Somebody waits in front of the screen for a node that has just joined.
      return state.session.state === 'up' ? confirmEveryMs(settings) : settings.intervalMs;
    case 'SUSPECT':
      return now - state.sinceMs < CONFIRM_FOR_MS
        ? confirmEveryMs(settings)
        : Math.min(settings.intervalMs, HEALTH_BOUNDS.intervalMs.default);
    case 'DETACHED':
      return state.unproved > 0 ? confirmEveryMs(settings) : recoverEveryMs(settings);
    case 'UNHEALTHY':
    case 'RECOVERING':
      return recoverEveryMs(settings);
  }
}

/**
 * When a tick could change anything next, should no evidence come before. A SUSPECT node is looked at each second; for
 * the others only the end of a lease, of the grace or of the damping comes by itself. With 10,000 nodes that spares
 * nearly all of 10,000 ticks a second.
 */
export function nextTickAtMs(state: NodeState, settings: HealthSettings, now: number, score: number): number {
  const inASecond = now + 1_000;
  if (state.mode === 'DISABLED') return Infinity;
  if (state.health === 'SUSPECT' || state.damped) return inASecond;
  const { session } = state;
  const moments = [
    session.state === 'up' ? session.heardAtMs + leaseMs(settings) * stretch(score) : -Infinity,
    session.state === 'awaited' ? session.sinceMs + HOLD_START_MS : -Infinity,
    state.health === 'UNKNOWN' ? state.graceFromMs + GRACE_MS * stretch(score) : -Infinity,
    state.health === 'RECOVERING' && session.state !== 'up' ? inASecond : -Infinity,
  ];
  return Math.min(...moments.filter((moment) => moment > now));
}
