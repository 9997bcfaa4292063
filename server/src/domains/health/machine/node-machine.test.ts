import { describe, expect, test } from 'vitest';
import type { Evidence, HealthInput, ProbeOutcome, TargetResult } from './evidence.js';
import { nextHealth, type GuardView, type HealthEffect } from './node-machine.js';
import { NEW_NODE, nodeState, storedHealth, type NodeState, type StoredHealth } from './node-state.js';
import { nextTickAtMs, probeEveryMs } from './pace.js';
import { boundedSettings, type HealthSettings } from './settings.js';

const START = 1_000_000;
const HEALTHY: StoredHealth = { ...NEW_NODE, health: 'HEALTHY', enrolled: true };
const UNHEALTHY: StoredHealth = {
  ...HEALTHY,
  health: 'UNHEALTHY',
  incarnation: 7,
  penalty: 1_000,
  told: 'UNHEALTHY',
};
const DETACHED: StoredHealth = { ...HEALTHY, health: 'DETACHED', told: 'DETACHED' };

type Ports = ProbeOutcome | Record<number, ProbeOutcome>;

/** A node, told piece by piece what is seen; seconds count from the start. */
class Bench {
  state: NodeState;
  effects: HealthEffect[] = [];
  rows: string[] = [];
  alerts: string[] = [];
  guard: GuardView = { verdicts: 'all', helpersLeft: 3 };
  score = 0;
  private seq = 0;
  private now = START;

  constructor(
    stored: StoredHealth = HEALTHY,
    readonly settings: HealthSettings = boundedSettings(),
  ) {
    this.state = nodeState(stored, START);
  }

  at(seconds: number): this {
    this.now = START + seconds * 1_000;
    return this;
  }

  give(input: HealthInput): this {
    const step = nextHealth(this.state, input, this.settings, this.guard, this.now, this.score);
    this.state = step.state;
    this.effects = step.effects;
    for (const effect of step.effects) {
      if (effect.type === 'transition') this.rows.push(`${effect.from} ${effect.to}`);
      if (effect.type === 'alert') this.alerts.push(effect.kind);
    }
    return this;
  }

  private piece(type: Evidence['type'], rest: object = {}): this {
    return this.give({ type, seq: ++this.seq, atMs: this.now, ...rest } as Evidence);
  }

  tick = () => this.give({ type: 'tick' });
  open = () => this.piece('sessionOpened');
  close = (detail: string | null = null) => this.piece('sessionClosed', { detail });
  beat = (xray = 'RUNNING', revision: string | null = null) =>
    this.piece('heartbeat', { xray, exitCode: null, lastWords: null, revision });
  exit = (exitCode: number | null = 23, lastWords: string | null = 'address already in use') =>
    this.piece('xrayReport', { xray: 'CRASHED', exitCode, lastWords });
  mode = (mode: string) => this.piece('mode', { mode });
  desire = (revision: string | null) => this.piece('desiredRevision', { revision });
  recount = () => this.piece('recount', { cause: 'slept' });
  helper = (helperId: string, outcome: ProbeOutcome | 'silent') =>
    this.piece('helperAnswer', { helperId, ports: outcome === 'silent' ? [] : [{ port: 443, outcome }] });
  helpers = (...outcomes: (ProbeOutcome | 'silent')[]) => {
    outcomes.forEach((outcome, index) => this.helper(`node-${index}`, outcome));
    return this;
  };
  round = (ports: Ports = 'ok', api: ProbeOutcome = 'ok', xray: ProbeOutcome = 'ok', startedAtMs = this.now) => {
    const byPort = typeof ports === 'string' ? { 443: ports } : ports;
    const results: TargetResult[] = Object.entries(byPort).map(([port, outcome]) =>
      result({ kind: 'proxyPort', port: Number(port) }, outcome),
    );
    results.push(result({ kind: 'agentApi' }, api));
    if (api === 'ok') results.push(result({ kind: 'xray' }, xray));
    return this.piece('round', { startedAtMs, results });
  };
  silent = () => this.round('timeout', 'timeout');

  types(): string[] {
    return this.effects.map((effect) => (effect.type === 'alert' ? `alert ${effect.kind}` : effect.type));
  }
}

