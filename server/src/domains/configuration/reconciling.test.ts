import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigAgent } from '../../testing/config-agent.js';
import { startTestPanel, type TestPanel } from '../../testing/panel.js';
import { until } from '../../testing/until.js';

let panel: TestPanel;

beforeAll(async () => {
  panel = await startTestPanel();
});

afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

let counter = 0;
const unique = (what: string): string => `${what}-${(counter += 1)}`;

async function join(groupIds: string[] = []): Promise<ConfigAgent> {
  const agent = new ConfigAgent(await panel.joinAgent(unique('node'), { groupIds }));
  agent.listen();
  return agent;
}

interface Sync {
  state: string;
  desiredRevision: string | null;
  appliedRevision: string | null;
  attempts: number;
  lastError: string | null;
  nextRetryAt: string | null;
  driftSince: string | null;
}

async function syncOf(nodeId: string): Promise<Sync> {
  const { node } = await panel.data<{ node: { sync: Sync } }>(
    `query ($id: ID!) { node(id: $id) { sync { state desiredRevision appliedRevision attempts lastError nextRetryAt driftSince } } }`,
    { id: nodeId },
  );
  return node.sync;
}

const settled = (agent: ConfigAgent): Promise<Sync> =>
  until('IN_SYNC', async () => {
    const sync = await syncOf(agent.nodeId);
    return sync.state === 'IN_SYNC' && sync.appliedRevision === agent.revision && sync;
  });

async function createGroup(nodeIds: string[] = []): Promise<string> {
  const { createNodeGroup } = await panel.data<{ createNodeGroup: { group: { id: string } } }>(
    `mutation ($input: CreateNodeGroupInput!) { createNodeGroup(input: $input) { group { id } } }`,
    { input: { name: unique('group'), nodeIds } },
  );
  return createNodeGroup.group.id;
}

async function createUser(groupIds: string[], input: Record<string, unknown> = {}): Promise<string> {
  const { createUser: made } = await panel.data<{ createUser: { user: { id: string } } }>(
    `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }`,
    { input: { username: unique('user'), groupIds, ...input } },
  );
  return made.user.id;
}

const shadowsocks = () => ({
  settings: { method: '2022-blake3-aes-128-gcm', password: randomBytes(16).toString('base64') },
});

let port = 20_000;
async function createProxy(targets: Record<string, unknown> = {}): Promise<{ id: string; affectedNodes: number }> {
  const { createProxy: made } = await panel.data<{ createProxy: { proxy: { id: string }; affectedNodes: number } }>(
    `mutation ($input: CreateProxyInput!) { createProxy(input: $input) { proxy { id } affectedNodes } }`,
    {
      input: { name: unique('proxy'), protocol: 'SHADOWSOCKS', port: (port += 1), inbound: shadowsocks(), ...targets },
    },
  );
  return { id: made.proxy.id, affectedNodes: made.affectedNodes };
}

const deleteProxy = (id: string) => panel.data(`mutation ($id: ID!) { deleteProxy(id: $id) { deletedId } }`, { id });
const updateUser = (input: Record<string, unknown>) =>
  panel.data(`mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }`, { input });
const deleteUser = (id: string) => panel.data(`mutation ($id: ID!) { deleteUser(id: $id) { deletedId } }`, { id });
const syncNow = (input: Record<string, unknown>) =>
  panel.data(`mutation ($input: SyncInput!) { sync(input: $input) { statuses { state } } }`, { input });

test('[R7.1] [R7.5] a node that joins gets everything, then a user by itself, then another one, without the rest', async () => {
  const group = await createGroup();
  const first = await createUser([group]);
  const agent = await join([group]);
  await settled(agent);
  expect(agent.userIds).toEqual([first]);
  expect(agent.received.map(({ kind }) => kind)).toEqual(['ApplyConfig']);

  const second = await createUser([group]);
  await until('the second user', () => agent.userIds.includes(second));
  await settled(agent);
  expect(agent.received.at(-1)).toMatchObject({ kind: 'ApplyUsers', users: 1 });
});

test('[R7.1] [R7.2] proxies reach the nodes and the groups that they target, and no others', async () => {
  const inGroup = await join();
  const group = await createGroup([inGroup.nodeId]);
  const [named, other] = [await join(), await join()];
  for (const agent of [inGroup, named, other]) await settled(agent);
  const proxy = await createProxy({ targetNodeIds: [named.nodeId], targetGroupIds: [group] });
  expect(proxy.affectedNodes).toBe(2);
  await until('the proxy', () => inGroup.tags.includes(proxy.id) && named.tags.includes(proxy.id));
  for (const agent of [inGroup, named, other]) await settled(agent);
  expect(other.tags).toEqual([]);

  await panel.data(`mutation ($id: ID!) { deleteNodeGroup(id: $id) { deletedId } }`, { id: group });
  await until('the proxy gone with the group', () => !inGroup.tags.includes(proxy.id));
  expect(named.tags).toContain(proxy.id);
  await deleteProxy(proxy.id);
  await until('the proxy gone', () => named.tags.length === 0);
});

