import type { AgentEvidence, Evidence, PortResult, TargetResult } from './evidence.js';
import { nextHealth, type HealthEffect, type NextHealth } from './node-machine.js';
import { NEW_NODE, nodeState, type Health, type NodeState } from './node-state.js';
import { nextTickAtMs } from './pace.js';
import { nextScore } from './score.js';
import { boundedSettings, probeTimeoutMs, type HealthSettings } from './settings.js';
import {
  USUAL_RATES,
  WORLD_HELPERS,
  arrivesAtMs,
  chance,
  connect,
  isDead,
  makeWorld,
  nodeWasOut,
  type Attempt,
  type Death,
  type Path,
  type World,
  type WorldRates,
} from './world.js';

/*
 * The machine in a world that loses packets, and two simpler rules in the same world, to compare how fast a death is
 * seen and how often a burst of loss is taken for one. It is pure: the same seed gives the same figures.
 */

/**
 * vpanel: this machine.
 * oneFailedCheck: every 5 s, time-out 4 s, the first failure is the verdict (3X-UI, node_heartbeat_job.go).
 * twoInstantTries: every 10 s, two tries without a pause, time-out 15 s each (Remnawave, node-health-check.processor.ts).
 */
export type Judge = 'vpanel' | 'oneFailedCheck' | 'twoInstantTries';
export const JUDGES: readonly Judge[] = ['vpanel', 'oneFailedCheck', 'twoInstantTries'];

interface Said {
  atMs: number;
  /** The verdict covers what was seen from here on. */
  seenFromMs: number;
}

export interface JudgeOptions {
  settings?: Partial<HealthSettings>;
  /** How many other nodes there are to ask, at most three. */
  helpers?: number;
  next?: NextHealth;
}

interface Verdicts {
  down: Said[];
  suspicions: number;
  detached: number;
}

const DAY_MS = 86_400_000;
const JITTER = 0.1;
const PANEL: readonly Path[] = ['panelLink', 'panelPath', 'node'];

function verdictsOf(judge: Judge, world: World, lengthMs: number, options: JudgeOptions, untilFirst = false): Verdicts {
  switch (judge) {
    case 'vpanel':
      return new Panel(world, options).run(lengthMs, untilFirst);
    case 'oneFailedCheck':
      return checks(world, lengthMs, { everyMs: 5_000, timeoutMs: 4_000, tries: 1 }, untilFirst);
    case 'twoInstantTries':
      return checks(world, lengthMs, { everyMs: 10_000, timeoutMs: 15_000, tries: 2 }, untilFirst);
  }
}

interface CheckRule {
  everyMs: number;
  timeoutMs: number;
  tries: number;
}

/** A panel that only looks itself: one success is up, `tries` failures in a row are down. */
function checks(world: World, lengthMs: number, rule: CheckRule, untilFirst: boolean): Verdicts {
  const { everyMs, timeoutMs, tries } = rule;
  const down: Said[] = [];
  let up = true;
  let startMs = chance(world.seed, 91) * everyMs;
  while (startMs < lengthMs) {
    const { ok, tookMs } = check(world, startMs, timeoutMs, tries);
    if (up && !ok) down.push({ atMs: startMs + tookMs, seenFromMs: startMs });
    if (untilFirst && down.length > 0) break;
    up = ok;
    startMs += Math.max(everyMs, tookMs);
  }
  return { down, suspicions: 0, detached: 0 };
}

function check(world: World, startMs: number, timeoutMs: number, tries: number): { ok: boolean; tookMs: number } {
  let tookMs = 0;
  for (let index = 0; index < tries; index++) {
    const attempt = connect(world, PANEL, 'api', startMs + tookMs, timeoutMs);
    tookMs += attempt.tookMs;
    const xrayGone = isDead(world, startMs + tookMs) && world.death?.kind === 'xrayExit';
    if (attempt.outcome === 'ok' && !xrayGone) return { ok: true, tookMs };
  }
  return { ok: false, tookMs };
}

