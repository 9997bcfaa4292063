import { badInput, type FieldProblem } from '../../platform/errors.js';

/** A sample as an agent reports it. Ratios run from 0 to 1, rates are bytes per second. */
export interface Sample {
  at: Date;
  cpu: number;
  memory: number;
  disk: number;
  loadAverage: number;
  uplinkRate: number;
  downlinkRate: number;
  connections: number;
  onlineUsers: number;
  xrayState: string;
  configRevision?: string | null;
  xrayVersion?: string | null;
  xrayStartedAt?: Date | null;
  xrayError?: string | null;
}

export const MOST_SAMPLES = 360;
const LONGEST_TEXT = 128;
const LONGEST_ERROR = 500;
/** A clock that is wrong by more than this would spoil the history. */
const FUTURE_MS = 10 * 60_000;
export const OLDEST_SAMPLE_MS = 25 * 3_600_000;

const RATIOS = ['cpu', 'memory', 'disk'] as const;
const AMOUNTS = ['loadAverage', 'uplinkRate', 'downlinkRate', 'connections', 'onlineUsers'] as const;

/** Throws BAD_USER_INPUT with every wrong field. */
export function validateSamples(samples: readonly Sample[], now: Date): void {
  const problems: FieldProblem[] = [];
  if (samples.length < 1 || samples.length > MOST_SAMPLES) {
    throw badInput([{ path: 'samples', message: `must be 1 to ${MOST_SAMPLES}` }]);
  }
  samples.forEach((sample, index) => {
    const wrong = (field: keyof Sample, message: string) =>
      problems.push({ path: `samples.${index}.${field}`, message });
    for (const field of RATIOS) if (!(sample[field] >= 0 && sample[field] <= 1)) wrong(field, 'must be 0 to 1');
    for (const field of AMOUNTS) if (!(sample[field] >= 0 && sample[field] < 1e15)) wrong(field, 'must be 0 or more');
    const ageMs = now.getTime() - sample.at.getTime();
    if (ageMs < -FUTURE_MS) wrong('at', "is in the future: the node's clock is wrong");
    if (ageMs > OLDEST_SAMPLE_MS) wrong('at', 'is older than 25 hours');
    const startedAtMs = sample.xrayStartedAt?.getTime();
    if (startedAtMs !== undefined && !(startedAtMs >= 0 && startedAtMs - now.getTime() <= FUTURE_MS)) {
      wrong('xrayStartedAt', 'is in the future or before 1970');
    }
    for (const field of ['configRevision', 'xrayVersion', 'xrayError'] as const) {
      const longest = field === 'xrayError' ? LONGEST_ERROR : LONGEST_TEXT;
      if ((sample[field]?.length ?? 0) > longest) wrong(field, `must be at most ${longest} characters`);
      // PostgreSQL would refuse it, and with it the samples of the other nodes in the same batch.
      if (sample[field]?.includes('\0')) wrong(field, 'must not contain the character NUL');
    }
  });
  if (problems.length > 0) throw badInput(problems.slice(0, 20));
}
