import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPanel, type CommandEvent, type TestAgent, type TestPanel } from '../../testing/panel.js';
import type { Stream } from '../../testing/socket.js';
import { until } from '../../testing/until.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

interface Command {
  id: string;
  state: string;
  output: string | null;
  error: string | null;
  issuedBy: string;
  deliveredAt: string | null;
  finishedAt: string | null;
  node: { id: string };
}

async function run(nodeIds: string[], kind = 'RESTART_XRAY'): Promise<Command[]> {
  const { runNodeCommand } = await panel.data<{ runNodeCommand: { commands: Command[] } }>(
    `mutation ($input: RunNodeCommandInput!) { runNodeCommand(input: $input) { commands { id state issuedBy node { id } } } }`,
    { input: { nodeIds, kind } },
  );
  return runNodeCommand.commands;
}

const runOne = async (nodeId: string, kind?: string): Promise<string> => (await run([nodeId], kind))[0]?.id ?? '';

async function commandsOf(nodeId: string): Promise<Command[]> {
  const { node } = await panel.data<{ node: { commands: { nodes: Command[] } } }>(
    `query ($id: ID!) { node(id: $id) { commands(first: 100) { nodes { id state output error deliveredAt finishedAt } } } }`,
    { id: nodeId },
  );
  return node.commands.nodes;
}

const stateOf = async (nodeId: string, id: string): Promise<Command | undefined> =>
  (await commandsOf(nodeId)).find((command) => command.id === id);

/** The next command that is not about settings. */
async function nextWork(stream: Stream<CommandEvent>): Promise<CommandEvent['agentCommands']> {
  for (;;) {
    const { agentCommands } = await stream.data();
    if (agentCommands.action.__typename !== 'ChangeSettings') return agentCommands;
  }
}

/** Makes the agent look at what it has to do; what comes after the answer was not due. */
async function settle(agent: TestAgent, stream: Stream<CommandEvent>): Promise<CommandEvent['agentCommands'][]> {
  const marker = await runOne(agent.nodeId, 'START_XRAY');
  const before: CommandEvent['agentCommands'][] = [];
  for (;;) {
    const work = await nextWork(stream);
    if (work.id === marker) return before;
    before.push(work);
  }
}