function result(target: TargetResult['target'], outcome: ProbeOutcome): TargetResult {
  return { target, outcome, latencyMs: outcome === 'ok' ? 12 : null, detail: null };
}

/** A node that was well, and whose host fell silent at second 0. */
const silentNode = (...answers: (ProbeOutcome | 'silent')[]): Bench => {
  const bench = new Bench().at(-1).open().beat().round();
  bench
    .at(4)
    .silent()
    .helpers(...answers);
  bench
    .at(8)
    .silent()
    .helpers(...answers);
  return bench
    .at(13)
    .silent()
    .helpers(...answers);
};

describe('UNKNOWN', () => {
  test('[R2.5] a new node is HEALTHY after its session, its configuration and good rounds in a row', () => {
    const bench = new Bench(NEW_NODE).at(1).desire('r1').open().beat('RUNNING', null).round();
    expect(bench.types()).not.toContain('transition');
    bench.at(6).round();
    expect(bench.state.health, 'before it runs its configuration').toBe('UNKNOWN');
    bench.at(7).beat('RUNNING', 'r1');
    expect(bench.state).toMatchObject({ health: 'HEALTHY', slowStartFromMs: null });
  });

  test('[R1.1] a node whose agent was never installed stays UNKNOWN, however long its probes fail', () => {
    const bench = new Bench(NEW_NODE);
    for (let seconds = 0; seconds < 4_000; seconds += 30) bench.at(seconds).silent();
    expect(bench.state.health).toBe('UNKNOWN');
    expect(bench.rows).toEqual([]);
  });

  test('failures of a new node count after 60 s, and then it is a suspect first', () => {
    const bench = new Bench(NEW_NODE).at(0).open().beat();
    bench.at(59).silent();
    expect(bench.state.health).toBe('UNKNOWN');
    expect(bench.at(60).tick().state.health).toBe('SUSPECT');
  });

  test('it is probed every 5 s while somebody waits for it, at the ordinary pace before', () => {
    const bench = new Bench(NEW_NODE).at(0).tick();
    expect(bench.effects).toEqual([{ type: 'probeEvery', ms: 30_000 }]);
    expect(bench.open().effects).toEqual([{ type: 'probeNow' }, { type: 'probeEvery', ms: 5_000 }]);
  });
});

describe('HEALTHY', () => {
  test.each<[what: string, trouble: (bench: Bench) => Bench, cause: string]>([
    ['its session is closed', (bench) => bench.at(1).close(), 'sessionLost'],
    ['its lease is over', (bench) => bench.at(25).tick(), 'sessionLost'],
    ['a proxy port fails', (bench) => bench.at(1).round('timeout'), 'probeFailed'],
    ['one of two proxy ports fails', (bench) => bench.at(1).round({ 443: 'ok', 8443: 'refused' }), 'probeFailed'],
    ["its agent's API fails", (bench) => bench.at(1).round('ok', 'tls'), 'probeFailed'],
    ['Xray fails', (bench) => bench.at(1).round('ok', 'ok', 'down'), 'probeFailed'],
    ['its agent says that Xray has exited', (bench) => bench.at(1).exit(), 'xrayDown'],
    ['its agent reports Xray stopped', (bench) => bench.at(1).beat('STOPPED'), 'xrayDown'],
  ])('[R2.4] is SUSPECT when %s: looked at now and every 5 s, and three others are asked', (_what, trouble, cause) => {
    const bench = trouble(new Bench().at(0).open().beat().round());
    expect(bench.state).toMatchObject({ health: 'SUSPECT', reason: { cause }, incarnation: 0 });
    expect(bench.effects).toEqual([
      expect.objectContaining({ type: 'transition', from: 'HEALTHY', to: 'SUSPECT' }),
      { type: 'probeNow' },
      { type: 'askHelpers', count: 3 },
      { type: 'probeEvery', ms: 5_000 },
    ]);
  });

  test('stays so before its lease is over, and as long as reports come', () => {
    const bench = new Bench().at(0).open().beat();
    for (let seconds = 24; seconds < 500; seconds += 24) bench.at(seconds).tick().beat().round();
    expect(bench.rows).toEqual([]);
  });

  test('after a start of the panel its agent has 90 s to come back before that is strange', () => {
    const bench = new Bench();
    expect(bench.at(89).tick().state.health).toBe('HEALTHY');
    expect(bench.at(90).tick().state.health).toBe('SUSPECT');
  });
});

