import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PENALTY_OUTAGE } from './constants.js';
import { HEALTH_RULES, healthMachine, nextHealth, type HealthRules, type NextHealth } from './node-machine.js';
import { History } from './testing/history.js';
import { Invariants, Violation, replays } from './testing/invariants.js';

/** For a release: HISTORIES=1000000 SEED=... npx vitest run --project server machine/invariants */
const HISTORIES = Number(process.env['HISTORIES'] ?? 20_000);
const SEED = Number(process.env['SEED'] ?? 20_260_101);
const MUTANT_HISTORIES = 4_000;

const numbers = fc.array(fc.nat(0x7fff_ffff), { minLength: 2, maxLength: 40, size: 'max' });

interface Tally {
  entries: number;
  seen: Set<string>;
}

/** H1 to H5, H7 to H9 and H11 to H13 over one history. */
function obeys(next: NextHealth, history: number[], tally?: Tally): void {
  const invariants = new Invariants(next);
  const run = History.run(next, invariants, history);
  replays(next, run, new History(next, null, history[0] ?? 0).state);
  if (!tally) return;
  tally.entries += invariants.entries;
  invariants.seen.forEach((move) => tally.seen.add(move));
}

/** H6: a node with every probe good is HEALTHY soon, whatever has happened to it before. */
function heals(next: NextHealth, history: number[]): void {
  const run = History.run(next, null, history);
  const tookMs = run.heals();
  const limitMs = run.settings.healthyAfter * 10_000 + 25_000;
  if (tookMs !== null && tookMs > limitMs) throw new Violation('H6', `${run.state.health} after ${tookMs} ms`);
}

type Property = (next: NextHealth, history: number[]) => void;

const holds = (property: Property, next: NextHealth, numRuns: number): void =>
  fc.assert(
    fc.property(numbers, (history) => property(next, history)),
    { numRuns, seed: SEED },
  );

describe('[R2.4] [R2.5] over random histories', () => {
  test(`H1-H5, H7-H9, H11-H13 hold in ${HISTORIES} histories, which reach every move`, { timeout: 600_000 }, () => {
    const tally: Tally = { entries: 0, seen: new Set() };
    holds((next, history) => obeys(next, history, tally), nextHealth, HISTORIES);
    expect(tally.entries).toBeGreaterThan(HISTORIES / 10);
    expect([...tally.seen].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'DETACHED RECOVERING',
      'DETACHED SUSPECT',
      'DETACHED UNKNOWN',
      'HEALTHY SUSPECT',
      'HEALTHY UNKNOWN',
      'RECOVERING HEALTHY',
      'RECOVERING SUSPECT',
      'RECOVERING UNHEALTHY',
      'RECOVERING UNKNOWN',
      'SUSPECT DETACHED',
      'SUSPECT HEALTHY',
      'SUSPECT UNHEALTHY',
      'SUSPECT UNKNOWN',
      'UNHEALTHY RECOVERING',
      'UNHEALTHY UNKNOWN',
      'UNKNOWN HEALTHY',
      'UNKNOWN SUSPECT',
    ]);
  });

  test(`H6 holds in ${HISTORIES / 4} histories: good probes make a node HEALTHY in time`, { timeout: 600_000 }, () => {
    holds(heals, nextHealth, HISTORIES / 4);
  });
});

