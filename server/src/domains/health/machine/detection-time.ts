import { EXPLICIT_WINDOW_MS, HELPERS } from './constants.js';
import { confirmEveryMs, leaseMs, stretch, type HealthSettings } from './settings.js';
import { windowMs } from './verdict.js';

/** Between the end of the world and the word for it, at the earliest and at the latest. */
export interface DetectionTime {
  minMs: number;
  maxMs: number;
}

/** Rounds and reports are spread by a tenth to either side, and a tick may come a second late. */
const JITTER = 0.1;
const TICK_MS = 1_000;

/**
 * How long a node is dead before it is UNHEALTHY when it simply falls silent: what notices first, the end of the
 * session's lease or a round of probes, and from then on the longer of the window and the rounds that must fail.
 * With no trouble at the panel itself, and with `helpers` other nodes that answer.
 */
export function silentDetection(settings: HealthSettings, helpers: number = HELPERS, score = 0): DetectionTime {
  const { intervalMs, heartbeatMs, timeoutMs, unhealthyAfter } = settings;
  const factor = stretch(score);
  const lease = leaseMs(settings) * factor;
  const timeout = timeoutMs * factor;
  // At the earliest a round starts right after the death and the last report was nearly due to be followed by the next.
  const leaseEndsAtFirst = lease - heartbeatMs * (1 + JITTER);
  const roundFailsAtFirst = timeout;
  const roundFailsAtLast = intervalMs * (1 + JITTER) + timeout;
  // The helpers need their time-out too before they can say no.
  const heldMs = Math.max(windowMs(Math.min(HELPERS, helpers)) * factor, timeout);

  const held = (rounds: number, pace: number) => Math.max(heldMs, roundsMs(settings, rounds, timeout, pace));
  // A round that is under way when the lease ends is followed by the next at once: it may spare one pace.
  const afterRoundAtFirst = held(unhealthyAfter - 1, 1 - JITTER);
  return {
    minMs: Math.min(roundFailsAtFirst, leaseEndsAtFirst) + afterRoundAtFirst,
    maxMs: Math.min(lease, roundFailsAtLast) + held(unhealthyAfter, 1 + JITTER) + TICK_MS,
  };
}

/** The same when the agent lives and says that Xray has exited: its word is the first of the failures. */
export function explicitDetection(settings: HealthSettings, score = 0): DetectionTime {
  const factor = stretch(score);
  const rounds = Math.max(1, settings.unhealthyAfter - 1);
  const windowLengthMs = EXPLICIT_WINDOW_MS * factor;
  // A round that is under way when Xray exits is followed by the next at once. The ports refuse at once; a host that drops instead makes each round last its time-out.
  return {
    minMs: Math.max(windowLengthMs, roundsMs(settings, rounds - 1, 0, 1 - JITTER)),
    maxMs: Math.max(windowLengthMs, roundsMs(settings, rounds, settings.timeoutMs * factor, 1 + JITTER)) + TICK_MS,
  };
}

/** From the start of a suspicion until so many rounds have failed: the first at once, each after a pace or when the one before it ends. */
function roundsMs(settings: HealthSettings, rounds: number, timeout: number, pace: number): number {
  if (rounds <= 0) return 0;
  return (rounds - 1) * Math.max(confirmEveryMs(settings) * pace, timeout) + timeout;
}

/** For people: "31 to 47 s". */
export function inSeconds({ minMs, maxMs }: DetectionTime): string {
  return `${Math.floor(minMs / 1_000)} to ${Math.ceil(maxMs / 1_000)} s`;
}