describe('SUSPECT', () => {
  test('a full good round and a session end the suspicion', () => {
    const bench = new Bench().at(0).open().beat().at(20).silent();
    expect(bench.at(21).round().state).toMatchObject({ health: 'HEALTHY', fails: 0, firstFailAtMs: null });
  });

  test('a round that began before the suspicion does not end it', () => {
    const bench = new Bench().at(0).open().beat().at(10).exit().beat();
    expect(bench.at(10.1).round('ok', 'ok', 'ok', START + 9_999).state.health).toBe('SUSPECT');
    expect(bench.at(10.2).round().state.health).toBe('HEALTHY');
  });

  test.each<[answers: (ProbeOutcome | 'silent')[], seconds: number]>([
    [['timeout', 'timeout', 'timeout'], 15],
    [['timeout', 'timeout', 'silent'], 30.564],
    [['timeout', 'silent', 'silent'], 52.5],
    [['silent', 'silent', 'silent'], 90],
    [[], 90],
  ])('[R2.4] silent to the panel and to helpers %j it is UNHEALTHY after %d s', (answers, seconds) => {
    const bench = silentNode(...answers);
    expect(bench.at(4 + seconds - 0.01).tick().state.health).toBe('SUSPECT');
    bench.at(4 + seconds + 0.001).tick();
    expect(bench.state).toMatchObject({ health: 'UNHEALTHY', incarnation: 1, reason: { cause: 'silent' } });
    expect(bench.types()).toEqual(['transition', 'alert UNHEALTHY', 'probeEvery']);
  });

  test.each([1, 2, 3, 5, 10])('[R2.4] never before %d failures in a row, whatever helpers say', (unhealthyAfter) => {
    const bench = new Bench(HEALTHY, boundedSettings({ unhealthyAfter })).at(-1).open().beat().round();
    for (let failures = 1; failures < unhealthyAfter; failures++) {
      bench
        .at(failures * 20)
        .silent()
        .helpers('timeout', 'timeout', 'timeout');
      bench.at(failures * 20 + 19).tick();
      expect(bench.state.health).toBe('SUSPECT');
    }
    bench
      .at(unhealthyAfter * 20)
      .silent()
      .helpers('timeout', 'timeout', 'timeout');
    expect(bench.at(unhealthyAfter * 20 + 15).tick().state.health).toBe('UNHEALTHY');
  });

  test('[R2.4] a good round in between starts the count anew', () => {
    const bench = new Bench().at(0).open().beat().at(1).close();
    bench.at(2).silent().at(7).silent().at(12).round().at(17).silent().at(22).silent();
    expect(bench.helpers('timeout', 'timeout', 'timeout').at(60).tick().state).toMatchObject({
      health: 'SUSPECT',
      fails: 2,
    });
  });

  test('[R2.4] one helper that reaches it is enough against a verdict, for the length of a window', () => {
    const bench = silentNode('timeout', 'timeout', 'ok');
    bench.at(18).silent().helper('node-2', 'ok');
    expect(bench.at(48).tick().state.health).toBe('SUSPECT');
    bench.at(49).silent().helpers('timeout', 'timeout', 'timeout');
    expect(bench.tick().state.health).toBe('UNHEALTHY');
  });

  test('[R2.4] a port that still answers the panel is enough as well', () => {
    const bench = new Bench().at(0).open().beat();
    for (let seconds = 5; seconds < 300; seconds += 5) bench.at(seconds).beat().round({ 443: 'ok', 8443: 'timeout' });
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.rows).toEqual(['HEALTHY SUSPECT']);
  });

  test('says once that a verdict has been due for 90 s and why it is not given', () => {
    const bench = new Bench().at(0).open().beat();
    for (let seconds = 5; seconds < 300; seconds += 5) bench.at(seconds).beat().round({ 443: 'ok', 8443: 'timeout' });
    expect(bench.alerts).toEqual(['VERDICT_WITHHELD']);
    expect(bench.state.reason.withheld).toBe('reached');
  });

  test('[R2.4] Xray gone with a live agent: its word is a failure, two rounds more and 5 s are enough', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).exit();
    bench.at(0.1).round('refused', 'ok', 'down');
    bench.at(4.9).round('refused', 'ok', 'down');
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.at(5).tick().state).toMatchObject({ health: 'UNHEALTHY', reason: { cause: 'xrayDown' } });
  });

  test('a port that connects in front of a dead Xray delays that by one round only', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).exit();
    bench.at(0.1).round('ok', 'ok', 'down').at(5).round('ok', 'ok', 'down');
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.at(10).round('ok', 'ok', 'down').state.health).toBe('UNHEALTHY');
  });

  test('an Xray that is back before the verdict takes the word back', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).exit().at(0.1).round('refused', 'ok', 'down');
    bench.at(3).beat();
    expect(bench.at(5).round().rows).toEqual(['HEALTHY SUSPECT', 'SUSPECT HEALTHY']);
  });

  test('refused to the panel and one other node: no need to wait for silence', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).close();
    bench.at(0).round('refused', 'refused').helpers('refused', 'silent').at(5).round('refused', 'refused');
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.at(10).round('refused', 'refused').state).toMatchObject({
      health: 'UNHEALTHY',
      reason: { cause: 'refused' },
    });
  });

  test('refused to the panel alone proves nothing: a firewall may do that', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).close();
    for (let seconds = 0; seconds < 89; seconds += 5) bench.at(seconds).round('refused', 'refused');
    expect(bench.state.health).toBe('SUSPECT');
  });

  test.each<[guard: GuardView['verdicts'], score: number, withheld: string]>([
    ['none', 0, 'guard'],
    ['all', 4, 'panelSick'],
  ])('no verdict when the guard says %s and the score is %d', (verdicts, score, withheld) => {
    const bench = silentNode('timeout', 'timeout', 'timeout');
    bench.guard = { verdicts, helpersLeft: 3 };
    bench.score = score;
    expect(bench.at(900).silent().helpers('timeout', 'timeout', 'timeout').tick().state).toMatchObject({
      health: 'SUSPECT',
      reason: { withheld },
    });
    bench.guard = { verdicts: 'all', helpersLeft: 3 };
    bench.score = 0;
    expect(bench.tick().state.health).toBe('UNHEALTHY');
  });

  test.each<[answers: (ProbeOutcome | 'silent')[], helpersLeft: number, health: string]>([
    [['timeout', 'timeout', 'silent'], 3, 'UNHEALTHY'],
    [['timeout', 'silent', 'silent'], 3, 'SUSPECT'],
    [['refused', 'silent', 'silent'], 3, 'UNHEALTHY'],
    [['timeout'], 1, 'UNHEALTHY'],
    [[], 0, 'SUSPECT'],
  ])('[R5.6] when much is down, helpers %j of %d make it %s', (answers, helpersLeft, health) => {
    const bench = silentNode(...answers);
    bench.guard = { verdicts: 'confirmed', helpersLeft };
    expect(
      bench
        .at(90)
        .silent()
        .helpers(...answers)
        .at(95)
        .tick().state.health,
    ).toBe(health);
  });

  test('a panel that does not trust itself waits longer', () => {
    const bench = silentNode('timeout', 'timeout', 'timeout');
    bench.score = 1;
    expect(bench.at(33.9).tick().state.health).toBe('SUSPECT');
    expect(bench.at(34).tick().state.health).toBe('UNHEALTHY');
  });

  test('after the panel was asleep nothing that it missed counts', () => {
    const bench = silentNode('timeout', 'timeout', 'timeout').at(600).recount();
    expect(bench.tick().state).toMatchObject({ health: 'SUSPECT', fails: 0 });
    bench.at(601).silent().at(606).silent().at(611).silent().helpers('timeout', 'timeout', 'timeout');
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.at(615).tick().state.health).toBe('UNHEALTHY');
  });

  test('is looked at every 5 s for ten minutes, then at the ordinary pace', () => {
    const bench = new Bench().at(0).open().beat().at(1).round('timeout');
    expect(probeEveryMs(bench.state, bench.settings, START + 600_000)).toBe(5_000);
    expect(probeEveryMs(bench.state, bench.settings, START + 602_000)).toBe(30_000);
  });

  test('helpers are asked again after each failed round, never twice at once', () => {
    const bench = new Bench().at(0).open().beat().at(1).round('timeout');
    expect(bench.types()).toContain('askHelpers');
    expect(bench.at(1.1).round('timeout').types()).toEqual([]);
    expect(bench.at(6).round('timeout').types()).toEqual(['askHelpers']);
    expect(bench.at(7).tick().types()).toEqual([]);
  });
});

