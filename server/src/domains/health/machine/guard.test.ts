import { describe, expect, test } from 'vitest';
import {
  GUARD_RULES,
  guardView,
  initialGuard,
  nextGuard,
  type FleetFacts,
  type FleetNode,
  type GuardEffect,
  type GuardRules,
} from './guard.js';

/** A fleet by one letter a node: Healthy, Suspect, Detached, Unhealthy, Recovering, ? unknown. */
const HEALTH = { H: 'HEALTHY', S: 'SUSPECT', D: 'DETACHED', U: 'UNHEALTHY', R: 'RECOVERING', '?': 'UNKNOWN' } as const;

function fleet(letters: string, groups: readonly string[] = [], heard = true): FleetNode[] {
  return letters.split('').map((letter, index) => ({
    id: `node-${index}`,
    health: HEALTH[letter as keyof typeof HEALTH],
    enrolled: letter !== '?',
    heard,
    groupIds: groups[index] === undefined ? [] : [groups[index]],
  }));
}

const facts = (nodes: FleetNode[], rest: Partial<FleetFacts> = {}): FleetFacts => ({
  nodes,
  sessionsLost: [],
  sessionsUp: nodes.length,
  paused: false,
  ...rest,
});

class Panel {
  state = initialGuard(0);
  effects: GuardEffect[] = [];
  private now = 0;

  constructor(private readonly rules: GuardRules = GUARD_RULES) {}

  /** Second by second, with the same facts; sessions are lost in the first of them. */
  until(seconds: number, seen: FleetFacts): this {
    let first = true;
    while (this.now < seconds * 1_000) {
      this.step(this.now + 1_000, first ? seen : { ...seen, sessionsLost: [] });
      first = false;
    }
    return this;
  }

  step(now: number, seen: FleetFacts): this {
    this.now = now;
    const step = nextGuard(this.state, seen, now, undefined, this.rules);
    this.state = step.state;
    this.effects.push(...step.effects);
    return this;
  }

  recounts = () => this.effects.flatMap((effect) => (effect.type === 'recountAll' ? [effect.cause] : []));
}

const settled = (rules?: GuardRules) => new Panel(rules).until(1, facts(fleet('HHHHHHHHHH')));
const lost = (count: number) => Array.from({ length: count }, (_, index) => `node-${index}`);

describe('[R5.6] HOLDING', () => {
  test('after a start for 90 s while an agent has not been heard', () => {
    const seen = facts([...fleet('HHH'), ...fleet('H', [], false)]);
    const panel = new Panel().until(89, seen);
    expect(panel.state).toMatchObject({ mode: 'HOLDING', verdicts: 'none', holdCause: 'started' });
    expect(panel.until(90, seen).state).toMatchObject({ mode: 'ARMED', verdicts: 'all', holdCause: null });
  });

  test('until every agent was heard; one that was never installed is not waited for', () => {
    expect(new Panel().until(1, facts([...fleet('HHH'), ...fleet('?', [], false)])).state.mode).toBe('ARMED');
  });

  test.each([
    [2, 5, 'ARMED'],
    [3, 5, 'HOLDING'],
    [3, 8, 'ARMED'],
    [4, 8, 'HOLDING'],
    [30, 70, 'HOLDING'],
  ])('%d sessions lost at once, %d left: %s', (count, sessionsUp, mode) => {
    const panel = settled().until(2, facts(fleet('H'.repeat(10)), { sessionsLost: lost(count), sessionsUp }));
    expect(panel.state.mode).toBe(mode);
  });

  test('for 60 s, and not for one session that is lost again and again', () => {
    const seen = facts(fleet('HHHHHHHHHH'), { sessionsLost: lost(5), sessionsUp: 5 });
    const panel = settled().until(2, seen);
    expect(panel.until(61, facts(fleet('HHHHHHHHHH'))).state.mode).toBe('HOLDING');
    expect(panel.until(62, facts(fleet('HHHHHHHHHH'))).state.mode).toBe('ARMED');
    const one = facts(fleet('HHHHHHHHHH'), { sessionsLost: ['node-1', 'node-1', 'node-1', 'node-1', 'node-1'] });
    expect(panel.until(63, one).until(64, one).state.mode).toBe('ARMED');
  });

  test('sessions lost over more than ten seconds are not one event', () => {
    const panel = settled();
    for (let index = 0; index < 5; index++) {
      const seen = facts(fleet('HHHHHHHHHH'), { sessionsLost: [`node-${index}`], sessionsUp: 5 });
      panel.until(2 + 6 * index, seen).until(7 + 6 * index, facts(fleet('HHHHHHHHHH')));
    }
    expect(panel.state.mode).toBe('ARMED');
  });

  test('for 60 s after the panel was asleep, and everything is counted anew', () => {
    const seen = facts(fleet('HHHHHHHHHH'));
    const panel = settled().step(4_900, seen);
    expect(panel.state.mode, 'a pause of 3.9 s').toBe('ARMED');
    panel.step(9_000, seen);
    expect(panel.state).toMatchObject({ mode: 'HOLDING', holdCause: 'slept' });
    expect(panel.recounts()).toEqual(['slept']);
    expect(panel.until(70, seen).state.mode).toBe('ARMED');
  });
});