test('[R7.2] a proxy that has lost its last target is served nowhere rather than everywhere', async () => {
  const agent = await join();
  const group = await createGroup([agent.nodeId]);
  const { id } = await createProxy({ targetGroupIds: [group] });
  await until('the proxy', () => agent.tags.includes(id));
  await panel.data(`mutation ($id: ID!) { deleteNodeGroup(id: $id) { deletedId } }`, { id: group });
  await until('the proxy gone', () => !agent.tags.includes(id));
  const { proxy } = await panel.data<{ proxy: { everywhere: boolean; targetGroups: unknown[] } }>(
    `query ($id: ID!) { proxy(id: $id) { everywhere targetGroups { id } } }`,
    { id },
  );
  expect(proxy).toEqual({ everywhere: false, targetGroups: [] });
  await deleteProxy(id);
});

test('[R7.1] who is disabled, deleted, moved or expired leaves the nodes; who is enabled again comes back', async () => {
  const agent = await join();
  const [group, elsewhere] = [await createGroup([agent.nodeId]), await createGroup()];
  const [a, b, c, d] = [
    await createUser([group]),
    await createUser([group]),
    await createUser([group]),
    await createUser([group], { expiresAt: new Date(Date.now() + 2_500).toISOString() }),
  ];
  await until('all four', () => agent.userIds.length === 4);
  await updateUser({ id: a, status: 'DISABLED' });
  await deleteUser(b);
  await updateUser({ id: c, groupIds: [elsewhere] });
  await until('all of them gone', () => agent.userIds.length === 0);
  const { user } = await panel.data<{ user: { status: string } }>(`query ($id: ID!) { user(id: $id) { status } }`, {
    id: d,
  });
  expect(user.status).toBe('EXPIRED');
  await updateUser({ id: a, status: 'ACTIVE' });
  await until('the first back', () => agent.userIds.length === 1 && agent.userIds[0] === a);
  await settled(agent);
});

test('[R7.5] a node that was away hears of users who are gone, and that is said until then', async () => {
  const agent = await join();
  const group = await createGroup([agent.nodeId]);
  const [stays, leaves] = [await createUser([group]), await createUser([group])];
  await until('both', () => agent.userIds.length === 2);
  await settled(agent);
  await agent.leave();
  await updateUser({ id: leaves, status: 'DISABLED' });
  const pending = await until('pending', async () => {
    const { user } = await panel.data<{ user: { pendingNodes: { id: string }[] } }>(
      `query ($id: ID!) { user(id: $id) { pendingNodes { id } } }`,
      { id: leaves },
    );
    return user.pendingNodes.length > 0 && user.pendingNodes;
  });
  expect(pending).toEqual([{ id: agent.nodeId }]);
  // What it will be given is known although it is away.
  await until('a plan', async () => {
    const sync = await syncOf(agent.nodeId);
    return sync.state === 'PENDING' && sync.desiredRevision !== sync.appliedRevision;
  });
  const before = agent.received.length;
  await agent.reconnect();
  await until('only one left', () => agent.userIds.length === 1);
  expect(agent.userIds).toEqual([stays]);
  expect(agent.received.slice(before).map(({ kind }) => kind)).toEqual(['ApplyUsers']);
});

test('[R7.5] a node in step that reconnects is sent nothing', async () => {
  const agent = await join();
  await settled(agent);
  const before = agent.received.length;
  await agent.leave();
  await agent.reconnect();
  await syncNow({ nodeIds: [agent.nodeId] });
  await settled(agent);
  expect(agent.received.length).toBe(before);
  await syncNow({ nodeIds: [agent.nodeId], force: true });
  await until('the whole, by force', () => agent.received.length > before);
  expect(agent.received.at(-1)?.kind).toBe('ApplyConfig');
  await settled(agent);
});

test("[R7.3] [R7.4] a refusal is kept in the agent's words, shown as an issue, and followed by another attempt", async () => {
  const agent = await join();
  await settled(agent);
  agent.mood = 'refusing';
  const { id } = await createProxy({ targetNodeIds: [agent.nodeId] });
  const failed = await until('FAILED', async () => {
    const sync = await syncOf(agent.nodeId);
    return sync.state === 'FAILED' && sync;
  });
  expect(failed).toMatchObject({ attempts: 1, lastError: 'Xray does not like it' });
  expect(Date.parse(failed.nextRetryAt ?? '')).toBeGreaterThan(Date.now() - 1_000);
  const { node } = await panel.data<{ node: { issues: { kind: string; message: string }[] } }>(
    `query ($id: ID!) { node(id: $id) { issues { kind message } } }`,
    { id: agent.nodeId },
  );
  expect(node.issues.find(({ kind }) => kind === 'SYNC_FAILED')?.message).toContain('Xray does not like it');
  const sync = await settled(agent);
  expect(sync).toMatchObject({ attempts: 0, lastError: null });
  expect(agent.tags).toContain(id);
  await deleteProxy(id);
});