/** What stands around the machine in a real panel: it probes, asks, hears, ticks, and does what the machine wants. */
class Panel {
  private readonly settings: HealthSettings;
  private readonly helpers: number;
  private readonly next: NextHealth;
  private readonly agenda: { atMs: number; run: (atMs: number) => void }[] = [];
  private readonly verdicts: Verdicts = { down: [], suspicions: 0, detached: 0 };
  private state: NodeState;
  private score = 0;
  private seq = 0;
  private round = 0;
  private probing = false;
  private again = false;
  private nextRoundMs = Infinity;
  private tickMs = Infinity;
  private heardMs = 0;
  private silentHelpers = 0;

  constructor(
    private readonly world: World,
    { settings, helpers = WORLD_HELPERS, next = nextHealth }: JudgeOptions,
  ) {
    this.settings = boundedSettings(settings);
    this.helpers = Math.min(WORLD_HELPERS, helpers);
    this.next = next;
    this.state = nodeState({ ...NEW_NODE, health: 'HEALTHY', enrolled: true }, 0);
  }

  run(lengthMs: number, untilFirst: boolean): Verdicts {
    const { world } = this;
    this.take({ type: 'sessionOpened', seq: this.seq++, atMs: 0 }, 0);
    this.nextRoundMs = chance(world.seed, 92) * this.settings.intervalMs;
    this.at(chance(world.seed, 93) * this.settings.heartbeatMs, (atMs) => this.sendHeartbeat(atMs));
    if (world.death?.kind === 'killed') this.at(world.death.atMs, (atMs) => this.hear('sessionClosed', atMs));
    if (world.death?.kind === 'xrayExit') this.at(world.death.atMs, (atMs) => this.hear('xrayReport', atMs));
    for (;;) {
      const first = this.agenda[0];
      const atMs = Math.min(first?.atMs ?? Infinity, this.nextRoundMs, this.tickMs);
      if (atMs > lengthMs || (untilFirst && this.verdicts.down.length > 0)) return this.verdicts;
      if (first && first.atMs <= atMs) this.agenda.shift()?.run(atMs);
      else if (this.nextRoundMs <= atMs) this.startRound(atMs);
      else this.tick(atMs);
    }
  }

  private at(atMs: number, run: (atMs: number) => void): void {
    const index = this.agenda.findIndex((entry) => entry.atMs > atMs);
    this.agenda.splice(index < 0 ? this.agenda.length : index, 0, { atMs, run });
  }

  private tick(atMs: number): void {
    this.apply(this.next(this.state, { type: 'tick' }, this.settings, this.guard(), atMs, this.score), atMs);
  }

  private take(evidence: Evidence, atMs: number): void {
    this.apply(this.next(this.state, evidence, this.settings, this.guard(), atMs, this.score), atMs);
  }

  /** The guard of a large fleet of which this node is one: it never stands in the way. */
  private guard() {
    return { verdicts: 'all', helpersLeft: this.helpers } as const;
  }

  private apply({ state, effects }: { state: NodeState; effects: HealthEffect[] }, atMs: number): void {
    const seenFromMs = this.state.firstFailAtMs ?? atMs;
    this.state = state;
    for (const effect of effects) this.act(effect, atMs, seenFromMs);
    // A tick at the very moment of the last one would change nothing, so the next is a little later.
    this.tickMs = Math.max(atMs + 1, nextTickAtMs(state, this.settings, atMs, this.score));
  }

  private act(effect: HealthEffect, atMs: number, seenFromMs: number): void {
    switch (effect.type) {
      case 'probeNow':
        if (this.probing) this.again = true;
        else this.nextRoundMs = atMs;
        break;
      case 'probeEvery':
        if (effect.ms !== null) this.nextRoundMs = Math.min(this.nextRoundMs, atMs + this.jittered(effect.ms, atMs));
        break;
      case 'askHelpers':
        for (let index = 0; index < Math.min(effect.count, this.helpers); index++) this.ask(index, atMs);
        break;
      case 'transition':
        this.count(effect.from, effect.to, atMs, seenFromMs);
        break;
      case 'alert':
        break;
    }
  }

