import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { Link } from './link.js';
import type { LinkEvents } from './link.js';
import { PanelError } from './panel-error.js';
import type { PanelSocket } from './panel-socket.js';
import { ManualClock } from './support/manual-clock.js';

let clock: ManualClock;
let dialled: LinkEvents[];
let logged: { level: number; msg: string }[];
let calls: string[];
let registration: () => Promise<void>;
let link: Link;

beforeEach(() => {
  clock = new ManualClock();
  dialled = [];
  logged = [];
  calls = [];
  registration = async () => {};
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  link = new Link({
    dial: (events) => {
      dialled.push(events);
      return { close: () => calls.push('close') } as unknown as PanelSocket;
    },
    register: () => registration(),
    startWork: () => calls.push('start'),
    stopWork: () => calls.push('stop'),
    clock,
    random: () => 1,
    log,
  });
  link.start();
});

const refused = { code: 4403, reason: 'Forbidden' };
const lost = { code: 1006, reason: '' };
const errors = () => logged.filter(({ level }) => level >= 50);

test('[R3.1] a refused token is logged once, and tried every 5 minutes for as long as it takes', () => {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    dialled.at(-1)?.closed(refused);
    expect(clock.waiting).toEqual([300_000]);
    clock.pass(300_000);
    expect(dialled).toHaveLength(attempt + 1);
  }
  expect(errors()).toHaveLength(1);
  expect(errors()[0]?.msg).toContain('Create a new join token');
});

test('[R3.5] a lost connection is dialled again after its wait, and only once', () => {
  dialled[0]?.closed(lost);
  dialled[0]?.closed(lost);
  expect(clock.waiting).toEqual([1_000]);
  clock.pass(999);
  expect(dialled).toHaveLength(1);
  clock.pass(1);
  expect(dialled).toHaveLength(2);
});

test('what a connection that was replaced still says is not heard', async () => {
  dialled[0]?.closed(lost);
  clock.pass(1_000);
  dialled[0]?.opened();
  expect(link.state).toBe('connecting');
  dialled[1]?.opened();
  await expect.poll(() => link.state).toBe('live');
  dialled[0]?.closed(refused);
  expect(link.state).toBe('live');
});

test('[R3.7] registers once per start, also when the connection is lost later', async () => {
  let registrations = 0;
  registration = async () => void (registrations += 1);
  dialled[0]?.opened();
  await expect.poll(() => link.state).toBe('live');
  dialled[0]?.closed(lost);
  clock.pass(1_000);
  dialled[1]?.opened();
  expect(link.state).toBe('live');
  expect(registrations).toBe(1);
  expect(calls).toEqual(['start', 'stop', 'start']);
});

test.each([
  ['INTERNAL_SERVER_ERROR', 'backingOff', 1_000],
  ['UNAUTHENTICATED', 'refused', 300_000],
])('[R3.1] a registration that fails with %s ends in %s and does not spin', async (code, state, waitMs) => {
  registration = () => Promise.reject(new PanelError({ message: 'no', extensions: { code } }));
  dialled[0]?.opened();
  await expect.poll(() => link.state).toBe(state);
  expect(calls).toEqual(['close']);
  expect(clock.waiting).toEqual([waitMs]);
});

test('after the stop nothing is dialled any more', () => {
  dialled[0]?.closed(lost);
  link.stop();
  expect(clock.waiting).toEqual([]);
  expect(calls).toEqual(['close']);
});