describe('[R3.3] a command', () => {
  test('is delivered at once to an agent that is connected', async () => {
    const agent = await panel.joinAgent('at-once');
    const stream = agent.commands();
    expect((await stream.data()).agentCommands.action.__typename).toBe('ChangeSettings');
    const id = await runOne(agent.nodeId);
    expect(await nextWork(stream)).toMatchObject({ id, action: { __typename: 'ControlXray', kind: 'RESTART_XRAY' } });
    expect(await stateOf(agent.nodeId, id)).toMatchObject({ state: 'DELIVERED', finishedAt: null });
  });

  test('is queued while the agent is away and delivered when it comes', async () => {
    const agent = await panel.joinAgent('away');
    await agent.disconnect();
    const ids = [
      await runOne(agent.nodeId, 'STOP_XRAY'),
      await runOne(agent.nodeId, 'START_XRAY'),
      await runOne(agent.nodeId, 'COLLECT_LOGS'),
    ];
    expect((await commandsOf(agent.nodeId)).map(({ state }) => state)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    await agent.connect();
    const stream = agent.commands();
    expect((await stream.data()).agentCommands.action.__typename).toBe('ChangeSettings');
    const got = [await nextWork(stream), await nextWork(stream), await nextWork(stream)];
    expect(got.map(({ id }) => id)).toEqual(ids);
    expect(got[2]?.action).toEqual({ __typename: 'CollectLogs', last: 500 });
  });

  test('goes to its own node and no other', async () => {
    const one = await panel.joinAgent('own-1');
    const other = await panel.joinAgent('own-2');
    const [ofOne, ofOther] = [one.commands(), other.commands()];
    const id = await runOne(one.nodeId);
    expect((await nextWork(ofOne)).id).toBe(id);
    expect(await settle(other, ofOther)).toEqual([]);
  });

  test('is delivered again after a lost connection, until it is finished', async () => {
    const agent = await panel.joinAgent('again');
    const id = await runOne(agent.nodeId);
    expect((await nextWork(agent.commands())).id).toBe(id);
    agent.socket.ws.terminate();
    await agent.connect();
    const stream = agent.commands();
    expect((await nextWork(stream)).id).toBe(id);
    expect(await settle(agent, stream)).toEqual([]);
    await agent.complete(id, { ok: true });
    await agent.disconnect();
    await agent.connect();
    expect((await settle(agent, agent.commands())).map((command) => command.id)).not.toContain(id);
  });

  test('is completed once: a second completion is taken and changes nothing', async () => {
    const agent = await panel.joinAgent('completed');
    const id = await runOne(agent.nodeId);
    await nextWork(agent.commands());
    expect((await agent.complete(id, { ok: true, output: 'restarted in 0.3 s' })).data).toEqual({
      completeCommand: { commandId: id },
    });
    const first = await stateOf(agent.nodeId, id);
    expect(first).toMatchObject({ state: 'SUCCEEDED', output: 'restarted in 0.3 s', error: null });
    expect((await agent.complete(id, { ok: false, error: 'no, it failed' })).data).toEqual({
      completeCommand: { commandId: id },
    });
    expect(await stateOf(agent.nodeId, id)).toEqual(first);
  });

  test('that has failed says so in the words of the agent', async () => {
    const agent = await panel.joinAgent('failed');
    const id = await runOne(agent.nodeId, 'RELOAD_CONFIG');
    await agent.complete(id, { ok: false, error: 'line 3: unknown field' });
    expect(await stateOf(agent.nodeId, id)).toMatchObject({ state: 'FAILED', error: 'line 3: unknown field' });
  });

  test('of another node cannot be completed', async () => {
    const one = await panel.joinAgent('honest');
    const other = await panel.joinAgent('meddling');
    await one.disconnect();
    const id = await runOne(one.nodeId);
    await other.complete(id, { ok: true, output: 'mine now' });
    expect(await stateOf(one.nodeId, id)).toMatchObject({ state: 'QUEUED', output: null });
  });

  test.each(['nonsense', '0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11'])(
    'that there is not (%s) may be completed in vain',
    async (id) => {
      const agent = await panel.joinAgent(`vain ${id.slice(0, 4)}`);
      expect((await agent.complete(id, { ok: true })).data).toEqual({ completeCommand: { commandId: id } });
    },
  );

  test('that has expired is not delivered any more', async () => {
    const agent = await panel.joinAgent('expired');
    await agent.disconnect();
    const id = await runOne(agent.nodeId, 'STOP_XRAY');
    await panel.db.query(`UPDATE node_commands SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    await agent.connect();
    expect(await settle(agent, agent.commands())).toEqual([]);
    const command = await until('its end', async () => {
      const found = await stateOf(agent.nodeId, id);
      return found?.state === 'EXPIRED' && found;
    });
    expect(command.error).toBe('The agent was not connected in time');
  });

  test('that was delivered in time is given more time to be answered', async () => {
    const agent = await panel.joinAgent('slow');
    const [patient, given] = [await runOne(agent.nodeId), await runOne(agent.nodeId)];
    const stream = agent.commands();
    await nextWork(stream);
    await nextWork(stream);
    await panel.db.query(`UPDATE node_commands SET expires_at = now() - interval '60 seconds' WHERE id = $1`, [
      patient,
    ]);
    await panel.db.query(`UPDATE node_commands SET expires_at = now() - interval '121 seconds' WHERE id = $1`, [given]);
    await until('one to expire', async () => (await stateOf(agent.nodeId, given))?.state === 'EXPIRED');
    expect(await stateOf(agent.nodeId, given)).toMatchObject({ error: 'The agent has not answered in time' });
    await agent.complete(given, { ok: true, output: 'after all' });
    expect(await stateOf(agent.nodeId, given)).toMatchObject({ state: 'SUCCEEDED', output: 'after all' });
    expect((await stateOf(agent.nodeId, patient))?.state).toBe('DELIVERED');
  });

  test('carries the name of who asked for it and lives ten minutes', async () => {
    const { nodeId } = await panel.createNode({ name: 'asked' });
    const [command] = await run([nodeId]);
    expect(command).toMatchObject({ state: 'QUEUED', issuedBy: 'admin', node: { id: nodeId } });
    expect(
      await panel.db.query(
        `SELECT extract(epoch FROM expires_at - issued_at)::int AS seconds FROM node_commands WHERE id = $1`,
        [command?.id],
      ),
    ).toEqual([{ seconds: 600 }]);
  });
});

describe('[R9.4] one command for many nodes', () => {
  test('is a command for each, in the order in which they were named, each once', async () => {
    const nodes = [];
    for (let index = 0; index < 5; index += 1) nodes.push((await panel.createNode({ name: `many-${index}` })).nodeId);
    const asked = [nodes[3], nodes[0], nodes[4], nodes[0]] as string[];
    expect((await run(asked)).map(({ node }) => node.id)).toEqual([nodes[3], nodes[0], nodes[4]]);
  });

  test.each([
    ['a node that there is not', ['0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11'], 'NOT_FOUND'],
    ['an id that is none', ['nonsense'], 'NOT_FOUND'],
  ])('with %s issues none at all', async (_what, extra, code) => {
    const { nodeId } = await panel.createNode({ name: `all-or-none ${extra[0]?.slice(0, 3)}` });
    expect(
      await panel.refusal(
        `mutation ($ids: [ID!]!) { runNodeCommand(input: { nodeIds: $ids, kind: STOP_XRAY }) { commands { id } } }`,
        { ids: [nodeId, ...extra] },
      ),
    ).toMatchObject({ code });
    expect(await commandsOf(nodeId)).toEqual([]);
  });

  test.each([
    ['none', 0],
    ['more than 1000', 1_001],
  ])('for %s is refused, naming the field', async (_what, count) => {
    const ids = Array.from({ length: count }, (_, index) => `id-${index}`);
    expect(
      await panel.refusal(
        `mutation ($ids: [ID!]!) { runNodeCommand(input: { nodeIds: $ids, kind: STOP_XRAY }) { commands { id } } }`,
        { ids },
      ),
    ).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'nodeIds' }] });
  });
});

test('the commands of a node are read page by page, newest first, each exactly once', async () => {
  const { nodeId } = await panel.createNode({ name: 'paged' });
  await panel.db.query(
    `INSERT INTO node_commands (node_id, kind, issued_by, issued_at, expires_at)
     SELECT $1, 'STOP_XRAY', 'test', '2026-01-01'::timestamptz + (n / 3) * interval '1 microsecond', now() + interval '1 hour' FROM generate_series(1, 57) n`,
    [nodeId],
  );
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const {
      node,
    }: {
      node: {
        commands: {
          totalCount: number;
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
    } = await panel.data(
      `query ($id: ID!, $after: String) { node(id: $id) { commands(first: 10, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }`,
      { id: nodeId, after },
    );
    ids.push(...node.commands.nodes.map(({ id }) => id));
    expect(node.commands.totalCount).toBe(57);
    if (!node.commands.pageInfo.hasNextPage) break;
    after = node.commands.pageInfo.endCursor;
  }
  expect([ids.length, new Set(ids).size]).toEqual([57, 57]);
});

describe('settings', () => {
  test('[R3.2] a change reaches the agents that are connected, at once, and those that come later', async () => {
    const connected = await panel.joinAgent('hears-now');
    const later = await panel.joinAgent('hears-later');
    await later.disconnect();
    const stream = connected.commands();
    expect((await stream.data()).agentCommands.action.metricsIntervalSeconds).toBe(10);
    await panel.data(
      'mutation { updateSettings(input: { metricsIntervalSeconds: 3 }) { settings { metricsIntervalSeconds } } }',
    );
    expect((await stream.data()).agentCommands.action.metricsIntervalSeconds).toBe(3);
    await later.connect();
    expect((await later.commands().data()).agentCommands.action.metricsIntervalSeconds).toBe(3);
    // The same again is no news; the next thing that the agent hears of is another change.
    await panel.data(
      'mutation { updateSettings(input: { metricsIntervalSeconds: 3 }) { settings { metricsIntervalSeconds } } }',
    );
    await panel.data(
      'mutation { updateSettings(input: { metricsIntervalSeconds: 10 }) { settings { metricsIntervalSeconds } } }',
    );
    expect((await stream.data()).agentCommands.action.metricsIntervalSeconds).toBe(10);
  });

  test('changed back and forth are told each time', async () => {
    const agent = await panel.joinAgent('back-and-forth');
    const stream = agent.commands();
    await stream.data();
    for (const seconds of [20, 10, 20, 10]) {
      await panel.data(
        'mutation ($n: Int!) { updateSettings(input: { metricsIntervalSeconds: $n }) { settings { metricsIntervalSeconds } } }',
        { n: seconds },
      );
      expect((await stream.data()).agentCommands.action.metricsIntervalSeconds).toBe(seconds);
    }
  });

  test('out of their range are refused, all at once, and change nothing', async () => {
    const refusal = await panel.refusal(
      'mutation { updateSettings(input: { metricsIntervalSeconds: 301, trafficIntervalSeconds: 4, metricsRetentionDays: null }) { settings { metricsIntervalSeconds } } }',
    );
    expect(refusal.fields.map(({ path }) => path)).toEqual([
      'metricsIntervalSeconds',
      'trafficIntervalSeconds',
      'metricsRetentionDays',
    ]);
    expect(
      await panel.data('{ settings { metricsIntervalSeconds trafficIntervalSeconds metricsRetentionDays } }'),
    ).toEqual({ settings: { metricsIntervalSeconds: 10, trafficIntervalSeconds: 10, metricsRetentionDays: 2 } });
  });
});

describe('logs', () => {
  const logsOf = async (nodeId: string, last = 200): Promise<string[]> =>
    (
      await panel.data<{ node: { logs: { text: string }[] } }>(
        'query ($id: ID!, $n: Int) { node(id: $id) { logs(last: $n) { text } } }',
        { id: nodeId, n: last },
      )
    ).node.logs.map(({ text }) => text);

  test('a line that comes twice is stored once, whatever characters it has', async () => {
    const agent = await panel.joinAgent('logs');
    const at = new Date().toISOString();
    const lines = ['plain', 'with \0 in it', 'x'.repeat(3_000), '"quotes" \\ and {braces}', '日本語 🔑'].map(
      (text) => ({ at, source: 'XRAY', text }),
    );
    const send = () =>
      agent.socket.request('mutation ($lines: [LogLineInput!]!) { reportLogs(lines: $lines) { accepted } }', { lines });
    expect((await send()).data).toEqual({ reportLogs: { accepted: 5 } });
    expect((await send()).data).toEqual({ reportLogs: { accepted: 5 } });
    expect((await logsOf(agent.nodeId)).toSorted()).toEqual(
      ['plain', 'with  in it', 'x'.repeat(2_000), '"quotes" \\ and {braces}', '日本語 🔑'].toSorted(),
    );
  });

  test('the newest are answered, oldest first', async () => {
    const agent = await panel.joinAgent('newest');
    await panel.db.query(
      `INSERT INTO node_logs (node_id, at, source, line) SELECT $1, '2026-01-01'::timestamptz + n * interval '1 second', 'XRAY', 'line ' || n FROM generate_series(1, 50) n`,
      [agent.nodeId],
    );
    expect(await logsOf(agent.nodeId, 3)).toEqual(['line 48', 'line 49', 'line 50']);
  });

  test('collected by a command are in the logs of the node', async () => {
    const agent = await panel.joinAgent('collected');
    const id = await runOne(agent.nodeId, 'COLLECT_LOGS');
    await agent.socket.request('mutation ($i: CompleteCommandInput!) { completeCommand(input: $i) { commandId } }', {
      i: { commandId: id, ok: true, logs: [{ at: new Date().toISOString(), source: 'AGENT', text: 'collected line' }] },
    });
    expect(await logsOf(agent.nodeId)).toEqual(['collected line']);
  });
});
