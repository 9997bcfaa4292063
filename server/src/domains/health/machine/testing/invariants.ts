import type { Evidence } from '../evidence.js';
import { currentPenalty, type HealthEffect, type HealthStep, type NextHealth } from '../node-machine.js';
import type { NodeState } from '../node-state.js';
import type { Call, History, Observer } from './history.js';

/** What must never happen, and the number of the rule that it breaks. */
export class Violation extends Error {
  constructor(
    readonly rule: string,
    what: string,
  ) {
    super(`${rule}: ${what}`);
  }
}

type Transition = HealthEffect & { type: 'transition' };
const isTransition = (effect: HealthEffect): effect is Transition => effect.type === 'transition';
const WINDOWS_MS = [90_000, 52_500, 30_564, 15_000];
const EXPLICIT_MS = 5_000;

/**
 * The invariants, checked from outside: everything here is counted anew from the evidence as it went in, nothing is
 * taken from the state that the machine keeps, other than what it says in public (health, incarnation, penalty).
 */
export class Invariants implements Observer {
  entries = 0;
  seen = new Set<string>();
  private readonly newest = new Map<string, number>();
  private fails = 0;
  private troubleMs: number | null = null;
  private reachedMs = -Infinity;
  private readonly helpers = new Map<string, { nack: boolean; refused: boolean; atMs: number }>();
  private panelRefused = false;
  private xray = { running: true, atMs: -Infinity };
  private fromDetached = false;

  constructor(private readonly next: NextHealth) {}

  saw(before: NodeState, call: Call, step: HealthStep): void {
    const { input } = call;
    if (input.type !== 'tick') {
      if (this.isOld(input)) return old(before, step);
      this.count(input);
    }
    const transitions = step.effects.filter(isTransition);
    rowsAreTheChanges(before, step, transitions);
    if (step.state.mode === 'DISABLED') disabledIsLeftAlone(before, step, transitions);
    for (const transition of transitions) this.check(before, call, transition);
    penaltyDecays(before, step, call.now);
    if (step.effects.length > 0) this.isSettled(call, step);
  }

  private isOld(evidence: Evidence): boolean {
    const source = sourceOf(evidence);
    const newest = this.newest.get(source) ?? -1;
    if (evidence.seq <= newest) return true;
    this.newest.set(source, evidence.seq);
    return false;
  }

  private count(evidence: Evidence): void {
    switch (evidence.type) {
      case 'round': {
        const ok = (kind: string) =>
          evidence.results.some(({ target, outcome }) => target.kind === kind && outcome === 'ok');
        if (evidence.results.every(({ outcome }) => outcome === 'ok')) this.forget(null);
        else {
          this.fails++;
          this.troubleMs ??= evidence.atMs;
        }
        if (ok('proxyPort')) this.reachedMs = evidence.atMs;
        if (ok('xray')) this.xray = { running: true, atMs: evidence.atMs };
        this.panelRefused = evidence.results.some(
          ({ target, outcome }) => target.kind === 'proxyPort' && outcome === 'refused',
        );
        return;
      }
      case 'helperAnswer': {
        const [port] = evidence.ports;
        if (port?.outcome === 'ok') this.reachedMs = evidence.atMs;
        const nack = port !== undefined && port.outcome !== 'ok';
        this.helpers.set(evidence.helperId, { nack, refused: port?.outcome === 'refused', atMs: evidence.atMs });
        return;
      }
      case 'heartbeat':
      case 'xrayReport':
        this.xray = { running: evidence.xray === 'RUNNING', atMs: evidence.atMs };
        return;
      case 'recount':
        return this.forget(this.troubleMs === null ? null : evidence.atMs);
      case 'mode':
        return;
      default:
    }
  }

  private forget(troubleMs: number | null): void {
    this.fails = 0;
    this.troubleMs = troubleMs;
  }

  private check(before: NodeState, call: Call, { from, to, incarnation, reason }: Transition): void {
    this.seen.add(`${from} ${to}`);
    const { guard, score, now } = call;
    if (to === 'SUSPECT') this.troubleMs = from === 'DETACHED' ? now : (this.troubleMs ?? now);
    if (to === 'UNKNOWN' || to === 'RECOVERING') this.forget(null);
    const entry = to === 'UNHEALTHY' && from === 'SUSPECT';
    if (to === 'UNHEALTHY') {
      if (from !== 'SUSPECT' && from !== 'RECOVERING' && from !== 'DETACHED') throw new Violation('H1', `from ${from}`);
      if (from === 'DETACHED' || (from === 'RECOVERING' && this.fromDetached)) {
        throw new Violation('H12', 'DETACHED became UNHEALTHY without a hearing');
      }
      if (guard.verdicts === 'none' || score >= 4) throw new Violation('H4', 'a verdict that nobody may give');
    }
    if (incarnation !== before.incarnation + (entry ? 1 : 0)) throw new Violation('H5', `${from} ${to} ${incarnation}`);
    if (entry) this.checkVerdict(call, reason.cause);
    this.fromDetached = to === 'RECOVERING' ? from === 'DETACHED' : false;
  }

