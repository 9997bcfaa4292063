import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventBus } from '../../platform/events/bus.js';
import { silentLogger } from '../../platform/log.js';
import { cloneDatabase, connectTo } from '../../testing/database.js';
import {
  certificateRequest,
  registerInput,
  startTestPanel,
  temporaryDir,
  type TestPanel,
} from '../../testing/panel.js';
import { seedNode } from '../../testing/seeds.js';
import { until } from '../../testing/until.js';
import { AgentConnections } from './connections.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

const isConnected = async (nodeId: string): Promise<boolean> =>
  (await panel.db.query<{ connected: boolean }[]>('SELECT connected FROM node_status WHERE node_id = $1', [nodeId]))[0]
    ?.connected ?? false;
const connected = (nodeId: string, expected: boolean): Promise<true> =>
  until(`connected to be ${expected}`, async () => (await isConnected(nodeId)) === expected || undefined);

describe('a connection', () => {
  test('turns the node connected, and its end, however it comes, disconnected', async () => {
    const agent = await panel.joinAgent('ends');
    await connected(agent.nodeId, true);
    await agent.disconnect();
    await connected(agent.nodeId, false);
    await agent.connect();
    await connected(agent.nodeId, true);
    agent.socket.ws.terminate();
    await connected(agent.nodeId, false);
  });

  test('of the same node that is newer closes the older one with 4410, and the node stays connected', async () => {
    const agent = await panel.joinAgent('replaced');
    const older = agent.socket;
    expect(await agent.connect()).toBe('ack');
    expect(await older.closed).toMatchObject({ code: 4410 });
    // The end of the older one is recorded before that of a bystander, who comes and goes after it.
    const bystander = await panel.joinAgent('replaced-bystander');
    await bystander.disconnect();
    await connected(bystander.nodeId, false);
    expect(await isConnected(agent.nodeId)).toBe(true);
    expect((await agent.log(['still here'])).data).toBeTruthy();
  });

  test('that was lost while the agent registered does not leave the node connected for ever', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'lost-in-between' });
    const lock = panel.db.createQueryRunner();
    await lock.startTransaction();
    await lock.query('SELECT 1 FROM node_status WHERE node_id = $1 FOR UPDATE', [nodeId]);
    const socket = await panel.openSocket('agent');
    await socket.init(joinToken);
    const { csr } = await certificateRequest();
    socket.subscribe('mutation ($input: RegisterAgentInput!) { registerAgent(input: $input) { nodeId } }', {
      input: registerInput(csr),
    });
    await until('the registration to wait for the lock', async () => {
      const rows = await panel.db.query<unknown[]>(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length > 0;
    });
    socket.ws.terminate();
    await socket.closed;
    // The panel has seen the end of that socket when it has answered on one that came after it.
    const witness = await panel.joinAgent('witness-of-the-loss');
    await witness.log(['x']);
    await lock.commitTransaction();
    await lock.release();
    await until(
      'the registration',
      async () =>
        (
          await panel.db.query<unknown[]>(
            'SELECT 1 FROM node_status WHERE node_id = $1 AND registered_at IS NOT NULL',
            [nodeId],
          )
        ).length > 0,
    );
    await witness.disconnect();
    await connected(witness.nodeId, false);
    const later = await panel.joinAgent('after-the-loss');
    await connected(later.nodeId, true);
    expect(await isConnected(nodeId)).toBe(false);
  });

  test('100 agents that come and go at once are recorded right', async () => {
    const db = panel.db;
    const events = new EventBus(silentLogger);
    const connections = new AgentConnections(db, events, randomUUID(), silentLogger);
    const socket = { close: () => undefined, terminate: () => undefined };
    const nodes = await Promise.all(Array.from({ length: 100 }, () => seedNode(db)));
    nodes.forEach((nodeId, index) => {
      const first = connections.open(nodeId, 'token', '192.0.2.7', socket);
      if (index % 2 === 0) connections.closed(first);
      if (index % 3 === 0) {
        connections.open(nodeId, 'token', '192.0.2.8', socket);
        if (index % 2 !== 0) connections.closed(first);
      }
    });
    await until('the last to be recorded', () => isConnected(nodes[99]!));
    const rows = await db.query<{ node_id: string; connected: boolean; remote_address: string }[]>(
      'SELECT node_id, connected, remote_address FROM node_status WHERE node_id = ANY($1)',
      [nodes],
    );
    const byNode = new Map(rows.map((row) => [row.node_id, row]));
    nodes.forEach((nodeId, index) => {
      const expected =
        index % 3 === 0
          ? { connected: true, remote_address: '192.0.2.8' }
          : index % 2 === 0
            ? { connected: false }
            : { connected: true, remote_address: '192.0.2.7' };
      expect(byNode.get(nodeId), `node ${index}`).toMatchObject(expected);
    });
    await connections.closeAll();
    expect(
      await db.query('SELECT count(*)::int AS n FROM node_status WHERE connected AND node_id = ANY($1)', [nodes]),
    ).toEqual([{ n: 0 }]);
  });
});

