import type { XrayState } from '../gql/graphql.js';
import { limitAfter } from '../backoff.js';

/*
 * The life of Xray under this agent. There is never a second launch before the first has ended.
 *
 *   unknown   no binary was found; looked for again every 30 s
 *   stopped   the operator has stopped it, or the agent is shutting down
 *   starting  testing the configuration, starting the process, waiting for its API
 *   running   the API has answered
 *   crashed   it ended by itself or could not be started; waiting before the next start
 *   stopping  told to end; `next` says what follows
 *
 *   unknown, stopped, crashed --start, restart--> starting
 *   unknown, crashed          --timeUp-->         starting
 *   unknown, crashed          --stop-->           stopped
 *   starting                  --ready-->          running
 *   starting                  --missing-->        unknown
 *   starting, running         --ended-->          crashed
 *   starting, running         --stop, restart-->  stopping
 *   stopping                  --ended, missing--> stopped or starting
 *   stopping                  --start, restart, stop--> stopping, with another `next`
 */
export type SupervisorState =
  | { name: 'unknown' }
  | { name: 'stopped' }
  | { name: 'starting'; failures: number }
  | { name: 'running'; failures: number; sinceMs: number }
  | { name: 'crashed'; failures: number }
  | { name: 'stopping'; next: 'stopped' | 'starting' };

export type SupervisorEvent =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'restart' }
  | { type: 'ready'; atMs: number }
  | { type: 'ended'; atMs: number }
  | { type: 'missing' }
  | { type: 'timeUp' };

export type SupervisorEffect =
  { type: 'launch' } | { type: 'end' } | { type: 'wait'; waitMs: number } | { type: 'cancelWait' };

export interface SupervisorStep {
  state: SupervisorState;
  effects: SupervisorEffect[];
}

export const RESTART_BACKOFF = { minMs: 1_000, firstLimitMs: 1_000, maxLimitMs: 60_000 };
export const STABLE_MS = 60_000;
export const LOOK_AGAIN_MS = 30_000;

export function nextSupervisor(state: SupervisorState, event: SupervisorEvent): SupervisorStep {
  const same = { state, effects: [] };
  switch (state.name) {
    case 'unknown':
    case 'stopped':
    case 'crashed':
      return fromRest(state, event) ?? same;
    case 'starting':
    case 'running':
      return fromActivity(state, event) ?? same;
    case 'stopping':
      return fromStopping(state.next, event) ?? same;
  }
}

function fromRest(state: SupervisorState & { name: 'unknown' | 'stopped' | 'crashed' }, event: SupervisorEvent) {
  switch (event.type) {
    case 'start':
    case 'restart':
      return launch(0, [{ type: 'cancelWait' }]);
    case 'timeUp':
      return state.name === 'stopped' ? undefined : launch(state.name === 'crashed' ? state.failures : 0);
    case 'stop':
      return step({ name: 'stopped' }, { type: 'cancelWait' });
    default:
      return undefined;
  }
}

function fromActivity(state: SupervisorState & { name: 'starting' | 'running' }, event: SupervisorEvent) {
  switch (event.type) {
    case 'ready':
      return step({ name: 'running', failures: state.failures, sinceMs: event.atMs });
    case 'missing':
      return step({ name: 'unknown' }, { type: 'wait', waitMs: LOOK_AGAIN_MS });
    case 'ended': {
      const stable = state.name === 'running' && event.atMs - state.sinceMs >= STABLE_MS;
      const failures = stable ? 1 : state.failures + 1;
      return step({ name: 'crashed', failures }, { type: 'wait', waitMs: limitAfter(failures, RESTART_BACKOFF) });
    }
    case 'stop':
      return step({ name: 'stopping', next: 'stopped' }, { type: 'end' });
    case 'restart':
      return step({ name: 'stopping', next: 'starting' }, { type: 'end' });
    default:
      return undefined;
  }
}

function fromStopping(next: 'stopped' | 'starting', event: SupervisorEvent) {
  switch (event.type) {
    case 'ended':
    case 'missing':
      return next === 'stopped' ? step({ name: 'stopped' }) : launch(0);
    case 'start':
    case 'restart':
      return step({ name: 'stopping', next: 'starting' });
    case 'stop':
      return step({ name: 'stopping', next: 'stopped' });
    default:
      return undefined;
  }
}

function launch(failures: number, before: SupervisorEffect[] = []): SupervisorStep {
  return step({ name: 'starting', failures }, ...before, { type: 'launch' });
}

function step(state: SupervisorState, ...effects: SupervisorEffect[]): SupervisorStep {
  return { state, effects };
}

/** What the panel is told. A planned restart takes a fraction of a second: between its two processes Xray is stopped. */
export function reportedState(state: SupervisorState): XrayState {
  switch (state.name) {
    case 'unknown':
      return 'UNKNOWN';
    case 'running':
    case 'stopping':
      return 'RUNNING';
    case 'crashed':
      return 'CRASHED';
    case 'stopped':
      return 'STOPPED';
    case 'starting':
      return state.failures > 0 ? 'CRASHED' : 'STOPPED';
  }
}
