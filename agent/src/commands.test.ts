import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { Commands } from './commands.js';
import type { AgentCommand } from './commands.js';
import type { CompleteCommandInput } from './gql/graphql.js';
import { CommandJournal } from './outbox/command-journal.js';
import { LogOutbox } from './outbox/log-outbox.js';
import type { PanelSocket } from './panel-socket.js';
import { ManualClock } from './support/manual-clock.js';
import { temporaryDir } from './support/temporary-dir.js';

/** A connection that keeps what it is told, or refuses to take it. */
class Connection {
  readonly outcomes: CompleteCommandInput[] = [];
  broken = false;

  subscribe(): void {}

  async request(_: unknown, { input }: { input: CompleteCommandInput }): Promise<unknown> {
    if (this.broken) throw new Error('no answer in time');
    this.outcomes.push(input);
    return {};
  }

  get socket(): PanelSocket {
    return this as unknown as PanelSocket;
  }
}

function setup() {
  const path = join(temporaryDir(), 'commands.ndjson');
  const journal = new CommandJournal(path);
  onTestFinished(() => journal.close());
  const clock = new ManualClock();
  /** What was done, in order; each act goes on until it is let go. */
  const begun: string[] = [];
  const letGo: (() => void)[] = [];
  const act = (name: string) => {
    begun.push(name);
    return new Promise<string>((resolve) => letGo.push(() => resolve(`did ${name}`)));
  };
  const commands = new Commands({
    journal,
    xray: {
      start: () => act('start'),
      stop: () => act('stop'),
      restart: () => act('restart'),
      reload: () => act('reload'),
    },
    node: {
      revision: 'r0',
      applyConfig: ({ revision }) => act(revision),
      applyUsers: ({ revision }) =>
        revision === 'bad' ? Promise.reject(new Error('the node is elsewhere')) : act(revision),
    },
    prober: {
      probe: async ({ targets }) => {
        if (targets.length > 1) throw new Error('too many');
        await act('look');
        return targets.map(({ nodeId, port }) => ({ nodeId, port, ok: true, latencyMs: 1, error: null }));
      },
    },
    logs: new LogOutbox(),
    applySettings: async () => void (await act('settings')),
    clock,
    log: pino({ level: 'silent' }),
  });
  const connection = new Connection();
  commands.start(connection.socket);
  const receive = (id: string, action: AgentCommand['action'], lifeMs = 60_000) =>
    commands.receive({ id, issuedAt: '', expiresAt: new Date(clock.now() + lifeMs).toISOString(), action });
  const config = (id: string) => receive(id, { __typename: 'ApplyConfig', revision: id, config: {} });
  const change = (id: string) =>
    receive(id, { __typename: 'ApplyUsers', baseRevision: 'r0', revision: id, add: [], remove: [] });
  const look = (id: string, count = 1, lifeMs?: number) => {
    const targets = Array.from({ length: count }, () => ({ nodeId: 'n', address: '10.0.0.1', port: 443 }));
    receive(id, { __typename: 'ProbeTargets', targets, timeoutMs: 1_000 }, lifeMs);
  };
  /** The present one ends; the next has begun. */
  const next = async () => {
    letGo.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { commands, connection, journal, path, clock, begun, letGo, receive, config, change, look, next };
}

test('[R3.4] applies, commands and settings never interleave', async () => {
  const { begun, receive, config, change, next } = setup();
  config('c1');
  receive('x', { __typename: 'ControlXray', kind: 'RESTART_XRAY' });
  receive('s', {
    __typename: 'ChangeSettings',
    agentPort: 1,
    metricsIntervalSeconds: 1,
    trafficIntervalSeconds: 1,
  });
  change('u1');
  for (const name of ['c1', 'restart', 'settings', 'u1']) {
    expect(begun.at(-1)).toBe(name);
    await next();
  }
});

test('[R3.4] a whole configuration replaces the applies that wait, and those are told so', async () => {
  const { begun, connection, receive, config, change, next } = setup();
  config('c1');
  change('u1');
  receive('x', { __typename: 'ControlXray', kind: 'STOP_XRAY' });
  config('c2');
  change('u2');
  config('c3');
  await next();
  await next();
  await next();
  expect(begun).toEqual(['c1', 'stop', 'c3']);
  const outcomes = Object.fromEntries(connection.outcomes.map(({ commandId, ...outcome }) => [commandId, outcome]));
  const replaced = { ok: false, error: 'It was replaced by a newer one', appliedRevision: 'r0' };
  expect(outcomes).toMatchObject({
    c1: { ok: true, output: 'did c1', appliedRevision: 'r0' },
    u1: replaced,
    c2: replaced,
    u2: replaced,
    c3: { ok: true },
  });
});

test('[R3.4] users change after the configuration that came before them', async () => {
  const { begun, config, change, next } = setup();
  config('c1');
  config('c2');
  change('u1');
  change('u2');
  for (const _ of [1, 2, 3, 4]) await next();
  expect(begun).toEqual(['c1', 'c2', 'u1', 'u2']);
});

test('[R3.3] an apply is not written down, so it may come again; while it waits it is one', async () => {
  const { begun, config, next, path } = setup();
  config('c1');
  config('c1');
  await next();
  config('c1');
  await next();
  expect(begun).toEqual(['c1', 'c1']);
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('[R3.4] the revision goes with a failure, too', async () => {
  const { connection, change, next } = setup();
  change('bad');
  await next();
  expect(connection.outcomes).toEqual([
    { commandId: 'bad', ok: false, error: 'the node is elsewhere', appliedRevision: 'r0' },
  ]);
});

test('[R3.4] the outcome of an apply is repeated while the connection lasts, and goes with it', async () => {
  const { commands, connection, clock, config, next } = setup();
  connection.broken = true;
  config('c1');
  await next();
  expect(connection.outcomes).toEqual([]);
  connection.broken = false;
  clock.pass(5_000);
  await next();
  expect(connection.outcomes).toMatchObject([{ commandId: 'c1' }]);

  connection.broken = true;
  config('c2');
  await next();
  config('c3');
  commands.stop();
  const other = new Connection();
  commands.start(other.socket);
  await next();
  clock.pass(60_000);
  await next();
  expect(other.outcomes).toEqual([]);
});

test('[R3.3] an expired apply is not begun', async () => {
  const { begun, connection, receive, next } = setup();
  receive('late', { __typename: 'ApplyConfig', revision: 'late', config: {} }, -1);
  await next();
  expect(begun).toEqual([]);
  expect(connection.outcomes).toMatchObject([
    { commandId: 'late', ok: false, error: expect.stringMatching('expired') },
  ]);
});

test('[R2.2] targets are looked at beside what is going on, each command once at a time, and nothing is written down', async () => {
  const { begun, letGo, connection, path, config, look, next } = setup();
  config('c1');
  look('l1');
  look('l1');
  look('l2');
  expect(begun).toEqual(['c1', 'look', 'look']);
  for (const end of letGo.splice(1)) end();
  await expect.poll(() => connection.outcomes).toHaveLength(2);
  const probes = [{ nodeId: 'n', port: 443, ok: true, latencyMs: 1, error: null }];
  expect(connection.outcomes).toEqual([
    { commandId: 'l1', ok: true, probes },
    { commandId: 'l2', ok: true, probes },
  ]);
  expect(readFileSync(path, 'utf8')).toBe('');
  await next();
  expect(connection.outcomes.at(-1)).toMatchObject({ commandId: 'c1' });
});

test('[R2.2] what cannot be looked at is answered, and what has expired is not begun', async () => {
  const { begun, connection, look, next } = setup();
  look('many', 33);
  look('late', 1, -1);
  await next();
  expect(begun).toEqual([]);
  expect(connection.outcomes).toMatchObject([
    { commandId: 'late', ok: false, error: expect.stringContaining('expired') },
    { commandId: 'many', ok: false, error: 'too many' },
  ]);
});

test('[R2.2] what was seen is told once, and only over the connection that asked', async () => {
  const { commands, connection, clock, look, next } = setup();
  connection.broken = true;
  look('l1');
  await next();
  connection.broken = false;
  look('l2');
  const other = new Connection();
  commands.start(other.socket);
  await next();
  clock.pass(60_000);
  await next();
  expect([...connection.outcomes, ...other.outcomes]).toEqual([]);
});
