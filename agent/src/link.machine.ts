import { waitAfter } from './backoff.js';

/*
 * The agent's connection to the panel.
 *
 *   connecting   dialling, TLS, connection_init
 *   registering  connected; registerAgent is on its way (once per start of the agent)
 *   live         reports flow, commands arrive
 *   backingOff   waiting before the next attempt
 *   refused      the panel does not want this token: tell the operator once, try again rarely
 *   stopped      the agent is shutting down
 *
 *   connecting  --opened-->      registering, or live when registered already
 *   registering --registered-->  live
 *   any         --closed-->      backingOff; refused after 4403; backingOff for a minute after 4410
 *   backingOff  --timeUp-->      connecting
 *   refused     --timeUp-->      connecting
 *   any         --stop-->        stopped
 */
export type LinkState =
  | { name: 'connecting' }
  | { name: 'registering' }
  | { name: 'live'; sinceMs: number }
  | { name: 'backingOff'; waitMs: number }
  | { name: 'refused' }
  | { name: 'stopped' };

/** What outlives a single state. */
export interface LinkMemory {
  /** Attempts since the last connection that was stable. */
  failures: number;
  /** registerAgent has succeeded since the start of the agent. */
  registered: boolean;
  /** The operator knows that the token is refused. */
  toldRefused: boolean;
}

export type LinkEvent =
  | { type: 'opened'; atMs: number }
  | { type: 'registered'; atMs: number }
  | { type: 'closed'; atMs: number; code: number; reason: string; random: number }
  | { type: 'timeUp' }
  | { type: 'stop' };

export type LinkEffect =
  | { type: 'dial' }
  | { type: 'register' }
  | { type: 'startWork' }
  | { type: 'stopWork' }
  | { type: 'wait'; waitMs: number }
  | { type: 'cancelWait' }
  | { type: 'tellRefused' }
  | { type: 'logLost'; reason: string; waitMs: number }
  | { type: 'hangUp' };

export interface Link {
  state: LinkState;
  memory: LinkMemory;
}

export interface LinkStep extends Link {
  effects: LinkEffect[];
}

export const CLOSE_REFUSED = 4403;
export const CLOSE_TAKEN_OVER = 4410;
export const BACKOFF = { minMs: 500, firstLimitMs: 1_000, maxLimitMs: 30_000 };
export const REFUSED_WAIT_MS = 5 * 60_000;
export const TAKEN_OVER_WAIT_MS = 60_000;
export const STABLE_MS = 60_000;

export const initialLink: Link = {
  state: { name: 'connecting' },
  memory: { failures: 0, registered: false, toldRefused: false },
};

export function nextLink(link: Link, event: LinkEvent): LinkStep {
  const { state, memory } = link;
  if (state.name === 'stopped') return { ...link, effects: [] };
  switch (event.type) {
    case 'opened':
      if (state.name !== 'connecting') return { ...link, effects: [] };
      return memory.registered
        ? goLive(memory, event.atMs)
        : { state: { name: 'registering' }, memory, effects: [{ type: 'register' }] };
    case 'registered':
      return state.name === 'registering'
        ? goLive({ ...memory, registered: true }, event.atMs)
        : { ...link, effects: [] };
    case 'closed':
      return closed(link, event);
    case 'timeUp':
      if (state.name !== 'backingOff' && state.name !== 'refused') return { ...link, effects: [] };
      return { state: { name: 'connecting' }, memory, effects: [{ type: 'dial' }] };
    case 'stop':
      return {
        state: { name: 'stopped' },
        memory,
        effects: [{ type: 'cancelWait' }, ...leave(state), { type: 'hangUp' }],
      };
  }
}

function goLive(memory: LinkMemory, atMs: number): LinkStep {
  return {
    state: { name: 'live', sinceMs: atMs },
    memory: { ...memory, toldRefused: false },
    effects: [{ type: 'startWork' }],
  };
}

function closed({ state, memory }: Link, event: LinkEvent & { type: 'closed' }): LinkStep {
  if (state.name === 'backingOff' || state.name === 'refused') return { state, memory, effects: [] };
  if (event.code === CLOSE_REFUSED) {
    const tell: LinkEffect[] = memory.toldRefused ? [] : [{ type: 'tellRefused' }];
    const effects: LinkEffect[] = [...leave(state), ...tell, { type: 'wait', waitMs: REFUSED_WAIT_MS }];
    return { state: { name: 'refused' }, memory: { ...memory, toldRefused: true }, effects };
  }
  const stable = state.name === 'live' && event.atMs - state.sinceMs >= STABLE_MS;
  const failures = stable ? 1 : memory.failures + 1;
  const waitMs = event.code === CLOSE_TAKEN_OVER ? TAKEN_OVER_WAIT_MS : waitAfter(failures, BACKOFF, event.random);
  return {
    state: { name: 'backingOff', waitMs },
    memory: { ...memory, failures },
    effects: [
      ...leave(state),
      { type: 'logLost', reason: `${event.reason || 'closed'} (${event.code})`, waitMs },
      { type: 'wait', waitMs },
    ],
  };
}

function leave(state: LinkState): LinkEffect[] {
  return state.name === 'live' ? [{ type: 'stopWork' }] : [];
}