describe('DETACHED', () => {
  const detached = (): Bench => {
    const bench = new Bench().at(-1).open().beat().round().at(0).close();
    for (let seconds = 0; seconds <= 25; seconds += 5) bench.at(seconds).round('ok', 'timeout');
    return bench;
  };

  test('the session is lost for 25 s and a port answers: an alert, and no failover', () => {
    const bench = detached();
    expect(bench.state).toMatchObject({ health: 'DETACHED', incarnation: 0, reason: { cause: 'stillServing' } });
    expect(bench.types()).toEqual(['transition', 'alert DETACHED', 'probeEvery']);
  });

  test('a helper may be the one that proves it', () => {
    const bench = new Bench().at(-1).open().beat().round().at(0).close();
    for (let seconds = 0; seconds <= 25; seconds += 5) bench.at(seconds).silent().helpers('ok', 'timeout', 'silent');
    expect(bench.state.health).toBe('DETACHED');
  });

  test('a port that answered before the trouble proves nothing', () => {
    const bench = new Bench().at(0).open().beat().at(20).round().at(25).tick();
    expect(bench.state.health).toBe('SUSPECT');
    expect(bench.at(51).tick().state.health).toBe('SUSPECT');
  });

  test('it is the same when the agent is connected, and yet its API cannot be reached for 25 s', () => {
    const bench = new Bench().at(-1).open().beat().round();
    for (let seconds = 0; seconds <= 25; seconds += 5) bench.at(seconds).beat().round('ok', 'timeout');
    expect(bench.state.health).toBe('DETACHED');
    expect(bench.at(30).beat().round().rows.at(-1)).toBe('DETACHED RECOVERING');
  });

  test('never becomes UNHEALTHY by itself, however long it lasts', () => {
    const bench = detached();
    for (let seconds = 30; seconds < 86_400; seconds += 60) bench.at(seconds).round('ok', 'timeout').tick();
    expect(bench.rows).toEqual(['HEALTHY SUSPECT', 'SUSPECT DETACHED']);
  });

  test('its session back, it is RECOVERING, and HEALTHY with its whole share: it has never lost a user', () => {
    const bench = detached().at(40).open();
    expect(bench.rows.at(-1), 'its API is still not seen').toBe('SUSPECT DETACHED');
    expect(bench.types()).toContain('probeNow');
    bench.at(41).beat().round().at(51).beat().round().at(61).beat().round();
    expect(bench.state).toMatchObject({ health: 'HEALTHY', slowStartFromMs: null });
    expect(bench.types()).toContain('alert RECOVERED');
  });

  test('a failure while it recovers is a suspicion, no verdict', () => {
    const bench = detached().at(40).open().round();
    expect(bench.state.health).toBe('RECOVERING');
    expect(bench.at(45).silent().state).toMatchObject({ health: 'SUSPECT', incarnation: 0 });
  });

  test('every observer fails: SUSPECT, and the count starts there', () => {
    const bench = detached();
    bench.at(35).silent();
    expect(bench.state.health).toBe('DETACHED');
    expect(bench.types()).toEqual(['askHelpers', 'probeEvery']);
    bench.helpers('timeout', 'timeout', 'timeout').at(40).silent();
    expect(bench.state).toMatchObject({ health: 'SUSPECT', reason: { cause: 'notServing' } });
    expect(bench.at(49).silent().tick().state.health).toBe('SUSPECT');
  });

  test('as long as helpers reach it, it stays', () => {
    const bench = detached();
    for (let seconds = 30; seconds < 300; seconds += 5) bench.at(seconds).silent().helpers('timeout', 'ok', 'silent');
    expect(bench.state.health).toBe('DETACHED');
  });
});

