import { expect, it } from 'vitest';
import { hasLapsed, isJoined, type Onboarding, stepsOf } from './onboarding';

const AT = '2026-01-01T00:00:00Z';
const NOTHING: Onboarding = {
  joinTokenExpiresAt: '2026-01-01T01:00:00Z',
  tokenUsedAt: null,
  tlsVerifiedAt: null,
  registeredAt: null,
  xrayStartedAt: null,
  firstMetricsAt: null,
  problem: null,
};
const states = (onboarding: Onboarding) => stepsOf(onboarding).map(({ state }) => state);

it('[R1.1] waits at the first step that is not done', () => {
  expect(states(NOTHING)).toEqual(['active', 'waiting', 'waiting', 'waiting', 'waiting']);
  expect(states({ ...NOTHING, tokenUsedAt: AT, tlsVerifiedAt: AT })).toEqual([
    'done',
    'done',
    'active',
    'waiting',
    'waiting',
  ]);
});

it('[R1.1] shows a refusal at the step where the node was refused', () => {
  expect(states({ ...NOTHING, tokenUsedAt: AT, problem: 'wrong CA' })).toEqual([
    'done',
    'failed',
    'waiting',
    'waiting',
    'waiting',
  ]);
});

it('[R1.1] is done when the first metrics are there', () => {
  const done = {
    ...NOTHING,
    tokenUsedAt: AT,
    tlsVerifiedAt: AT,
    registeredAt: AT,
    xrayStartedAt: AT,
    firstMetricsAt: AT,
  };
  expect(isJoined(done)).toBe(true);
  expect(isJoined({ ...done, firstMetricsAt: null })).toBe(false);
});

it('[R1.2] knows a token that has lapsed from one that was used in time', () => {
  const later = Date.parse('2026-01-01T02:00:00Z');
  expect(hasLapsed(NOTHING, later)).toBe(true);
  expect(hasLapsed(NOTHING, Date.parse(AT))).toBe(false);
  expect(hasLapsed({ ...NOTHING, tokenUsedAt: AT }, later)).toBe(false);
});