  private count(from: Health, to: Health, atMs: number, seenFromMs: number): void {
    if (to === 'UNHEALTHY' && from === 'SUSPECT') this.verdicts.down.push({ atMs, seenFromMs });
    if (to === 'SUSPECT') this.verdicts.suspicions++;
    if (to === 'DETACHED') this.verdicts.detached++;
  }

  private jittered(ms: number, atMs: number): number {
    return ms * (1 - JITTER + 2 * JITTER * chance(this.world.seed, 94, atMs));
  }

  private startRound(startedAtMs: number): void {
    this.nextRoundMs = startedAtMs + this.jittered(this.state.probeEveryMs ?? this.settings.intervalMs, startedAtMs);
    if (this.probing) {
      this.again = true;
      return;
    }
    this.probing = true;
    const seq = this.round++;
    const timeoutMs = probeTimeoutMs(this.settings, this.score);
    const port = connect(this.world, PANEL, 'port', startedAtMs, timeoutMs);
    const api = connect(this.world, PANEL, 'api', startedAtMs, timeoutMs);
    this.at(startedAtMs + Math.max(port.tookMs, api.tookMs), (atMs) => {
      this.probing = false;
      if (this.again) this.nextRoundMs = atMs;
      this.again = false;
      const results = this.results(port, api, atMs);
      const good = results.every(({ outcome }) => outcome === 'ok');
      this.take({ type: 'round', seq, atMs, startedAtMs, results }, atMs);
      this.score = nextScore(
        this.score,
        good ? { type: 'goodRound' } : { type: 'failedRound', silentHelpers: this.silentHelpers },
      );
      this.silentHelpers = 0;
    });
  }

  private results(port: Attempt, api: Attempt, atMs: number): TargetResult[] {
    const result = (target: TargetResult['target'], { outcome, tookMs }: Attempt): TargetResult => ({
      target,
      outcome,
      latencyMs: outcome === 'ok' ? tookMs : null,
      detail: null,
    });
    const results = [result({ kind: 'proxyPort', port: 443 }, port), result({ kind: 'agentApi' }, api)];
    if (api.outcome !== 'ok') return results;
    const runs = !isDead(this.world, atMs) || this.world.death?.kind !== 'xrayExit';
    return [...results, { target: { kind: 'xray' }, outcome: runs ? 'ok' : 'down', latencyMs: null, detail: null }];
  }

  private ask(index: number, askedMs: number): void {
    const seq = this.round;
    const helperId = `helper${index}`;
    const answer = (atMs: number, ports: PortResult[]) =>
      this.at(atMs, (now) => this.take({ type: 'helperAnswer', helperId, seq, atMs: now, ports }, now));
    const timeoutMs = probeTimeoutMs(this.settings, this.score);
    const { outcome, tookMs } = connect(this.world, [`helper${index}`, 'node'], 'port', askedMs, timeoutMs);
    // The question and the answer cross the panel's link on a session; one that takes twice the time-out is silence.
    const heardMs = arrivesAtMs(this.world, ['panelLink'], askedMs, 20 + index);
    const answeredMs = arrivesAtMs(this.world, ['panelLink'], heardMs + tookMs, 30 + index);
    if (answeredMs <= askedMs + 2 * timeoutMs) return answer(answeredMs, [{ port: 443, outcome }]);
    this.at(askedMs + 2 * timeoutMs, (now) => {
      this.silentHelpers++;
      this.take({ type: 'helperAnswer', helperId, seq, atMs: now, ports: [] }, now);
    });
  }

  private sendHeartbeat(sentMs: number): void {
    const arrivesMs = arrivesAtMs(this.world, PANEL, sentMs, 3);
    if (isDead(this.world, arrivesMs) && this.world.death?.kind !== 'xrayExit') return;
    // One connection: what was sent later does not arrive earlier.
    this.heardMs = Math.max(this.heardMs, arrivesMs);
    this.at(this.heardMs, (atMs) => this.hear('heartbeat', atMs));
    this.at(sentMs + this.jittered(this.settings.heartbeatMs, sentMs), (atMs) => this.sendHeartbeat(atMs));
  }

