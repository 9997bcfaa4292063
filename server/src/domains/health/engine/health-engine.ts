import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { NotificationEvent, type Alert } from '../../alerts/index.js';
import type { EventBus } from '../../../platform/events/bus.js';
import type { NodeSample } from '../../../platform/events/topics.js';
import type { Logger } from '../../../platform/log.js';
import type { ShardLeases } from '../../../platform/shard-leases.js';
import { NodeMode, type XrayState } from '../../nodes/index.js';
import type { ProxyService } from '../../proxies/index.js';
import type { SettingsService } from '../../settings/index.js';
import type { HealthInput, PortResult } from '../machine/evidence.js';
import {
  GUARD_EVERY_MS,
  GUARD_SETTINGS,
  guardView,
  initialGuard,
  nextGuard,
  type GuardState,
} from '../machine/guard.js';
import { nextHealth, type AlertKind, type HealthEffect } from '../machine/node-machine.js';
import { NEW_NODE, nodeState, storedHealth, type NodeState } from '../machine/node-state.js';
import { nextTickAtMs } from '../machine/pace.js';
import type { Reason } from '../machine/reason.js';
import { nextScore } from '../machine/score.js';
import { boundedSettings, probeTimeoutMs, type HealthSettings } from '../machine/settings.js';
import { reasonInWords } from '../machine/words.js';
import { HelperDesk, type Question } from './helper-desk.js';
import type { Change, HealthStore } from './health-store.js';
import { loadNodeFacts, type NodeFacts } from './node-facts.js';
import type { Prober } from './prober.js';

const PACE_MS = 200;
const RELOAD_GATHER_MS = 300;
const SELF_CHECK_MS = 10_000;
/** Looks that may be under way at once: 10,000 nodes that answer in 50 ms need 17, as many that hang for 4 s 1,300. */
const MOST_LOOKS = 1_500;
const JITTER = 0.1;
/** Of each node's share of the interval; a proxy without TCP ports is looked at by its agent's API alone. */
const HELPER_CANDIDATES = 12;

interface Watched {
  facts: NodeFacts;
  state: NodeState;
  ports: number[];
  seq: { agent: number; panel: number; operator: number; question: number };
  heard: boolean;
  everyMs: number | null;
  lookAtMs: number;
  looking: boolean;
  tickAtMs: number;
}

interface EngineParts {
  db: DataSource;
  events: EventBus;
  proxies: ProxyService;
  settings: SettingsService;
  prober: Prober;
  store: HealthStore;
  shards: ShardLeases;
  log: Logger;
  random: () => number;
  nowMs: () => number;
}

/**
 * Checks the nodes of this panel's shards and judges them: gathers evidence, hands it to the machine, does what the machine
 * says. All judgement is in `machine`; here are only clocks, sockets and rows.
 */