test('[R7.3] a change of users that does not fit is followed by the whole configuration', async () => {
  const agent = await join();
  const group = await createGroup([agent.nodeId]);
  await settled(agent);
  agent.document = { ...agent.document!, users: new Map([['x', { id: 'x', uuid: 'x', password: 'x' }]]) };
  const user = await createUser([group]);
  await until('the user', () => agent.userIds.includes(user));
  expect(agent.userIds).toEqual([user]);
  expect(agent.received.slice(-2).map(({ kind }) => kind)).toEqual(['ApplyUsers', 'ApplyConfig']);
  await settled(agent);
});

test('[R7.5] drift that the agent reports is an issue until the configuration was sent again', async () => {
  const agent = await join();
  await settled(agent);
  const before = agent.received.length;
  const good = agent.document;
  agent.document = { ...good!, base: { edited: 'by hand' } };
  agent.mood = 'refusing'; // so that there is time to look
  await agent.report('drift-0123456789abcdef');
  await until('the issue', async () => {
    const { node } = await panel.data<{ node: { status: string; issues: { kind: string }[] } }>(
      `query ($id: ID!) { node(id: $id) { status issues { kind } } }`,
      { id: agent.nodeId },
    );
    return node.status === 'DEGRADED' && node.issues.some(({ kind }) => kind === 'CONFIG_DRIFT');
  });
  const sync = await settled(agent);
  expect(sync.driftSince).toBeNull();
  expect(agent.received.slice(before).every(({ kind }) => kind === 'ApplyConfig')).toBe(true);
  expect(agent.document).toEqual(good);
  const { node } = await panel.data<{ node: { logs: { text: string }[] } }>(
    `query ($id: ID!) { node(id: $id) { logs { text } } }`,
    { id: agent.nodeId },
  );
  expect(node.logs.some(({ text }) => text.includes("behind the panel's back"))).toBe(true);
});

test('[R7.5] one late report of an older revision is no drift, a second one is', async () => {
  const agent = await join();
  await settled(agent);
  const before = agent.received.length;
  // Reports that come right after an attempt may have been on their way: they raise no suspicion.
  await until('a suspicion', async () => {
    await agent.report('older');
    const [row] = (await panel.db.query('SELECT suspect_sample_at FROM node_sync WHERE node_id = $1', [
      agent.nodeId,
    ])) as [{ suspect_sample_at: Date | null }];
    return row.suspect_sample_at;
  });
  expect(agent.received.length).toBe(before);
  await agent.report('older');
  await until('the whole again', () => agent.received.length > before);
  await settled(agent);
});

test('[R7.6] sync takes one, several, a group or all, exactly one of these', async () => {
  const [a, b] = [await join(), await join()];
  const group = await createGroup([b.nodeId]);
  for (const agent of [a, b]) await settled(agent);
  const counts = () => [a.received.length, b.received.length];
  const before = counts();
  await syncNow({ nodeIds: [a.nodeId], force: true });
  await until('a alone', () => a.received.length > before[0]!);
  await syncNow({ groupIds: [group], force: true });
  await until('b alone', () => b.received.length > before[1]!);
  for (const agent of [a, b]) await settled(agent);
  const middle = counts();
  await syncNow({ all: true, force: true });
  await until('both', () => a.received.length > middle[0]! && b.received.length > middle[1]!);
  for (const input of [{}, { all: true, nodeIds: [a.nodeId] }, { nodeIds: [] }, { all: false }]) {
    const { code } = await panel.refusal(
      `mutation ($input: SyncInput!) { sync(input: $input) { statuses { state } } }`,
      {
        input,
      },
    );
    expect(code).toBe('BAD_USER_INPUT');
  }
});

test('[R7.4] syncStatusChanged begins with how things stand and follows a roll-out', async () => {
  const agent = await join();
  await settled(agent);
  const socket = await panel.socket();
  const stream = socket.subscribe<{ syncStatusChanged: { state: string; node: { id: string } } }>(
    `subscription ($ids: [ID!]) { syncStatusChanged(nodeIds: $ids) { state node { id } } }`,
    { ids: [agent.nodeId] },
  );
  expect((await stream.data()).syncStatusChanged).toEqual({ state: 'IN_SYNC', node: { id: agent.nodeId } });
  const { id } = await createProxy({ targetNodeIds: [agent.nodeId] });
  for (let state = ''; state !== 'IN_SYNC' || !agent.tags.includes(id);) {
    state = (await stream.data()).syncStatusChanged.state;
  }
  stream.stop();
  await deleteProxy(id);
});