describe('[R5.6] ISOLATED', () => {
  test.each([
    ['SSS', 'ISOLATED', 'none'],
    ['UU', 'ISOLATED', 'none'],
    ['UR?', 'ISOLATED', 'none'],
    ['SD', 'ARMED', 'all'],
    ['S', 'ARMED', 'all'],
    ['S?', 'ARMED', 'all'],
    ['?', 'ARMED', 'all'],
    ['', 'ARMED', 'all'],
  ])('of %s the panel thinks %s', (letters, mode, verdicts) => {
    expect(settled().until(2, facts(fleet(letters))).state).toMatchObject({ mode, verdicts });
  });

  test('when it ends everything is counted anew, once', () => {
    const panel = settled()
      .until(9, facts(fleet('SSSSSSSSSS')))
      .until(20, facts(fleet('HSSSSSSSSS')));
    expect(panel.recounts()).toEqual(['isolationEnded']);
    expect(panel.state.mode).toBe('CONFIRMING');
  });
});

describe('[R5.6] CONFIRMING', () => {
  test.each([
    ['SSSHH', 'CONFIRMING'],
    ['SSHHH', 'ARMED'],
    ['SSH', 'ARMED'],
    ['UDRSHHH', 'CONFIRMING'],
    ['SSSSSHHHHH', 'ARMED'],
    ['SSSSSSHHHHH', 'ARMED'],
    ['SSSSSSHHHH', 'CONFIRMING'],
  ])('of %s the panel thinks %s', (letters, mode) => {
    expect(settled().until(2, facts(fleet(letters))).state.mode).toBe(mode);
  });

  test('a group that is mostly down needs confirmation, its neighbours do not', () => {
    const groups = 'aaaaabbbbb'.split('');
    const { state } = settled().until(2, facts(fleet('SSSHHHHHHH', groups)));
    expect(state).toMatchObject({ mode: 'CONFIRMING', verdicts: 'all', confirmingGroups: ['a'] });
    expect(guardView(state, ['a'], 3)).toEqual({ verdicts: 'confirmed', helpersLeft: 3 });
    expect(guardView(state, ['b'], 3)).toEqual({ verdicts: 'all', helpersLeft: 3 });
  });

  test('a group that is down as a whole while others live is believed', () => {
    const { state } = settled().until(2, facts(fleet('SSSHHHHHHH', 'aaabbbbbbb'.split(''))));
    expect(state).toMatchObject({ mode: 'ARMED', confirmingGroups: [] });
  });

  test('[R5.4] the share is a setting', () => {
    const start = settled().state;
    const settings = { suspendAbove: 0.3, lateAfterMs: 4_000 };
    expect(nextGuard(start, facts(fleet('SSSHHHHHHH')), 2_000, settings).state.mode).toBe('CONFIRMING');
  });
});

describe('PAUSED', () => {
  test.each([
    ['HHH', 'PAUSED', 'all'],
    ['SSSHH', 'PAUSED', 'confirmed'],
    ['SSS', 'ISOLATED', 'none'],
  ])('by an operator, of %s: %s, and verdicts go on: %s', (letters, mode, verdicts) => {
    expect(settled().until(2, facts(fleet(letters), { paused: true })).state).toMatchObject({ mode, verdicts });
  });
});

test('each change of mode is said once', () => {
  const panel = new Panel().until(30, facts(fleet('HHH'))).until(60, facts(fleet('SSS')));
  expect(panel.effects.filter(({ type }) => type === 'modeChanged')).toEqual([
    { type: 'modeChanged', from: 'HOLDING', to: 'ARMED', holdCause: null },
    { type: 'modeChanged', from: 'ARMED', to: 'ISOLATED', holdCause: null },
  ]);
});

describe('[R5.6] H4 each rule of the guard is there for a reason: without it a panel that is cut off would judge', () => {
  /** Stories in which it is the panel that is in trouble: at their end no verdict may be possible. */
  const stories: Record<string, (panel: Panel) => Panel> = {
    settled: (panel) => panel.until(30, facts(fleet('HHHHH', [], false))),
    correlated: (panel) =>
      panel
        .until(1, facts(fleet('HHHHHHHHHH')))
        .until(30, facts(fleet('HHHHHHHHHH'), { sessionsLost: lost(5), sessionsUp: 5 })),
    slept: (panel) => panel.until(1, facts(fleet('HHHHH'))).step(600_000, facts(fleet('HHHHH'))),
    isolated: (panel) => panel.until(1, facts(fleet('HHHHH'))).until(300, facts(fleet('SSSSS'))),
    partial: (panel) => panel.until(1, facts(fleet('HHHHH'))).until(300, facts(fleet('SSSHH'))),
  };
  const wrong: GuardRules = {
    settled: () => true,
    correlated: () => false,
    slept: () => false,
    isolated: () => false,
    partial: () => false,
  };

  test.each(Object.keys(stories) as (keyof GuardRules)[])('%s', (name) => {
    const story = stories[name] ?? ((panel: Panel) => panel);
    expect(story(new Panel()).state.verdicts).not.toBe('all');
    expect(story(new Panel({ ...GUARD_RULES, [name]: wrong[name] })).state.verdicts).not.toBe('none');
  });
});