describe('UNHEALTHY and RECOVERING', () => {
  test('[R2.5] one good round and a session: RECOVERING, probed every 10 s', () => {
    const bench = new Bench(UNHEALTHY).at(0).tick().at(10).round();
    expect(bench.state.health, 'without its session').toBe('UNHEALTHY');
    bench.at(11).open();
    expect(bench.state.health).toBe('RECOVERING');
    expect(probeEveryMs(bench.state, bench.settings, START)).toBe(10_000);
  });

  test.each([
    [1, 20],
    [2, 20],
    [3, 20],
    [4, 30],
    [10, 90],
  ])('[R2.5] with healthyAfter %d it is HEALTHY %d s after its first good round, slowly', (healthyAfter, seconds) => {
    const bench = new Bench(UNHEALTHY, boundedSettings({ healthyAfter })).at(0).open().round();
    for (let at = 10; at < seconds; at += 10) {
      expect(bench.at(at).beat().round().state.health).toBe('RECOVERING');
    }
    bench.at(seconds).beat().round();
    expect(bench.state).toMatchObject({ health: 'HEALTHY', slowStartFromMs: START + seconds * 1_000, incarnation: 7 });
    expect(bench.types()).toEqual(['transition', 'alert RECOVERED', 'probeEvery']);
  });

  test('[R7.5] not before it runs the configuration that it should', () => {
    const bench = new Bench({ ...UNHEALTHY, desiredRevision: 'r2' }).at(0).open();
    for (let at = 0; at <= 60; at += 10) bench.at(at).beat('RUNNING', 'r1').round();
    expect(bench.state.health).toBe('RECOVERING');
    expect(bench.at(61).beat('RUNNING', 'r2').state.health).toBe('HEALTHY');
  });

  test('[R2.5] any failed round: UNHEALTHY again, the same incarnation, half a penalty, no second alert', () => {
    const bench = new Bench(UNHEALTHY).at(0).open().round().at(10).silent();
    expect(bench.state).toMatchObject({ health: 'UNHEALTHY', incarnation: 7, reason: { cause: 'relapsed' } });
    expect(bench.state.penalty).toBeCloseTo(1_000 * 2 ** (-10 / 900) + 500);
    expect(bench.types()).toEqual(['transition']);
  });

  test('the guard is asked about that too', () => {
    const bench = new Bench(UNHEALTHY).at(0).open().round();
    bench.guard = { verdicts: 'none', helpersLeft: 3 };
    expect(bench.at(10).silent().state.health).toBe('RECOVERING');
  });
});

