import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConfigAgent } from '../testing/config-agent.js';
import { Fleet } from '../testing/fleet.js';
import { startTestPanel, type TestPanel } from '../testing/panel.js';
import type { Answer } from '../testing/socket.js';

let panel: TestPanel;
let fleet: Fleet;
beforeAll(async () => {
  panel = await startTestPanel();
  fleet = new Fleet(panel);
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

type Call = () => Promise<Answer>;
type Input = Record<string, unknown>;

const mutation =
  (name: string, type: string, answer: string) =>
  (input: Input): Promise<Answer> =>
    panel.graphql(`mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`, { input });
const createUser = mutation('createUser', 'CreateUserInput', 'user { id }');
const updateUser = mutation('updateUser', 'UpdateUserInput', 'user { id }');
const setUserStatus = mutation('setUserStatus', 'SetUserStatusInput', 'users { id }');
const createProxy = mutation('createProxy', 'CreateProxyInput', 'proxy { id }');
const updateProxy = mutation('updateProxy', 'UpdateProxyInput', 'proxy { id }');
const updateGroup = mutation('updateNodeGroup', 'UpdateNodeGroupInput', 'group { id }');
const createNode = mutation('createNode', 'CreateNodeInput', 'node { id }');
const updateNode = mutation('updateNode', 'UpdateNodeInput', 'node { id }');
const remove = (what: string, id: string): Promise<Answer> =>
  panel.graphql(`mutation ($id: ID!) { ${what}(id: $id) { deletedId } }`, { id });
const rotate = (userId: string): Promise<Answer> =>
  panel.graphql(`mutation ($id: ID!) { rotateSubscriptionUrl(userId: $id) { user { id } } }`, { id: userId });

/** The code of a refusal; undefined for what was done. */
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.['code'];

/** All of them at once; only these refusals are no fault. */
async function atOnce(calls: Call[], allowed: string[] = []): Promise<unknown[]> {
  const codes = (await Promise.all(calls.map((call) => call()))).map(codeOf);
  for (const code of codes) expect([undefined, ...allowed]).toContain(code);
  return codes;
}

async function usersOf(groupIds: string[]): Promise<string[]> {
  const { users } = await panel.data<{ users: { nodes: { id: string }[] } }>(
    `query ($ids: [ID!]) { users(first: 100, filter: { groupIds: $ids, status: [ACTIVE] }) { nodes { id } } }`,
    { ids: groupIds },
  );
  return users.nodes.map(({ id }) => id).toSorted();
}

test('[R7.1] users, proxies and groups that change all at once leave every node at what is wanted in the end', async () => {
  const [a, b] = [await fleet.group(), await fleet.group()];
  const agents = [await fleet.agent([a]), await fleet.agent([a, b]), await fleet.agent()];
  const [first, second, third] = agents.map(({ nodeId }) => nodeId) as [string, string, string];
  const proxy = await fleet.proxy({ targetGroupIds: [a] });
  const known = [await fleet.user([a]), await fleet.user([b]), await fleet.user([a, b]), await fleet.user([a])];
  for (let round = 0; round < 4; round += 1) {
    await atOnce([
      ...Array.from(
        { length: 8 },
        (_, index) => () => createUser({ username: fleet.unique('many'), groupIds: index % 2 ? [a] : [a, b] }),
      ),
      ...Array.from({ length: 3 }, (_, index) => () => updateProxy({ id: proxy, port: 30_000 + round * 10 + index })),
      () => updateProxy({ id: proxy, targetGroupIds: round % 2 ? [a] : [a, b] }),
      () => updateGroup({ id: a, name: fleet.unique('a'), nodeIds: round % 2 ? [first] : [third, first] }),
      () => updateGroup({ id: b, name: fleet.unique('b'), nodeIds: [second, third] }),
      () => updateNode({ id: first, name: fleet.unique('first'), groupIds: [a, b] }),
      () => updateNode({ id: third, name: fleet.unique('third'), groupIds: [b] }),
      () => updateUser({ id: known[0]!, groupIds: round % 2 ? [a] : [b], note: `round ${round}` }),
      () => setUserStatus({ userIds: known, status: round % 2 ? 'ACTIVE' : 'DISABLED' }),
      () => setUserStatus({ userIds: known.toReversed(), status: round % 2 ? 'DISABLED' : 'ACTIVE' }),
      () => rotate(known[2]!),
      () => rotate(known[3]!),
    ]);
  }
  for (const agent of agents) await fleet.inStep(agent);
  for (const agent of agents) await expectAsWanted(agent, [a, b]);
});

async function expectAsWanted(agent: ConfigAgent, groupIds: string[]): Promise<void> {
  const { node } = await panel.data<{
    node: { groups: { id: string }[]; config: { revision: string }; sync: { desiredRevision: string } };
  }>(`query ($id: ID!) { node(id: $id) { groups { id } config sync { desiredRevision } } }`, { id: agent.nodeId });
  const groups = node.groups.map(({ id }) => id);
  expect(groupIds).toEqual(expect.arrayContaining(groups));
  expect(agent.userIds).toEqual(await usersOf(groups));
  expect(node.config.revision).toBe(agent.revision);
  expect(node.sync.desiredRevision).toBe(agent.revision);
}

test('nodes that are renamed, moved and deleted while groups are edited wait for each other in one order', async () => {
  const group = await fleet.group();
  for (let round = 0; round < 6; round += 1) {
    const nodes = [await fleet.node(), await fleet.node(), await fleet.node(), await fleet.node()];
    await atOnce(
      [
        ...nodes.map((id) => () => updateNode({ id, name: fleet.unique('moved'), groupIds: [group] })),
        () => updateGroup({ id: group, nodeIds: nodes }),
        () => updateGroup({ id: group, nodeIds: nodes.toReversed() }),
        () => updateGroup({ id: group, nodeIds: [] }),
        () => updateNode({ id: nodes[0]!, agentPort: 9_000 + round }),
        () => remove('deleteNode', nodes[1]!),
        () => remove('deleteNode', nodes[2]!),
      ],
      ['NOT_FOUND', 'BAD_USER_INPUT'],
    );
  }
});

describe('[R7.7] of two that want one port of a node at the same moment', () => {
  const proxyAt = (port: number, input: Input = {}): Call => {
    const inbound = { settings: { method: '2022-blake3-aes-128-gcm', password: keyOf(port) } };
    return () => createProxy({ name: fleet.unique('proxy'), protocol: 'SHADOWSOCKS', port, inbound, ...input });
  };
  let keys = 0;
  const keyOf = (port: number): string => {
    keys += 1;
    return Buffer.from(`${port}-${keys}`.padEnd(16, '.')).toString('base64');
  };

  /** Which of them were done, after each has raced the others a few times. */
  async function winners(race: (round: number) => Promise<Call[]>): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      const codes = await atOnce(await race(round), ['CONFIG_INVALID', 'CONFLICT']);
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    }
  }

  test('two new proxies: one is made', async () => {
    await winners(async () => {
      const port = fleet.port();
      const targetNodeIds = [await fleet.node()];
      return Array.from({ length: 4 }, () => proxyAt(port, { targetNodeIds }));
    });
  });

  test('a new proxy and an agent that moves there: one is done', async () => {
    await winners(async () => {
      const port = fleet.port();
      const id = await fleet.node();
      return [proxyAt(port, { targetNodeIds: [id] }), () => updateNode({ id, agentPort: port })];
    });
  });

  test('a new proxy everywhere and a new node whose agent is there: one is done', async () => {
    await winners(async () => {
      const port = fleet.port();
      const name = fleet.unique('new');
      return [proxyAt(port), () => createNode({ name, address: `${name}.test`, agentPort: port })];
    });
  });

  test('a new proxy on a node and the group that brings it another: one is done', async () => {
    await winners(async () => {
      const port = fleet.port();
      const [node, group] = [await fleet.node(), await fleet.group()];
      expect(codeOf(await proxyAt(port, { targetGroupIds: [group] })())).toBeUndefined();
      return [proxyAt(port, { targetNodeIds: [node] }), () => updateGroup({ id: group, nodeIds: [node] })];
    });
  });
});
