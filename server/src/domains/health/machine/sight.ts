import { DETACHED_AFTER_MS, HELPERS, HOLD_START_MS, WINDOW_MAX_MS } from './constants.js';
import type { KnownHelper, NodeState } from './node-state.js';
import { leaseMs, stretch, type HealthSettings } from './settings.js';

/** What the guard lets this node's machine do. */
export interface GuardView {
  /** all: thresholds decide; confirmed: another observer or the node itself must agree; none: nobody becomes UNHEALTHY. */
  verdicts: 'all' | 'confirmed' | 'none';
  /** Nodes that could be asked about this one. */
  helpersLeft: number;
}

/** Everything that a rule may look at. */
export interface Sight {
  state: NodeState;
  settings: HealthSettings;
  guard: GuardView;
  now: number;
  score: number;
}

const past = (atMs: number, now: number): number | null => (now >= atMs ? atMs : null);

/** Since when the agent's session is lost: closed, silent for longer than its lease, or never back after the panel's start. */
export function sessionLostSinceMs({ state, settings, now, score }: Sight): number | null {
  const { session } = state;
  switch (session.state) {
    case 'never':
      return null;
    case 'down':
      return session.sinceMs;
    case 'up':
      return past(session.heardAtMs + leaseMs(settings) * stretch(score), now);
    case 'awaited':
      return past(session.sinceMs + HOLD_START_MS, now);
  }
}

export const sessionUp = (sight: Sight): boolean =>
  sight.state.session.state === 'up' && sessionLostSinceMs(sight) === null;

/** The agent's own word that Xray does not run, unless it is too old to mean anything. */
export function xrayDown({ state: { xray }, now, score }: Sight): boolean {
  return xray !== null && xray.state !== 'RUNNING' && now - xray.atMs <= WINDOW_MAX_MS * stretch(score);
}

/** The newest round went well, and started after the node came into its state. */
export const goodRoundSince = ({ lastRound, sinceMs }: NodeState): boolean =>
  lastRound !== null && lastRound.good && lastRound.startedAtMs >= sinceMs;

/** Users are provably served: somebody has reached a port, and the panel has not missed it twice since. */
export function dataPathProved({ state: { proofAtMs, unproved }, now, score }: Sight): boolean {
  return proofAtMs !== null && unproved < 2 && now - proofAtMs <= WINDOW_MAX_MS * stretch(score);
}

/**
 * Since when the panel cannot steer the node: no session, or its ports answer the panel and its agent's API does not.
 * (If neither answers, it is the panel's path that is broken, not the node's control.)
 */
export function controlLostSinceMs(sight: Sight): number | null {
  const lost = sessionLostSinceMs(sight);
  if (lost !== null) return lost;
  const { agentApi: api, ...others } = sight.state.targets;
  const reachesPort = Object.values(others).some(
    ({ target, outcome }) => target.kind === 'proxyPort' && outcome === 'ok',
  );
  return api && api.outcome !== 'ok' && reachesPort ? api.sinceMs : null;
}

export function controlLostForLong(sight: Sight): boolean {
  const since = controlLostSinceMs(sight);
  return since !== null && sight.now - since >= DETACHED_AFTER_MS * stretch(sight.score);
}

const heardSinceFirstFail = (state: NodeState, { atMs }: KnownHelper): boolean =>
  state.firstFailAtMs !== null && atMs >= state.firstFailAtMs;

/** How many other nodes have tried since the trouble began and reached nothing; more than were asked do not count. */
export function nacks({ state, now }: Sight): number {
  const count = Object.values(state.helpers).filter(
    (helper) => helper.answer === 'nack' && heardSinceFirstFail(state, helper) && now - helper.atMs <= WINDOW_MAX_MS,
  ).length;
  return Math.min(HELPERS, count);
}

/** Observers, the panel among them, whose every attempt was refused: the host is there, and Xray is not. */
export function refusals({ state, now }: Sight): number {
  const ports = Object.values(state.targets).filter(({ target }) => target.kind === 'proxyPort');
  const panel = ports.length > 0 && ports.every(({ outcome }) => outcome === 'refused') ? 1 : 0;
  const others = Object.values(state.helpers).filter(
    (helper) =>
      helper.answer === 'nack' &&
      helper.ports.every(({ outcome }) => outcome === 'refused') &&
      heardSinceFirstFail(state, helper) &&
      now - helper.atMs <= WINDOW_MAX_MS,
  ).length;
  return panel + others;
}
