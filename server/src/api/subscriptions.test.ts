import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPanel, type TestPanel } from '../testing/panel.js';
import { sampleInput } from '../testing/seeds.js';
import type { Stream, TestSocket } from '../testing/socket.js';
import { until, within } from '../testing/until.js';

let panel: TestPanel;
let socket: TestSocket;
beforeAll(async () => {
  panel = await startTestPanel();
  socket = await panel.socket();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

/** Reads on until a payload fits. */
async function reach<T>(stream: Stream<T>, fits: (data: T) => boolean): Promise<T> {
  for (;;) {
    const data = await stream.data();
    if (fits(data)) return data;
  }
}

interface NodeChanged {
  nodeChanged: { kind: string; nodeId: string; node: { name: string; status: string } | null }[];
}
const NODE_CHANGED = `subscription ($nodeIds: [ID!]) { nodeChanged(nodeIds: $nodeIds) { kind nodeId node { name status } } }`;

describe('nodeChanged', () => {
  test('begins with the nodes that were asked for as they are', async () => {
    const { nodeId } = await panel.createNode({ name: 'asked-for' });
    await panel.createNode({ name: 'not-asked-for' });
    const stream = socket.subscribe<NodeChanged>(NODE_CHANGED, { nodeIds: [nodeId] });
    expect((await stream.data()).nodeChanged).toEqual([
      { kind: 'UPDATED', nodeId, node: { name: 'asked-for', status: 'PENDING' } },
    ]);
    stream.stop();
  });

  test('tells of a node that is added, joins and is deleted', async () => {
    const stream = socket.subscribe<NodeChanged>(NODE_CHANGED);
    expect((await stream.data()).nodeChanged).toEqual([]);
    const agent = await panel.joinAgent('comes-and-goes');
    const of = (data: NodeChanged) => data.nodeChanged.find(({ nodeId }) => nodeId === agent.nodeId);
    await reach(stream, (data) => of(data)?.node?.name === 'comes-and-goes');
    await agent.report([sampleInput(new Date())]);
    await reach(stream, (data) => of(data)?.node?.status === 'ONLINE');
    await agent.disconnect();
    await reach(stream, (data) => of(data)?.node?.status === 'OFFLINE');
    await panel.data(`mutation ($id: ID!) { deleteNode(id: $id) { deletedId } }`, { id: agent.nodeId });
    const last = await reach(stream, (data) => of(data)?.kind === 'DELETED');
    expect(of(last)?.node).toBeNull();
    stream.stop();
  });
});

test('[R3.2] nodeMetrics begins with the newest sample of each node, then brings each new one', async () => {
  const agent = await panel.joinAgent('measured');
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const at = (seconds: number) => new Date(now + seconds * 1_000);
  await agent.report([sampleInput(at(-2), { cpu: 0.5 })]);
  interface Metrics {
    nodeMetrics: { nodeId: string; point: { cpu: number; at: string } }[];
  }
  const stream = socket.subscribe<Metrics>(
    `subscription ($ids: [ID!]) { nodeMetrics(nodeIds: $ids) { nodeId point { at cpu } } }`,
    { ids: [agent.nodeId] },
  );
  expect((await stream.data()).nodeMetrics).toEqual([
    { nodeId: agent.nodeId, point: { at: at(-2).toISOString(), cpu: 0.5 } },
  ]);
  await agent.report([sampleInput(at(-1), { cpu: 0.25 }), sampleInput(at(0), { cpu: 0.75 })]);
  const { nodeMetrics } = await stream.data();
  expect(nodeMetrics.map(({ point }) => point.cpu)).toEqual([0.75]);
  stream.stop();
});

test('[R3.3] commandChanged follows a command from QUEUED to its end', async () => {
  const agent = await panel.joinAgent('commanded');
  const { runNodeCommand } = await panel.data<{ runNodeCommand: { commands: { id: string }[] } }>(
    `mutation ($id: ID!) { runNodeCommand(input: { nodeIds: [$id], kind: RESTART_XRAY }) { commands { id state issuedBy } } }`,
    { id: agent.nodeId },
  );
  const id = runNodeCommand.commands[0]?.id ?? '';
  interface Changed {
    commandChanged: { id: string; state: string; output: string | null; node: { name: string } };
  }
  const stream = socket.subscribe<Changed>(
    `subscription ($ids: [ID!]) { commandChanged(commandIds: $ids) { id state output node { name } } }`,
    { ids: [id] },
  );
  expect((await stream.data()).commandChanged).toMatchObject({ id, state: 'QUEUED', node: { name: 'commanded' } });
  const commands = agent.commands();
  await reach(commands, ({ agentCommands }) => agentCommands.id === id);
  await reach(stream, ({ commandChanged }) => commandChanged.state === 'DELIVERED');
  await agent.complete(id, { ok: true, output: 'restarted' });
  expect(
    (await reach(stream, ({ commandChanged }) => commandChanged.state === 'SUCCEEDED')).commandChanged.output,
  ).toBe('restarted');
  stream.stop();
});

test('nodeLogs begins with the newest lines, then brings each new one, and no others', async () => {
  const agent = await panel.joinAgent('talks');
  const other = await panel.joinAgent('talks-too');
  await agent.log(['first', 'second']);
  const stream = socket.subscribe<{ nodeLogs: { text: string } }>(
    `subscription ($id: ID!) { nodeLogs(nodeId: $id) { text } }`,
    { id: agent.nodeId },
  );
  const next = async () => (await stream.data()).nodeLogs.text;
  expect([await next(), await next()]).toEqual(['first', 'second']);
  await other.log(['of another node']);
  await agent.log(['third']);
  expect(await next()).toBe('third');
  stream.stop();
});

test('clusterChanged begins with the totals and follows them', async () => {
  const stream = socket.subscribe<{ clusterChanged: { totalNodes: number } }>(
    'subscription { clusterChanged { totalNodes } }',
  );
  const { totalNodes } = (await stream.data()).clusterChanged;
  await panel.createNode({ name: 'one-more' });
  await reach(stream, ({ clusterChanged }) => clusterChanged.totalNodes === totalNodes + 1);
  stream.stop();
});

test('settings and nodes are readable over the same socket, with the same errors', async () => {
  expect((await socket.request('{ settings { metricsIntervalSeconds } }')).data).toEqual({
    settings: { metricsIntervalSeconds: 10 },
  });
  expect(
    (
      await socket.request(
        'mutation { updateSettings(input: { metricsIntervalSeconds: 0 }) { settings { metricsIntervalSeconds } } }',
      )
    ).errors?.[0],
  ).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'metricsIntervalSeconds', message: 'must be 1 to 300' }] },
  });
});

describe('the end of a session', () => {
  test('closes its sockets and no others', async () => {
    const session = await panel.login('admin', 'correct horse battery');
    const [first, second] = [await panel.socket(session.token), await panel.socket(session.token)];
    const other = await panel.socket();
    expect(await panel.data('mutation { logout }', {}, { token: session.token })).toEqual({ logout: true });
    expect(await within('the end', Promise.all([first.closed, second.closed]))).toEqual([
      { code: 4403, reason: 'The session is over' },
      { code: 4403, reason: 'The session is over' },
    ]);
    expect((await other.request('{ viewer { id } }')).data).not.toBeNull();
    expect(await panel.refusal('{ viewer { id } }', {}, { token: session.token })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const late = await panel.openSocket('public');
    expect(await late.init(session.token)).toBe(4403);
  });

  test('stops what its sockets had subscribed to', async () => {
    const session = await panel.login('admin', 'correct horse battery');
    const own = await panel.socket(session.token);
    const stream = own.subscribe('subscription { clusterChanged { totalNodes onlineUsers } }');
    await stream.data();
    await panel.data('mutation { logout }', {}, { token: session.token });
    await until('the end of the stream', async () => (await stream.next()) === undefined);
  });
});