/** Each is the machine with one rule gone wrong, as a hurried change could leave it. */
const MUTANTS: [rule: string, what: string, wrong: () => Partial<HealthRules> | NextHealth, property?: Property][] = [
  [
    'H1',
    'a failed round is the verdict',
    () => ({ fromHealthy: ({ state }) => (state.fails > 0 ? { to: 'UNHEALTHY', cause: 'silent' } : null) }),
  ],
  ['H2', 'an answer to a helper does not count', () => ({ reached: () => false })],
  ['H3', 'one failure is enough', () => ({ enoughFailures: ({ state }) => state.fails > 0 })],
  ['H3', 'there is no window', () => ({ windowOver: () => true })],
  ['H4', 'nobody asks the guard', () => ({ permitted: () => null })],
  ['H4', 'nobody waits for a confirmation', () => ({ confirmed: () => true })],
  [
    'H5',
    'a relapse is a new incarnation',
    () => ({ incarnationAfter: ({ incarnation }, { to }) => incarnation + (to === 'UNHEALTHY' ? 1 : 0) }),
  ],
  ['H5', 'the incarnation stays', () => ({ incarnationAfter: ({ incarnation }) => incarnation })],
  [
    'H6',
    'recovery waits for a minute of good rounds',
    () => ({
      fromRecovering: (sight, rules) =>
        sight.now - sight.state.sinceMs < 60_000 && sight.state.fails === 0
          ? null
          : HEALTH_RULES.fromRecovering(sight, rules),
    }),
    heals,
  ],
  ['H6', 'recovery never ends', () => ({ fromRecovering: () => null }), heals],
  ['H7', 'something is remembered outside the state', forgetful],
  ['H7', 'a second move waits for the next tick', () => oneMove()],
  ['H8', 'a duplicate is news', () => ({ accepts: (newest, seq) => seq >= newest })],
  ['H8', 'everything is news', () => ({ accepts: () => true })],
  [
    'H9',
    'the penalty goes up with time',
    () => ({
      penalised: ({ penalty, penaltyAtMs }, points, now) => ({
        penalty: penalty + points + Math.max(0, now - penaltyAtMs),
        penaltyAtMs: now,
        damped: false,
      }),
    }),
  ],
  [
    'H9',
    'the penalty is from the future',
    () => ({ penalised: (before, _points, now) => ({ ...before, penalty: -PENALTY_OUTAGE, penaltyAtMs: now }) }),
  ],
  ['H11', 'a disabled node is judged', () => ({ judges: () => true })],
  [
    'H12',
    'a DETACHED node that nobody reaches is UNHEALTHY',
    () => ({ fromDetached: ({ state }) => (state.unproved >= 2 ? { to: 'UNHEALTHY', cause: 'silent' } : null) }),
  ],
  [
    'H12',
    'a node that comes from DETACHED relapses like any other',
    () => ({
      fromRecovering: (sight, rules) =>
        HEALTH_RULES.fromRecovering({ ...sight, state: { ...sight.state, recoveringFrom: 'UNHEALTHY' } }, rules),
    }),
  ],
  ['H13', 'a row is lost', () => rows((transitions) => transitions.slice(1))],
  ['H13', 'a row is written twice', () => rows((transitions) => [...transitions, ...transitions])],
];

describe('[R2.4] [R2.5] each invariant is there for a reason', () => {
  test.each(MUTANTS)('%s is broken when %s', (rule, _what, wrong, property = obeys) => {
    const made = wrong();
    const mutant = typeof made === 'function' ? made : healthMachine({ ...HEALTH_RULES, ...made });
    const check = fc.check(
      fc.property(numbers, (history) => property(mutant, history)),
      { numRuns: MUTANT_HISTORIES, seed: SEED, endOnFailure: true },
    );
    const error = check.errorInstance;
    expect(error, 'the mutant lives').toBeInstanceOf(Violation);
    expect((error as Violation).rule).toBe(rule);
  });
});

function forgetful(): Partial<HealthRules> {
  let calls = 0;
  return { fromHealthy: (sight, rules) => (calls++ % 7 === 0 ? null : HEALTH_RULES.fromHealthy(sight, rules)) };
}

/** Says only the first of two moves now, the other when it is asked again. */
function oneMove(): NextHealth {
  let moved = false;
  const once = <Rule extends (...args: never[]) => unknown>(rule: Rule) =>
    ((...args: Parameters<Rule>) => {
      if (moved) return null;
      const move = rule(...args);
      moved = move !== null;
      return move;
    }) as Rule;
  const machine = healthMachine({
    ...HEALTH_RULES,
    fromUnknown: once(HEALTH_RULES.fromUnknown),
    fromHealthy: once(HEALTH_RULES.fromHealthy),
    fromSuspect: once(HEALTH_RULES.fromSuspect),
    fromDetached: once(HEALTH_RULES.fromDetached),
    fromUnhealthy: once(HEALTH_RULES.fromUnhealthy),
    fromRecovering: once(HEALTH_RULES.fromRecovering),
  });
  return (...args) => {
    moved = false;
    return machine(...args);
  };
}

function rows(change: (transitions: object[]) => object[]): NextHealth {
  return (...args) => {
    const { state, effects } = nextHealth(...args);
    const others = effects.filter(({ type }) => type !== 'transition');
    const transitions = effects.filter(({ type }) => type === 'transition');
    return { state, effects: [...(change(transitions) as typeof effects), ...others] };
  };
}