export class HealthEngine {
  private readonly nodes = new Map<string, Watched>();
  private readonly stale = new Set<string>();
  private readonly desk: HelperDesk;
  private readonly lag: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  private readonly stops: (() => void)[] = [];
  private guardState: GuardState;
  private settings: HealthSettings = boundedSettings();
  private score = 0;
  private looks = 0;
  private lost: string[] = [];
  private reloading: Promise<void> | undefined;
  private reloadTimer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: EngineParts) {
    this.guardState = initialGuard(parts.nowMs());
    this.desk = new HelperDesk(parts.events, (question, helperId, ports) =>
      this.helperAnswered(question, helperId, ports),
    );
  }

  get guard(): GuardState['mode'] {
    return this.guardState.mode;
  }

  get size(): number {
    return this.nodes.size;
  }

  async start(): Promise<void> {
    await this.readSettings();
    const { events } = this.parts;
    this.lag.enable();
    this.stops.push(
      events.on('nodeMetrics', ({ samples }) => samples.forEach((sample) => this.heartbeat(sample))),
      events.on('nodeConnected', ({ nodeId }) => this.session(nodeId, true, null)),
      events.on('nodeDisconnected', ({ nodeId }) => this.session(nodeId, false, 'the connection ended')),
      events.on('nodeChanged', ({ nodeId, kind }) => (kind === 'DELETED' ? this.forget(nodeId) : this.reload(nodeId))),
      events.on('syncChanged', ({ nodeId }) => this.reload(nodeId)),
      events.on('settingsChanged', () => void this.readSettings().catch(() => undefined)),
      every(PACE_MS, () => this.pace()),
      every(GUARD_EVERY_MS, () => this.watchFleet()),
      every(SELF_CHECK_MS, () => this.checkSelf()),
    );
    await this.takeUp(null);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const stop of this.stops) stop();
    clearTimeout(this.reloadTimer);
    this.desk.stop();
    this.lag.disable();
    await this.reloading;
    await this.parts.store.stop();
  }

  /** Shards have come or gone. */
  async shardsChanged(): Promise<void> {
    for (const nodeId of this.nodes.keys()) if (!this.isMine(nodeId)) this.nodes.delete(nodeId);
    await this.takeUp(null);
  }

  private isMine(nodeId: string): boolean {
    const { shards } = this.parts;
    return shards.holds(shards.shardOf(nodeId));
  }

  private async readSettings(): Promise<void> {
    const read = await this.parts.settings.read();
    this.settings = boundedSettings({
      intervalMs: read.healthCheckIntervalSeconds * 1_000,
      timeoutMs: read.healthCheckTimeoutSeconds * 1_000,
      unhealthyAfter: read.unhealthyAfter,
      healthyAfter: read.healthyAfter,
      heartbeatMs: read.metricsIntervalSeconds * 1_000,
    });
    for (const node of this.nodes.values()) this.handle(node, { type: 'tick' });
  }

  // --- which nodes, and what is known of them

  private reload(nodeId: string): void {
    if (this.stopped || !this.isMine(nodeId)) return;
    this.stale.add(nodeId);
    this.reloadTimer ??= setTimeout(() => {
      this.reloadTimer = undefined;
      const ids = [...this.stale];
      this.stale.clear();
      this.reloading = this.takeUp(ids)
        .catch((error: unknown) => this.parts.log.error({ err: error }, 'nodes could not be read for their checks'))
        .finally(() => (this.reloading = undefined));
    }, RELOAD_GATHER_MS);
  }

  private async takeUp(nodeIds: string[] | null): Promise<void> {
    const { db, proxies } = this.parts;
    const found = (await loadNodeFacts(db, proxies, nodeIds)).filter(({ id }) => this.isMine(id));
    for (const facts of found) {
      const known = this.nodes.get(facts.id);
      if (known) this.update(known, facts);
      else this.begin(facts);
    }
  }

  private begin(facts: NodeFacts): void {
    const now = this.parts.nowMs();
    const { stored, storedAgeMs, mode, enrolled, appliedRevision, desiredRevision } = facts;
    const aged = stored && {
      ...stored,
      penaltyAgeMs: stored.penaltyAgeMs + storedAgeMs,
      slowStartAgeMs: stored.slowStartAgeMs === null ? null : stored.slowStartAgeMs + storedAgeMs,
    };
    const node: Watched = {
      facts,
      state: nodeState({ ...NEW_NODE, ...aged, mode, enrolled, appliedRevision, desiredRevision }, now),
      ports: facts.ports ?? [],
      seq: { agent: 0, panel: 0, operator: 0, question: 0 },
      heard: false,
      everyMs: null,
      lookAtMs: Infinity,
      looking: false,
      tickAtMs: now,
    };
    this.nodes.set(facts.id, node);
    this.handle(node, { type: 'tick' });
    if (facts.connected) this.session(facts.id, true, null);
  }

  private update(node: Watched, facts: NodeFacts): void {
    const before = node.facts;
    node.facts = facts;
    // While a node is not in step, a port that is new may not be there yet, and one that goes may be gone already.
    if (facts.ports) node.ports = facts.ports;
    if (facts.mode !== before.mode) this.operator(node, { type: 'mode', mode: facts.mode });
    if (facts.desiredRevision !== node.state.desiredRevision) {
      this.operator(node, { type: 'desiredRevision', revision: facts.desiredRevision });
    }
  }

  private forget(nodeId: string): void {
    this.nodes.delete(nodeId);
  }

  // --- evidence

  private session(nodeId: string, up: boolean, detail: string | null): void {
    const node = this.nodes.get(nodeId);
    if (!node) return;
    if (!up) this.lost.push(nodeId);
    node.heard ||= up;
    const stamp = this.stamp(node, 'agent');
    this.handle(node, up ? { type: 'sessionOpened', ...stamp } : { type: 'sessionClosed', detail, ...stamp });
  }

  private heartbeat({ nodeId, xrayState, xrayError, configRevision }: NodeSample): void {
    const node = this.nodes.get(nodeId);
    if (!node) return;
    node.heard = true;
    const exitCode = /^exited with code (\d+)/.exec(xrayError ?? '')?.[1];
    this.handle(node, {
      type: 'heartbeat',
      // A process whose API does not answer serves nobody, whatever it is called.
      xray: (xrayError && xrayState === 'RUNNING' ? 'CRASHED' : xrayState) as XrayState,
      exitCode: exitCode === undefined ? null : Number(exitCode),
      lastWords: xrayError?.replace(/^exited with code \d+: /, '') ?? null,
      revision: configRevision,
      ...this.stamp(node, 'agent'),
    });
  }

  private operator(
    node: Watched,
    input:
      | { type: 'mode'; mode: NodeFacts['mode'] }
      | { type: 'desiredRevision'; revision: string | null }
      | { type: 'recount'; cause: 'slept' | 'isolationEnded' },
  ): void {
    this.handle(node, { ...input, ...this.stamp(node, 'operator') });
  }

  private helperAnswered({ nodeId, seq }: Question, helperId: string, ports: PortResult[]): void {
    const node = this.nodes.get(nodeId);
    if (!node) return;
    if (ports.length === 0) this.score = nextScore(this.score, { type: 'failedRound', silentHelpers: 1 });
    this.handle(node, { type: 'helperAnswer', helperId, ports, seq, atMs: this.parts.nowMs() });
  }

  private stamp(node: Watched, source: 'agent' | 'operator'): { atMs: number; seq: number } {
    node.seq[source] += 1;
    return { atMs: this.parts.nowMs(), seq: node.seq[source] };
  }

  // --- the machine

  private handle(node: Watched, input: HealthInput): void {
    const now = this.parts.nowMs();
    const guard = guardView(this.guardState, node.facts.groupIds, this.helpersLeft(node));
    const { state, effects } = nextHealth(node.state, input, this.settings, guard, now, this.score);
    const before = node.state;
    node.state = state;
    node.tickAtMs = Math.max(now + PACE_MS, nextTickAtMs(state, this.settings, now, this.score));
    for (const effect of effects) this.carryOut(node, effect, now);
    this.record(node, before, effects, now);
  }

  private carryOut(node: Watched, effect: HealthEffect, now: number): void {
    switch (effect.type) {
      case 'probeNow':
        node.lookAtMs = now;
        return;
      case 'probeEvery': {
        const { ms } = effect;
        // The first look of a node that is taken up comes at any time of its interval: a fleet is never looked at at once.
        const waitMs = ms === null ? Infinity : node.everyMs === null ? ms * this.parts.random() : this.jittered(ms);
        node.everyMs = ms;
        node.lookAtMs = ms === null ? Infinity : Math.min(node.lookAtMs, now + waitMs);
        return;
      }
      case 'askHelpers':
        void this.askHelpers(node, effect.count).catch((error: unknown) =>
          this.parts.log.warn({ err: error }, 'other nodes could not be asked'),
        );
        return;
      case 'transition':
      case 'alert':
        return; // written by record(), together
    }
  }

  /** One change for each transition; alerts go with the last one, or alone. */
  private record(node: Watched, before: NodeState, effects: readonly HealthEffect[], now: number): void {
    const transitions = effects.filter((effect) => effect.type === 'transition');
    const alerts = effects.flatMap((effect) =>
      effect.type === 'alert' ? [this.alertOf(node, effect.kind, effect.reason, now)] : [],
    );
    if (transitions.length === 0 && alerts.length === 0 && before.damped === node.state.damped) return;
    const base = (from: NodeState['health'], to: NodeState['health'], incarnation: number, reason: Reason): Change => ({
      nodeId: node.facts.id,
      at: this.wallClock(now, now),
      from,
      to,
      incarnation,
      damped: node.state.damped,
      words: this.words(reason, now),
      evidence: reason.lines.map(({ sinceMs, ...line }) => ({
        ...line,
        since: this.wallClock(sinceMs, now).toISOString(),
      })),
      stored: storedHealth(node.state, now),
      alerts: [],
    });
    const { health, incarnation, reason } = node.state;
    const changes = transitions.map((effect) => base(effect.from, effect.to, effect.incarnation, effect.reason));
    if (changes.length === 0) changes.push(base(health, health, incarnation, reason));
    changes.at(-1)!.alerts.push(...alerts.flatMap((alert) => alert ?? []));
    for (const change of changes) this.parts.store.changed(change);
    for (const { from, to, words } of changes) {
      if (from !== to)
        this.parts.log.info({ nodeId: node.facts.id, name: node.facts.name, from, to }, `health: ${words}`);
    }
  }

  private alertOf(node: Watched, kind: AlertKind, reason: Reason, now: number): Alert | undefined {
    const event = ALERT_EVENTS[kind];
    if (!event) return undefined;
    const { id, name } = node.facts;
    const { incarnation, sinceMs } = node.state;
    const since = this.wallClock(sinceMs, now).toISOString();
    return {
      event,
      dedupeKey: `node:${id}:${kind}:${incarnation}:${since}`,
      coalesceKey: `node:${id}`,
      nodeId: id,
      facts: { nodeName: name, reason: this.words(reason, now), since },
    };
  }

  private words(reason: Reason, now: number): string {
    return reasonInWords(reason, (ms) => this.wallClock(ms, now).toISOString().slice(11, 19));
  }

  /** The machine counts in monotonic time; people read the clock on the wall. */
  private wallClock(ms: number, now: number): Date {
    return new Date(Date.now() - (now - ms));
  }

  // --- looks

  private pace(): void {
    const now = this.parts.nowMs();
    const due: Watched[] = [];
    for (const node of this.nodes.values()) {
      if (node.tickAtMs <= now) this.handle(node, { type: 'tick' });
      if (node.lookAtMs <= now && !node.looking) due.push(node);
    }
    due.sort((a, b) => a.lookAtMs - b.lookAtMs);
    for (const node of due.slice(0, Math.max(0, MOST_LOOKS - this.looks))) void this.look(node);
  }

  private async look(node: Watched): Promise<void> {
    const startedAtMs = this.parts.nowMs();
    const { id: nodeId, address, agentPort } = node.facts;
    node.looking = true;
    node.lookAtMs = node.everyMs === null ? Infinity : startedAtMs + this.jittered(node.everyMs);
    node.seq.panel += 1;
    const seq = node.seq.panel;
    this.looks += 1;
    const at = new Date();
    try {
      const target = { nodeId, address, agentPort, ports: node.ports };
      const results = await this.parts.prober.look(target, probeTimeoutMs(this.settings, this.score));
      if (this.nodes.get(nodeId) !== node || this.stopped) return;
      if (results.every(({ outcome }) => outcome === 'ok')) this.score = nextScore(this.score, { type: 'goodRound' });
      this.handle(node, { type: 'round', startedAtMs, results, seq, atMs: this.parts.nowMs() });
      this.parts.store.finished({ nodeId, at, results, healthAfter: node.state.health });
    } catch (error) {
      this.parts.log.error({ err: error, nodeId }, 'a look at a node failed');
    } finally {
      node.looking = false;
      this.looks -= 1;
    }
  }

  private jittered(ms: number): number {
    return ms * (1 - JITTER + 2 * JITTER * this.parts.random());
  }

  /** Nodes that are well, of other groups first: what is near the one in question may share its trouble. */
  private async askHelpers(node: Watched, count: number): Promise<void> {
    const ports = node.ports.length > 0 ? node.ports.slice(0, 4) : [node.facts.agentPort];
    node.seq.question += 1;
    const seq = node.seq.question;
    const rows = await this.parts.db.query<{ node_id: string }[]>(
      `SELECT s.node_id FROM node_status s JOIN nodes n ON n.id = s.node_id
       WHERE s.connected AND s.health = 'HEALTHY' AND n.mode = 'ACTIVE' AND s.node_id <> $1
       ORDER BY EXISTS (SELECT FROM group_nodes m WHERE m.node_id = s.node_id AND m.group_id = ANY($2::uuid[])), random()
       LIMIT $3`,
      [node.facts.id, node.facts.groupIds, HELPER_CANDIDATES],
    );
    const { id: nodeId, address } = node.facts;
    const timeoutMs = probeTimeoutMs(this.settings, this.score);
    this.desk.ask(
      { nodeId, address, ports, timeoutMs, seq },
      rows.slice(0, count).map((row) => row.node_id),
    );
  }

  private helpersLeft(node: Watched): number {
    return Math.max(0, this.healthyCount - (node.state.health === 'HEALTHY' ? 1 : 0));
  }

  private healthyCount = 0;

  // --- the fleet, and the panel itself

  private watchFleet(): void {
    const judged = [...this.nodes.values()].filter(({ facts }) => facts.mode !== NodeMode.DISABLED);
    this.healthyCount = judged.filter(({ state }) => state.health === 'HEALTHY').length;
    const facts = {
      nodes: judged.map(({ facts: { id, enrolled, groupIds }, state: { health }, heard }) => ({
        id,
        health,
        enrolled,
        heard,
        groupIds,
      })),
      sessionsLost: this.lost.splice(0),
      sessionsUp: judged.filter(({ state }) => state.session.state === 'up').length,
      paused: false,
    };
    const guard = { ...GUARD_SETTINGS, lateAfterMs: this.settings.timeoutMs };
    const { state, effects } = nextGuard(this.guardState, facts, this.parts.nowMs(), guard);
    const verdictsChanged = state.verdicts !== this.guardState.verdicts;
    this.guardState = state;
    if (verdictsChanged) for (const node of this.nodes.values()) this.handle(node, { type: 'tick' });
    for (const effect of effects) {
      if (effect.type === 'modeChanged') {
        this.parts.log.warn(
          { from: effect.from, to: effect.to, cause: effect.holdCause },
          'the guard of verdicts has changed',
        );
        this.parts.events.publish('guardChanged', { mode: effect.to });
      } else {
        for (const node of this.nodes.values()) this.operator(node, { type: 'recount', cause: effect.cause });
      }
    }
  }

  private checkSelf(): void {
    const loopLagP99Ms = this.lag.percentile(99) / 1e6;
    const { store } = this.parts;
    this.score = nextScore(this.score, { type: 'selfCheck', loopLagP99Ms, slowestWriteMs: store.slowestMs });
    store.slowestMs = 0;
    this.lag.reset();
  }
}

/** Words for what only failover tells are its own. */
const ALERT_EVENTS: Partial<Record<AlertKind, NotificationEvent>> = {
  UNHEALTHY: NotificationEvent.NODE_UNHEALTHY,
  RECOVERED: NotificationEvent.NODE_RECOVERED,
  DETACHED: NotificationEvent.AGENT_DISCONNECTED,
};

function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}
