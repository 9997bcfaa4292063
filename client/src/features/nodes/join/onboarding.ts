import type { NodeStateFragment } from '../../../graphql/gen/graphql';

export type Onboarding = NodeStateFragment['onboarding'];
export type StepState = 'done' | 'active' | 'waiting' | 'failed';

export const STEPS = [
  { id: 'token', time: 'tokenUsedAt' },
  { id: 'tls', time: 'tlsVerifiedAt' },
  { id: 'registered', time: 'registeredAt' },
  { id: 'xray', time: 'xrayStartedAt' },
  { id: 'metrics', time: 'firstMetricsAt' },
] as const;

export interface Step {
  id: (typeof STEPS)[number]['id'];
  state: StepState;
  at: string | null;
}

/** The first step that is not done is where the node is now, or where it was refused. */
export function stepsOf(onboarding: Onboarding): Step[] {
  const current = STEPS.findIndex(({ time }) => !onboarding[time]);
  return STEPS.map(({ id, time }, index) => {
    const at = onboarding[time] ?? null;
    if (at) return { id, state: 'done', at };
    if (index !== current) return { id, state: 'waiting', at };
    return { id, state: onboarding.problem ? 'failed' : 'active', at };
  });
}

export const isJoined = (onboarding: Onboarding) => STEPS.every(({ time }) => onboarding[time]);

/** A token that was used is spent, whatever its end said. */
export function hasLapsed({ joinTokenExpiresAt, tokenUsedAt }: Onboarding, now: number): boolean {
  return !tokenUsedAt && joinTokenExpiresAt != null && Date.parse(joinTokenExpiresAt) <= now;
}
