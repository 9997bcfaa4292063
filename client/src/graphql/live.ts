import { createClient } from 'graphql-ws';
import { accessToken, isLapsing, refreshSession, session } from './session';
import { createStore, useStore } from './store';

/**
 * The one WebSocket of the page.
 *
 * connecting   -> live          first acknowledgement
 * live         -> reconnecting  the socket closed
 * reconnecting -> live          acknowledged again: what is on screen is read anew, since events were missed meanwhile
 * any          -> offline       the browser says that there is no network
 */
export type LiveState =
  { state: 'connecting' } | { state: 'live' } | { state: 'reconnecting'; retryAt: number } | { state: 'offline' };

export const live = createStore<LiveState>({ state: 'connecting' });
export const useLive = () => useStore(live);
/** True while what is shown may be old. */
export const useStale = () => ['reconnecting', 'offline'].includes(useLive().state);

const FORBIDDEN = 4403;
const LONGEST_WAIT_MS = 30_000;

const onReconnect = new Set<() => void>();

/** Calls back after each reconnection; returns how to stop. */
export function whenReconnected(callback: () => void): () => void {
  onReconnect.add(callback);
  return () => onReconnect.delete(callback);
}

export function retryDelayMs(retries: number, random = Math.random()): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(retries, 10));
  return Math.round(ceiling * (0.5 + random / 2));
}

/** Waits out the delay, or less when the network comes back or the user asks. */
async function waitBeforeRetry(retries: number): Promise<void> {
  const delay = retryDelayMs(retries);
  if (navigator.onLine) live.set({ state: 'reconnecting', retryAt: Date.now() + delay });
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, delay);
    function done() {
      clearTimeout(timer);
      removeEventListener('online', done);
      hurry = undefined;
      resolve();
    }
    hurry = done;
    addEventListener('online', done);
  });
}

let hurry: (() => void) | undefined;
export const reconnectNow = () => hurry?.();

let acknowledgedBefore = false;
let tokenRefused = false;

export const socket = createClient({
  url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
  lazy: true,
  lazyCloseTimeout: 3_000,
  keepAlive: 10_000,
  retryAttempts: Infinity,
  shouldRetry: () => true,
  retryWait: waitBeforeRetry,
  async connectionParams() {
    if (tokenRefused || isLapsing()) await refreshSession();
    tokenRefused = false;
    return { authorization: `Bearer ${accessToken() ?? ''}` };
  },
  on: {
    connected() {
      live.set({ state: 'live' });
      if (acknowledgedBefore) for (const callback of onReconnect) callback();
      acknowledgedBefore = true;
    },
    closed(event) {
      const { code, wasClean } = event as CloseEvent;
      tokenRefused = code === FORBIDDEN;
      const closedByUs = code === 1000 && wasClean;
      if (!closedByUs)
        live.set(navigator.onLine ? { state: 'reconnecting', retryAt: Date.now() } : { state: 'offline' });
    },
  },
});

/** The next sign-in must not find a socket that still speaks for the person before. */
session.subscribe(() => {
  if (session.get().state !== 'signed-out') return;
  acknowledgedBefore = false;
  live.set({ state: 'connecting' });
  socket.terminate();
});

if (typeof addEventListener === 'function') {
  addEventListener('offline', () => live.set({ state: 'offline' }));
}
