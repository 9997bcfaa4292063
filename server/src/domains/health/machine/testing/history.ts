import type { Evidence, HealthInput, PortResult, ProbeOutcome, TargetResult } from '../evidence.js';
import type { GuardView, HealthEffect, HealthStep, NextHealth } from '../node-machine.js';
import { NEW_NODE, nodeState, type NodeState, type StoredHealth } from '../node-state.js';
import { boundedSettings, type HealthSettings } from '../settings.js';

/** One call of the machine, as it was made. */
export interface Call {
  input: HealthInput;
  settings: HealthSettings;
  guard: GuardView;
  now: number;
  score: number;
}

/** Sees every call; throws when something is not as it must be. */
export interface Observer {
  saw(before: NodeState, call: Call, step: HealthStep): void;
}

const SETTINGS = [
  boundedSettings(),
  boundedSettings({ unhealthyAfter: 1, healthyAfter: 1 }),
  boundedSettings({ intervalMs: 5_000, unhealthyAfter: 5, healthyAfter: 4 }),
  boundedSettings({ intervalMs: 300_000, timeoutMs: 10_000, heartbeatMs: 60_000 }),
];

const STARTS: StoredHealth[] = [
  NEW_NODE,
  { ...NEW_NODE, health: 'HEALTHY', enrolled: true },
  { ...NEW_NODE, health: 'UNHEALTHY', enrolled: true, incarnation: 4, penalty: 1_500, told: 'UNHEALTHY' },
  { ...NEW_NODE, health: 'DETACHED', enrolled: true, told: 'DETACHED' },
];

const GUARDS: GuardView['verdicts'][] = ['all', 'all', 'confirmed', 'none'];
const MODES = ['ACTIVE', 'DISABLED', 'DRAINING', 'ACTIVE'] as const;
const HELPERS_SEE = ['same', 'nothing', 'silent', 'refusal'] as const;
const FAULTS: ProbeOutcome[] = ['timeout', 'unreachable', 'reset', 'dns', 'error'];

/**
 * A node and its surroundings, driven by numbers: each is an event (time passes and everybody reports what he sees, a
 * host dies, a path breaks, an old message comes again). The world is consistent enough for verdicts to be reached, and
 * hostile enough for them to be wrong.
 */
export class History {
  readonly calls: Call[] = [];
  state: NodeState;
  now = 1_000_000;
  settings: HealthSettings;
  private guard: GuardView = { verdicts: 'all', helpersLeft: 3 };
  private score = 0;
  private readonly seqs = { agent: 0, panel: 0, helper: 0, operator: 0 };
  private readonly sent: Evidence[] = [];
  private host = true;
  private xray = true;
  private api = true;
  private panelPath = true;
  private session = false;
  private readonly helpers: (typeof HELPERS_SEE)[number][] = ['same', 'same', 'same'];
  private fault: ProbeOutcome = 'timeout';

  constructor(
    private readonly next: NextHealth,
    private readonly observer: Observer | null,
    start: number,
  ) {
    this.settings = SETTINGS[start % SETTINGS.length]!;
    this.state = nodeState(STARTS[(start >> 4) % STARTS.length]!, this.now);
  }

  /** The first number of a history says how it starts, each other one is an event. */
  static run(next: NextHealth, observer: Observer | null, numbers: readonly number[]): History {
    const history = new History(next, observer, numbers[0] ?? 0);
    for (const number of numbers.slice(1)) history.play(number % 32, number >> 5);
    return history;
  }

  private play(event: number, detail: number): void {
    if (event < 18) return this.turn(500 + (detail % 24) * 500);
    switch (event) {
      case 18:
        this.host = !this.host;
        this.fault = FAULTS[detail % FAULTS.length]!;
        if (!this.host && detail % 2 === 0) this.closeSession();
        return;
      case 19:
        this.xray = !this.xray;
        if (this.session && detail % 2 === 0) this.reportXray();
        return;
      case 20:
        this.panelPath = !this.panelPath;
        return;
      case 21:
        this.helpers[detail % 3] = HELPERS_SEE[(detail >> 2) % HELPERS_SEE.length]!;
        return;
      case 22:
        return this.session ? this.closeSession() : this.openSession();
      case 23:
      case 24:
        return this.again(detail);
      case 25:
        this.guard = { verdicts: GUARDS[detail % GUARDS.length]!, helpersLeft: (detail >> 2) % 4 };
        return;
      case 26:
        this.score = detail % 3 === 0 ? detail % 8 : 0;
        return;
      case 27:
        return this.operate(detail);
      case 28:
        this.now += 60_000 + (detail % 20) * 60_000;
        return this.turn(0);
      case 29:
        return this.outage(detail);
      case 30:
        return this.allWell(detail);
      default:
        this.api = !this.api;
    }
  }

  /** Everything that can be seen at this moment is seen. */
  private turn(waitMs: number): void {
    this.now += waitMs;
    if (this.session && this.host) this.heartbeat();
    if (this.state.mode !== 'DISABLED') this.round();
    if (this.state.health === 'SUSPECT' || this.state.health === 'DETACHED') this.helpersAnswer();
    this.give({ type: 'tick' });
  }

  private outage(detail: number): void {
    this.host = false;
    if (detail % 2 === 0) this.closeSession();
    for (let turn = 0; turn < 8; turn++) this.turn(2_000 + (detail % 5) * 1_000);
  }

