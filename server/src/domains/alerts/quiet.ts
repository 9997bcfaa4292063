const MINUTE_MS = 60_000;
/** Messages of one subject within this time make it flap; as long without any ends that. */
export const QUIET_MS = 15 * MINUTE_MS;
/** So many messages of one subject are sent within QUIET_MS; the next one makes it flap. */
export const MOST_IN_A_ROW = 4;

/** What is remembered of one subject on one channel. Times in milliseconds. */
export interface QuietState {
  /** When its newest messages were queued, oldest first. */
  recent: readonly number[];
  flappingSince: number | null;
  /** When something was last to be told of it. */
  lastAt: number;
}

/**
 * SEND: as it is. FLAPPING: it is held back, and a message that the subject flaps goes out in its stead. HOLD: held back.
 *
 * calm --(fewer than 4 within 15 min) SEND--> calm --(the 5th) FLAPPING--> flapping --(each) HOLD--> flapping
 * flapping --(15 min without any)--> calm; the newest that was held back is sent then, unless one more has come.
 */
export type Verdict = 'SEND' | 'FLAPPING' | 'HOLD';

export const isCalm = ({ lastAt }: QuietState, now: number): boolean => now - lastAt >= QUIET_MS;

export function nextQuiet(state: QuietState | undefined, now: number): { verdict: Verdict; state: QuietState } {
  const flappingSince = state && !isCalm(state, now) ? state.flappingSince : null;
  if (flappingSince !== null) return { verdict: 'HOLD', state: { recent: [], flappingSince, lastAt: now } };
  const recent = (state?.recent ?? []).filter((at) => now - at < QUIET_MS);
  if (recent.length < MOST_IN_A_ROW) {
    return { verdict: 'SEND', state: { recent: [...recent, now], flappingSince: null, lastAt: now } };
  }
  return { verdict: 'FLAPPING', state: { recent: [], flappingSince: now, lastAt: now } };
}
