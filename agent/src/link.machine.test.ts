import { expect, test } from 'vitest';
import { initialLink, nextLink } from './link.machine.js';
import type { Link, LinkEvent } from './link.machine.js';

const closed = (code: number, atMs = 0, random = 1): LinkEvent => ({ type: 'closed', atMs, code, reason: '', random });
const opened: LinkEvent = { type: 'opened', atMs: 0 };
const registered: LinkEvent = { type: 'registered', atMs: 0 };
const timeUp: LinkEvent = { type: 'timeUp' };
const stop: LinkEvent = { type: 'stop' };

function after(...events: LinkEvent[]): Link {
  return events.reduce<Link>((link, event) => nextLink(link, event), initialLink);
}

const effectTypes = (link: Link, event: LinkEvent) => nextLink(link, event).effects.map(({ type }) => type);

test.each<[string, LinkEvent[], LinkEvent, string, string[]]>([
  ['the first connection registers', [], opened, 'registering', ['register']],
  ['a registered agent works', [opened], registered, 'live', ['startWork']],
  [
    'a later connection does not register again',
    [opened, registered, closed(1006), timeUp],
    opened,
    'live',
    ['startWork'],
  ],
  [
    'a lost connection stops the work',
    [opened, registered],
    closed(1006),
    'backingOff',
    ['stopWork', 'logLost', 'wait'],
  ],
  ['a lost attempt waits', [], closed(1006), 'backingOff', ['logLost', 'wait']],
  ['after waiting it dials', [closed(1006)], timeUp, 'connecting', ['dial']],
  ['a refused token is told', [], closed(4403), 'refused', ['tellRefused', 'wait']],
  ['a refused token is told once', [closed(4403), timeUp], closed(4403), 'refused', ['wait']],
  [
    'a token refused in the middle stops the work',
    [opened, registered],
    closed(4403),
    'refused',
    ['stopWork', 'tellRefused', 'wait'],
  ],
  ['a second end of the same connection changes nothing', [closed(4403)], closed(1006), 'refused', []],
  ['stopping ends the work', [opened, registered], stop, 'stopped', ['cancelWait', 'stopWork', 'hangUp']],
  ['a stopped link stays stopped', [stop], closed(1000), 'stopped', []],
  ['an answer that comes too late changes nothing', [opened, closed(1006)], registered, 'backingOff', []],
])('%s', (_, before, event, state, effects) => {
  const link = after(...before);
  expect(nextLink(link, event).state.name).toBe(state);
  expect(effectTypes(link, event)).toEqual(effects);
});

test('[R3.5] back-off grows to 30 s and never spins', () => {
  const limits: number[] = [];
  let link: Link = initialLink;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { effects: shortest } = nextLink(link, closed(1006, 0, 0));
    expect(shortest).toContainEqual({ type: 'wait', waitMs: 500 });
    const step = nextLink(link, closed(1006, 0, 1));
    if (step.state.name === 'backingOff') limits.push(step.state.waitMs);
    link = nextLink(step, timeUp);
  }
  expect(limits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test.each([
  ['a minute of a stable connection forgives earlier failures', 60_000, 1_000],
  ['a connection that is lost at once forgives nothing', 59_999, 4_000],
])('[R3.5] %s', (_, livedMs, waitMs) => {
  const link = after(closed(1006), timeUp, closed(1006), timeUp, opened, registered);
  expect(nextLink(link, closed(1006, livedMs)).state).toEqual({ name: 'backingOff', waitMs });
});

test('[R3.1] a refused token is tried again every 5 minutes', () => {
  expect(nextLink(initialLink, closed(4403)).effects).toContainEqual({ type: 'wait', waitMs: 300_000 });
});

test('[R3.1] a token that is refused again after it had been accepted is told again', () => {
  const link = after(closed(4403), timeUp, opened, registered);
  expect(effectTypes(link, closed(4403))).toContain('tellRefused');
});

test('a connection that another agent took over is left to it for a minute', () => {
  expect(nextLink(after(opened, registered), closed(4410)).effects).toContainEqual({ type: 'wait', waitMs: 60_000 });
});
