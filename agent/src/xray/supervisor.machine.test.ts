import { expect, test } from 'vitest';
import { nextSupervisor, reportedState } from './supervisor.machine.js';
import type { SupervisorEvent, SupervisorState } from './supervisor.machine.js';

const starting: SupervisorState = { name: 'starting', failures: 0 };
const running: SupervisorState = { name: 'running', failures: 0, sinceMs: 0 };
const crashed: SupervisorState = { name: 'crashed', failures: 2 };
const toStop: SupervisorState = { name: 'stopping', next: 'stopped' };
const toStart: SupervisorState = { name: 'stopping', next: 'starting' };
const ended = (atMs = 0): SupervisorEvent => ({ type: 'ended', atMs });

test.each<[string, SupervisorState, SupervisorEvent, string, string[]]>([
  ['starts from rest', { name: 'stopped' }, { type: 'start' }, 'starting', ['cancelWait', 'launch']],
  ['is running when the API answers', starting, { type: 'ready', atMs: 0 }, 'running', []],
  ['waits before the next start after a crash', running, ended(), 'crashed', ['wait']],
  ['starts again after the wait', crashed, { type: 'timeUp' }, 'starting', ['launch']],
  [
    'starts at once when the operator asks during the wait',
    crashed,
    { type: 'start' },
    'starting',
    ['cancelWait', 'launch'],
  ],
  ['waits for a binary', starting, { type: 'missing' }, 'unknown', ['wait']],
  ['looks for the binary again', { name: 'unknown' }, { type: 'timeUp' }, 'starting', ['launch']],
  ['ends the process when stopped', running, { type: 'stop' }, 'stopping', ['end']],
  ['gives up waiting when stopped', crashed, { type: 'stop' }, 'stopped', ['cancelWait']],
  ['rests when the process has ended', toStop, ended(), 'stopped', []],
  ['restarts only after the old process has ended', running, { type: 'restart' }, 'stopping', ['end']],
  ['launches when the old process has ended', toStart, ended(), 'starting', ['launch']],
  ['a stop during a restart wins', toStart, { type: 'stop' }, 'stopping', []],
  ['a start during a stop waits for the end', toStop, { type: 'start' }, 'stopping', []],
  ['a second start changes nothing', running, { type: 'start' }, 'running', []],
  ['a timer that comes too late changes nothing', { name: 'stopped' }, { type: 'timeUp' }, 'stopped', []],
])('[R3.5] %s', (_, state, event, name, effects) => {
  const next = nextSupervisor(state, event);
  expect(next.state.name).toBe(name);
  expect(next.effects.map(({ type }) => type)).toEqual(effects);
});

test('[R3.5] no event launches a second Xray while one is starting, running or stopping', () => {
  const events: SupervisorEvent[] = [
    { type: 'start' },
    { type: 'stop' },
    { type: 'restart' },
    { type: 'ready', atMs: 0 },
    { type: 'timeUp' },
  ];
  for (const state of [starting, running, toStop, toStart]) {
    for (const event of events) expect(nextSupervisor(state, event).effects).not.toContainEqual({ type: 'launch' });
  }
});

test('[R3.5] restarts wait from 1 s up to a minute', () => {
  let state: SupervisorState = running;
  const waits: number[] = [];
  for (let crash = 0; crash < 8; crash += 1) {
    const step = nextSupervisor(state, ended());
    for (const effect of step.effects) if (effect.type === 'wait') waits.push(effect.waitMs);
    state = nextSupervisor(step.state, { type: 'timeUp' }).state;
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test('[R3.5] a minute of running forgives earlier crashes', () => {
  const state: SupervisorState = { name: 'running', failures: 5, sinceMs: 0 };
  expect(nextSupervisor(state, ended(60_000)).state).toEqual({ name: 'crashed', failures: 1 });
  expect(nextSupervisor(state, ended(59_999)).state).toEqual({ name: 'crashed', failures: 6 });
});

test.each<[SupervisorState, string]>([
  [{ name: 'unknown' }, 'UNKNOWN'],
  [{ name: 'stopped' }, 'STOPPED'],
  [starting, 'STOPPED'],
  [{ name: 'starting', failures: 1 }, 'CRASHED'],
  [running, 'RUNNING'],
  [crashed, 'CRASHED'],
])('the panel is told what %o means', (state, reported) => {
  expect(reportedState(state)).toBe(reported);
});