  private checkVerdict({ settings, guard, now, score }: Call, cause: string): void {
    this.entries++;
    const troubleMs = this.troubleMs ?? now;
    const fresh = [...this.helpers.values()].filter(({ nack, atMs }) => nack && atMs >= troubleMs);
    const saysDown = !this.xray.running && now - this.xray.atMs <= 90_000 * (1 + score);
    const explicit = cause !== 'silent';
    const windowMs = (explicit ? EXPLICIT_MS : (WINDOWS_MS[fresh.length] ?? 0) - 1) * (1 + score);
    if (cause === 'xrayDown' && !saysDown) throw new Violation('H3', 'Xray was not said to be down');
    const refusals = fresh.filter(({ refused }) => refused).length + (this.panelRefused ? 1 : 0);
    if (cause === 'refused' && refusals < 2) throw new Violation('H3', 'two observers were not refused');
    const enough = this.fails + (saysDown ? 1 : 0) >= settings.unhealthyAfter && this.fails > 0;
    if (!enough) throw new Violation('H3', `${this.fails} failed rounds`);
    if (now - troubleMs < windowMs) throw new Violation('H3', `after ${now - troubleMs} ms of ${windowMs}`);
    const reached = this.reachedMs >= troubleMs && now - this.reachedMs <= windowMs;
    if (reached && (cause !== 'xrayDown' || this.fails < settings.unhealthyAfter)) {
      throw new Violation('H2', 'somebody reached it');
    }
    const confirmed = saysDown || refusals > 0 || fresh.length >= Math.max(1, Math.min(2, guard.helpersLeft));
    if (guard.verdicts === 'confirmed' && !confirmed) throw new Violation('H4', 'nobody confirmed it');
  }

  /** Asked again at the same moment the machine has nothing to add. */
  private isSettled({ settings, guard, now, score }: Call, { state }: HealthStep): void {
    const again = this.next(state, { type: 'tick' }, settings, guard, now, score);
    if (again.effects.length > 0) throw new Violation('H7', `not settled: ${JSON.stringify(again.effects)}`);
  }
}

function sourceOf(evidence: Evidence): string {
  switch (evidence.type) {
    case 'round':
      return 'panel';
    case 'helperAnswer':
      return evidence.helperId;
    case 'mode':
    case 'desiredRevision':
    case 'recount':
      return 'operator';
    default:
      return 'agent';
  }
}

function old(before: NodeState, { state, effects }: HealthStep): void {
  if (state !== before || effects.length > 0) throw new Violation('H8', 'old news changed something');
}

function rowsAreTheChanges(before: NodeState, { state }: HealthStep, transitions: Transition[]): void {
  let { health } = before;
  for (const { from, to } of transitions) {
    if (from !== health || from === to) throw new Violation('H13', `a row from ${from} while ${health}`);
    health = to;
  }
  if (health !== state.health) throw new Violation('H13', `no row for ${health} ${state.health}`);
}

function disabledIsLeftAlone(before: NodeState, { state, effects }: HealthStep, transitions: Transition[]): void {
  const loud = effects.some(({ type }) => type === 'alert' || type === 'probeNow' || type === 'askHelpers');
  const moved = transitions.some(({ to }) => to !== 'UNKNOWN');
  if (loud || moved || state.incarnation !== before.incarnation) throw new Violation('H11', JSON.stringify(effects));
}

function penaltyDecays(before: NodeState, { state, effects }: HealthStep, now: number): void {
  const penalty = currentPenalty(state, now);
  if (penalty < 0 || penalty > 12_000) throw new Violation('H9', `a penalty of ${penalty}`);
  const fell = effects.some((effect) => isTransition(effect) && effect.to === 'UNHEALTHY');
  if (!fell && penalty > currentPenalty(before, now) + 1e-6) throw new Violation('H9', 'it grew by itself');
}

/** H7: the same calls from the same start give the same state. */
export function replays(next: NextHealth, { calls, state }: History, start: NodeState): void {
  let replayed = start;
  for (const { input, settings, guard, now, score } of calls) {
    replayed = next(replayed, input, settings, guard, now, score).state;
  }
  if (JSON.stringify(replayed) !== JSON.stringify(state)) throw new Violation('H7', 'another state when replayed');
}