  private hear(type: AgentEvidence['type'], atMs: number): void {
    const exited = isDead(this.world, atMs) && this.world.death?.kind === 'xrayExit';
    const xray = exited ? 'CRASHED' : 'RUNNING';
    const stamp = { seq: this.seq++, atMs };
    const said = { xray, exitCode: exited ? 23 : null, lastWords: null } as const;
    switch (type) {
      case 'heartbeat':
        return this.take({ type, ...stamp, ...said, revision: null }, atMs);
      case 'xrayReport':
        return this.take({ type, ...stamp, ...said }, atMs);
      case 'sessionClosed':
        return this.take({ type, ...stamp, detail: null }, atMs);
      case 'sessionOpened':
        return this.take({ type, ...stamp }, atMs);
    }
  }
}

export interface LossReport {
  judge: Judge;
  nodeDays: number;
  /** Verdicts while the node had an outage of its own. */
  right: number;
  /** Verdicts upon an outage of the node that was over by then. */
  late: number;
  /** Verdicts upon a node that had no outage: only the panel did not see it. */
  wrong: number;
  suspicions: number;
  detached: number;
}

/** Bursts of loss over many node-days: how often is a burst taken for a death? */
export function simulateLoss(
  judge: Judge,
  nodeDays: number,
  seed: number,
  rates: WorldRates = USUAL_RATES,
  options: JudgeOptions = {},
): LossReport {
  const report: LossReport = { judge, nodeDays, right: 0, late: 0, wrong: 0, suspicions: 0, detached: 0 };
  for (let day = 0; day < nodeDays; day++) {
    const world = makeWorld(seed * 100_003 + day, DAY_MS, rates);
    const { down, suspicions, detached } = verdictsOf(judge, world, DAY_MS, options);
    report.suspicions += suspicions;
    report.detached += detached;
    for (const { atMs, seenFromMs } of down) {
      if (nodeWasOut(world, atMs, atMs)) report.right++;
      else if (nodeWasOut(world, seenFromMs - 2 * DETECTED_FROM_MS, atMs)) report.late++;
      else report.wrong++;
    }
  }
  return report;
}

/** A session that was silent for a lease, or a probe, may have seen an outage from before the suspicion. */
const DETECTED_FROM_MS = 25_000;

export interface DeathReport {
  judge: Judge;
  kind: Death['kind'];
  deaths: number;
  /** Deaths without a verdict after ten minutes. */
  missed: number;
  minMs: number;
  medianMs: number;
  p99Ms: number;
  maxMs: number;
}

const QUIET: WorldRates = {
  ...USUAL_RATES,
  panelPathBurstsPerHour: 0,
  helperPathBurstsPerHour: 0,
  nodeBurstsPerHour: 0,
  backgroundLoss: 0,
};

/** Nodes that die at a moment of chance: how long until it is said? */
export function simulateDeaths(
  judge: Judge,
  kind: Death['kind'],
  deaths: number,
  seed: number,
  options: JudgeOptions = {},
  rates: WorldRates = QUIET,
): DeathReport {
  const beforeMs = 2 * boundedSettings(options.settings).intervalMs;
  const afterMs = 600_000 + 20 * boundedSettings(options.settings).intervalMs;
  const times: number[] = [];
  for (let index = 0; index < deaths; index++) {
    const worldSeed = seed * 100_003 + index;
    const atMs = beforeMs + chance(worldSeed, 95) * beforeMs;
    const world = makeWorld(worldSeed, atMs + afterMs, rates, { atMs, kind });
    const { down } = verdictsOf(judge, world, atMs + afterMs, options, true);
    const [verdict] = down;
    if (verdict && verdict.atMs >= atMs) times.push(verdict.atMs - atMs);
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN;
  return {
    judge,
    kind,
    deaths,
    missed: deaths - times.length,
    minMs: quantile(0),
    medianMs: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: quantile(1),
  };
}