describe('[R2.5] damping', () => {
  /** Down for a minute, then up for a minute. */
  const outage = (bench: Bench, startSeconds: number): Bench => {
    bench.at(startSeconds).close();
    for (let at = 0; at <= 20; at += 5)
      bench
        .at(startSeconds + at)
        .silent()
        .helpers('timeout', 'timeout', 'timeout');
    bench.at(startSeconds + 60).open();
    for (let at = 60; at <= 100; at += 10)
      bench
        .at(startSeconds + at)
        .beat()
        .round();
    return bench;
  };

  test('two outages in twenty minutes are forgiven, three are not', () => {
    const bench = new Bench().at(-1).open().beat().round();
    outage(bench, 0);
    outage(bench, 600);
    expect(bench.state).toMatchObject({ health: 'HEALTHY', damped: false });
    outage(bench, 1_100);
    expect(bench.state).toMatchObject({ health: 'RECOVERING', damped: true });
  });

  test('it is told, and ends by itself after 22 to 29 minutes', () => {
    const bench = new Bench({ ...UNHEALTHY, health: 'HEALTHY', penalty: 1_400, told: null }).at(-1).open().round();
    bench.at(0).close();
    for (let at = 0; at <= 15; at += 5) bench.at(at).silent().helpers('timeout', 'timeout', 'timeout');
    expect(bench.alerts).toEqual(['UNHEALTHY', 'FLAPPING']);
    bench.at(60).open();
    let minutes = 1;
    while (bench.state.health !== 'HEALTHY' && minutes < 60)
      bench
        .at(++minutes * 60)
        .beat()
        .round();
    expect(minutes).toBeGreaterThanOrEqual(22);
    expect(minutes).toBeLessThanOrEqual(29);
  });
});