  allWell(detail: number): void {
    this.host = this.xray = this.api = this.panelPath = true;
    this.helpers.fill('same');
    if (!this.session) this.openSession();
    for (let turn = 0; turn < detail % 6; turn++) this.turn(9_000);
  }

  /**
   * From now on everything is good, and the panel looks as often as the machine wants. How long until the node is
   * HEALTHY; null when it is damped, Infinity when it takes more than ten minutes.
   */
  heals(): number | null {
    this.host = this.xray = this.api = this.panelPath = true;
    this.score = 0;
    this.give({ type: 'mode', mode: 'ACTIVE', seq: ++this.seqs.operator, atMs: this.now });
    const startMs = this.now;
    let roundMs = this.now + 1.1 * (this.state.probeEveryMs ?? this.settings.intervalMs);
    const follow = (effects: HealthEffect[]) => {
      for (const effect of effects) {
        if (effect.type === 'probeNow') roundMs = this.now;
        if (effect.type === 'probeEvery') roundMs = Math.min(roundMs, this.now + 1.1 * (effect.ms ?? Infinity));
      }
    };
    if (!this.session) {
      this.session = true;
      follow(this.give(this.agent('sessionOpened')));
    }
    let beatMs = this.now;
    while (this.now - startMs < 600_000) {
      if (this.state.damped) return null;
      if (this.state.health === 'HEALTHY') return this.now - startMs;
      this.now = Math.min(roundMs, beatMs);
      if (beatMs <= this.now) {
        follow(this.heartbeat());
        beatMs += 9_000;
      } else {
        roundMs = this.now + 1.1 * (this.state.probeEveryMs ?? this.settings.intervalMs);
        follow(this.round());
      }
    }
    return Infinity;
  }

  give(input: HealthInput): HealthEffect[] {
    const { settings, guard, now, score, state: before } = this;
    const call: Call = { input, settings, guard, now, score };
    const step = this.next(before, input, settings, guard, now, score);
    this.calls.push(call);
    if (input.type !== 'tick') this.sent.push(input);
    this.state = step.state;
    this.observer?.saw(before, call, step);
    return step.effects;
  }

  /** An old message comes once more, or for the first time but too late. */
  private again(detail: number): void {
    const old = this.sent[detail % Math.max(1, this.sent.length)];
    if (old) this.give({ ...old, atMs: this.now });
  }

  private operate(detail: number): void {
    const stamp = { seq: ++this.seqs.operator, atMs: this.now };
    const what = detail % 4;
    if (what < 2) this.give({ type: 'mode', mode: MODES[(detail >> 2) % MODES.length]!, ...stamp });
    else if (what === 2) this.give({ type: 'desiredRevision', revision: `r${(detail >> 2) % 3}`, ...stamp });
    else this.give({ type: 'recount', cause: 'slept', ...stamp });
  }

  private agent(type: 'sessionOpened' | 'sessionClosed') {
    const stamp = { seq: ++this.seqs.agent, atMs: this.now };
    return type === 'sessionClosed' ? { type, detail: null, ...stamp } : { type, ...stamp };
  }

  private openSession(): void {
    if (!this.host) return;
    this.session = true;
    this.give(this.agent('sessionOpened'));
  }

  private closeSession(): void {
    if (!this.session) return;
    this.session = false;
    this.give(this.agent('sessionClosed'));
  }

  private said() {
    const xray = this.xray ? 'RUNNING' : 'CRASHED';
    return { xray, exitCode: this.xray ? null : 23, lastWords: null, seq: ++this.seqs.agent, atMs: this.now } as const;
  }

  private reportXray(): void {
    this.give({ type: 'xrayReport', ...this.said() });
  }

  private heartbeat(): HealthEffect[] {
    return this.give({ type: 'heartbeat', revision: this.state.desiredRevision, ...this.said() });
  }

  private round(): HealthEffect[] {
    const reaches = this.host && this.panelPath;
    const port: ProbeOutcome = reaches ? (this.xray ? 'ok' : 'refused') : this.fault;
    const api: ProbeOutcome = reaches ? (this.api ? 'ok' : 'tls') : this.fault;
    const result = (target: TargetResult['target'], outcome: ProbeOutcome): TargetResult => ({
      target,
      outcome,
      latencyMs: outcome === 'ok' ? 20 : null,
      detail: null,
    });
    const results = [result({ kind: 'proxyPort', port: 443 }, port), result({ kind: 'agentApi' }, api)];
    if (api === 'ok') results.push(result({ kind: 'xray' }, this.xray ? 'ok' : 'down'));
    const stamp = { seq: ++this.seqs.panel, atMs: this.now, startedAtMs: this.now };
    return this.give({ type: 'round', results, ...stamp });
  }

  private helpersAnswer(): void {
    this.seqs.helper++;
    for (const [index, sees] of this.helpers.entries()) {
      const ports: PortResult[] = sees === 'silent' ? [] : [{ port: 443, outcome: this.helperOutcome(sees) }];
      this.give({ type: 'helperAnswer', helperId: `h${index}`, ports, seq: this.seqs.helper, atMs: this.now });
    }
  }

  private helperOutcome(sees: (typeof HELPERS_SEE)[number]): ProbeOutcome {
    if (sees === 'refusal') return 'refused';
    if (sees === 'nothing' || !this.host) return 'timeout';
    return this.xray ? 'ok' : 'refused';
  }
}