describe('a panel that starts', () => {
  test('forgets the connections of its earlier life, and not those of another panel', async () => {
    const { db } = panel;
    const [own, other] = [randomUUID(), randomUUID()];
    await db.query(`INSERT INTO panel_instances (id) VALUES ($1)`, [other]);
    const lastSeen = new Date('2026-01-01T00:00:00Z');
    const left = await seedNode(db, { status: { connected: true, panel_id: own, last_seen_at: lastSeen } });
    const foreign = await seedNode(db, { status: { connected: true, panel_id: other } });
    const told: string[] = [];
    const events = new EventBus(silentLogger);
    events.on('nodeChanged', ({ nodeId }) => told.push(nodeId));
    await new AgentConnections(db, events, own, silentLogger).forgetEarlierLife();
    expect(await isConnected(left)).toBe(false);
    expect(await isConnected(foreign)).toBe(true);
    expect(told).toEqual([left]);
    expect(await db.query('SELECT disconnected_at FROM node_status WHERE node_id = $1', [left])).toEqual([
      { disconnected_at: lastSeen },
    ]);
  });

  test('forgets the connections of panels that died without a word', async () => {
    const { db } = panel;
    const [dead, gone, alive] = [randomUUID(), randomUUID(), randomUUID()];
    await db.query(
      `INSERT INTO panel_instances (id, beat_at) VALUES ($1, now() - interval '25 seconds'), ($2, now())`,
      [dead, alive],
    );
    const nodes = await Promise.all(
      [dead, gone, alive].map((panelId) => seedNode(db, { status: { connected: true, panel_id: panelId } })),
    );
    await new AgentConnections(db, new EventBus(silentLogger), randomUUID(), silentLogger).forgetDeadPanels();
    expect(await Promise.all(nodes.map(isConnected))).toEqual([false, false, true]);
  });

  test('again is the same panel to its nodes: the same CA, the same tokens, nothing connected that is not', async () => {
    const database = await cloneDatabase();
    const dataDir = temporaryDir();
    const first = await startTestPanel({ database, dataDir });
    const agent = await first.joinAgent('outlives');
    const ca = await first.caCertificate();
    const isRecorded = async () =>
      (await database.db.query<unknown[]>('SELECT 1 FROM node_status WHERE connected')).length > 0;
    await until('its connection', isRecorded);
    await first.stop();
    // As if it had been killed: it would not have had the time to say so.
    await database.db.query('UPDATE node_status SET connected = true');
    const second = await startTestPanel({ database, dataDir });
    try {
      expect(await database.db.query('SELECT connected FROM node_status')).toEqual([{ connected: false }]);
      expect(await second.caCertificate()).toBe(ca);
      expect(await (await second.openSocket('agent')).init(agent.token)).toBe('ack');
      await until('its connection again', isRecorded);
    } finally {
      await second.stop();
      rmSync(dataDir, { recursive: true });
      await database.drop();
    }
  });
});

describe('two panels on one database', () => {
  test('share agents, sessions and events; a panel that stops leaves nothing connected behind', async () => {
    const secretKey = 'a key that both panels have, 32 long';
    const one = await startTestPanel({ config: { secretKey } });
    const db = await connectTo(one.database.name);
    const two = await startTestPanel({ config: { secretKey }, database: { ...one.database, db } });
    try {
      expect(await two.data('{ viewer { name } }', {}, { token: one.adminToken })).toEqual({
        viewer: { name: 'admin' },
      });
      await until(
        'the panels to see each other',
        async () => (await db.query<unknown[]>('SELECT 1 FROM panel_instances')).length === 2,
      );
      const agent = await one.joinAgent('of-one');
      const socket = await two.socket();
      const changes = socket.subscribe<{ nodeLogs: { text: string } }>(
        'subscription ($id: ID!) { nodeLogs(nodeId: $id) { text } }',
        { id: agent.nodeId },
      );
      let line = 0;
      await until('a line of an agent on the other panel', async () => {
        line += 1;
        await agent.log([`line ${line}`]);
        return changes.unread > 0;
      });
      // A command issued on one panel goes to the agent on the other.
      const stream = agent.commands();
      await stream.data();
      await two.data(
        'mutation ($id: ID!) { runNodeCommand(input: { nodeIds: [$id], kind: STOP_XRAY }) { commands { id } } }',
        { id: agent.nodeId },
      );
      expect((await stream.data()).agentCommands.action.kind).toBe('STOP_XRAY');
      await two.data('mutation ($id: ID!) { revokeNodeToken(id: $id) { node { id } } }', { id: agent.nodeId });
      expect(await agent.closeCode()).toBe(4403);
      const other = await one.joinAgent('of-one-too');
      await until(
        'its connection',
        async () => (await db.query<unknown[]>('SELECT 1 FROM node_status WHERE connected')).length > 0,
      );
      await one.panel.stop();
      expect((await other.socket.closed).code).toBe(1001);
      expect(await db.query('SELECT count(*)::int AS n FROM node_status WHERE connected')).toEqual([{ n: 0 }]);
    } finally {
      await two.stop();
      await db.destroy();
      await one.stop();
    }
  });
});

test('a refusal that comes late from another panel spares the connection of the token that is good now', async () => {
  const database = await cloneDatabase();
  const { db } = database;
  const events = new EventBus(silentLogger);
  const connections = new AgentConnections(db, events, randomUUID(), silentLogger);
  const codes: number[] = [];
  const socket = { close: (code: number) => void codes.push(code), terminate: () => undefined };
  try {
    const nodeId = await seedNode(db);
    connections.open(nodeId, 'the-new-token', '127.0.0.1', socket);
    events.deliver('nodeRefused', { nodeId, exceptTokenId: 'the-new-token' });
    expect(codes).toEqual([]);
    events.deliver('nodeRefused', { nodeId, exceptTokenId: 'an-even-newer-token' });
    expect(codes).toEqual([4403]);
  } finally {
    await connections.closeAll();
    await database.drop();
  }
});