describe('DISABLED and DRAINING', () => {
  test.each([HEALTHY, UNHEALTHY, DETACHED])('a node that is disabled is not judged nor looked at', (stored) => {
    const bench = new Bench(stored).at(0).open().mode('DISABLED');
    expect(bench.state.health).toBe('UNKNOWN');
    expect(bench.effects.at(-1)).toEqual({ type: 'probeEvery', ms: null });
    bench.at(10).close().at(60).silent().at(900).exit().tick();
    expect(bench.state.health).toBe('UNKNOWN');
    expect(bench.effects).toEqual([]);
  });

  test('enabled again it begins like a new node, with its incarnation and penalty', () => {
    const bench = new Bench(UNHEALTHY).at(0).open().mode('DISABLED').at(100).mode('ACTIVE');
    expect(bench.effects.at(-1)).toEqual({ type: 'probeEvery', ms: 5_000 });
    bench.at(101).beat().round().at(106).round();
    expect(bench.state).toMatchObject({ health: 'HEALTHY', incarnation: 7, penalty: 1_000 });
  });

  test('a draining node is judged like any other', () => {
    expect(silentNode('timeout', 'timeout', 'timeout').mode('DRAINING').at(19).tick().state.health).toBe('UNHEALTHY');
  });
});

describe('the engine around it', () => {
  test('[R2.3] a change of the interval acts with the next tick', () => {
    const bench = new Bench().at(0).open().beat().round();
    Object.assign(bench.settings, { intervalMs: 7_000 });
    expect(bench.at(1).tick().effects).toEqual([{ type: 'probeEvery', ms: 7_000 }]);
    expect(bench.at(2).tick().effects).toEqual([]);
  });

  test('a tick is needed when nextTickAtMs says so, and changes nothing before', () => {
    const bench = new Bench().at(0).open().beat().round();
    const dueMs = nextTickAtMs(bench.state, bench.settings, START, 0);
    expect(dueMs).toBe(START + 25_000);
    expect(bench.at((dueMs - START - 1) / 1_000).tick().rows).toEqual([]);
    expect(bench.at((dueMs - START) / 1_000).tick().rows).toEqual(['HEALTHY SUSPECT']);
    expect(nextTickAtMs(bench.state, bench.settings, dueMs, 0)).toBe(dueMs + 1_000);
  });

  test('what is stored and taken up again is the same node', () => {
    const before = silentNode('timeout', 'timeout', 'timeout').at(19).tick().state;
    const stored = storedHealth(before, START + 100_000);
    const after = nodeState(JSON.parse(JSON.stringify(stored)) as StoredHealth, 5_000);
    expect(after).toMatchObject({ health: 'UNHEALTHY', incarnation: 1, told: 'UNHEALTHY' });
    expect(storedHealth(after, 5_000)).toEqual(stored);
  });

  test('a recorded trace, replayed, gives the same states', () => {
    const bench = silentNode('timeout', 'ok', 'silent').at(60).tick();
    const again = silentNode('timeout', 'ok', 'silent').at(60).tick();
    expect(again.state).toEqual(bench.state);
    expect(JSON.parse(JSON.stringify(bench.state))).toEqual(bench.state);
  });

  test('of more helpers than are remembered the oldest are forgotten, and their old answers stay old', () => {
    const bench = new Bench().at(0).open().beat().at(1).round('timeout');
    for (let index = 0; index < 12; index++) bench.helper(`far-${index}`, 'timeout');
    expect(Object.keys(bench.state.helpers)).toHaveLength(8);
    const before = bench.state;
    bench.give({ type: 'helperAnswer', helperId: 'far-0', seq: 5, atMs: START, ports: [] });
    expect(bench.state).toBe(before);
  });
});
