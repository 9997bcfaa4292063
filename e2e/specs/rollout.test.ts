import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Agent } from '../support/agent.js';
import { Management } from '../support/management.js';
import { Panel } from '../support/panel.js';
import { freePort, waitFor } from '../support/processes.js';

const NODES = 20;
const USERS = 300;

interface NodeOfFleet {
  id: string;
  agent: Agent;
}

let panel: Panel;
let manage: Management;
const fleet: NodeOfFleet[] = [];

const states = async (): Promise<string[]> => {
  const { syncStatuses } = await panel.api.ask<{ syncStatuses: { state: string }[] }>('{ syncStatuses { state } }');
  return syncStatuses.map(({ state }) => state);
};

const inSync = async (): Promise<number> => (await states()).filter((state) => state === 'IN_SYNC').length;

const allInSync = () => waitFor('all nodes in sync', async () => (await inSync()) === NODES, 120_000);

/** Users of the one inbound that the node has, as Xray would be started with. */
function usersOnDisk({ agent }: NodeOfFleet): number {
  const config = JSON.parse(readFileSync(join(agent.dataDir, 'xray.d', 'config.json'), 'utf8')) as {
    inbounds: { settings: { clients: unknown[] } }[];
  };
  return config.inbounds[0]!.settings.clients.length;
}

beforeAll(async () => {
  panel = await Panel.start();
  manage = new Management(panel.api);
  for (let count = 0; count < NODES; count += 1) {
    const created = await panel.api.createNode(`fleet-${count}`, await freePort());
    fleet.push({ id: created.id, agent: new Agent().join(created.joinToken) });
  }
  await manage.createGroup(
    'fleet',
    fleet.map(({ id }) => id),
  );
  // Each has a port of its own, since all of them are on this machine.
  for (const { id } of fleet) {
    const inbound = await manage.buildInbound('VMESS_WS', { port: await freePort() });
    await manage.createProxy(`proxy ${id}`, inbound, { targetNodeIds: [id] });
  }
  await allInSync();
}, 240_000);

afterAll(async () => {
  await Promise.all(fleet.map(({ agent }) => agent.remove()));
  await panel?.stop();
});

test('[R7.1] [R7.3] [R7.5] a panel that is killed in the middle of a roll-out to 20 nodes finishes it when it is back', async () => {
  const { nodeGroups } = await panel.api.ask<{ nodeGroups: { nodes: { id: string }[] } }>(
    '{ nodeGroups { nodes { id } } }',
  );
  await manage.createUsers('rolled-out', USERS, [nodeGroups.nodes[0]!.id]);
  // A change that restarts Xray on every node: it takes long enough to be caught in the middle.
  await panel.api.ask(
    'mutation { updateSettings(input: { allowPrivateTargets: true }) { settings { allowPrivateTargets } } }',
  );
  await waitFor('the middle of the roll-out', async () => {
    const done = await inSync();
    return done > 0 && done < NODES;
  });
  await panel.kill();
  await panel.run();
  await panel.api.signIn();
  await allInSync();
  expect(fleet.map(usersOnDisk)).toEqual(fleet.map(() => USERS));
  const { syncStatuses } = await panel.api.ask<{
    syncStatuses: { desiredRevision: string; appliedRevision: string; attempts: number }[];
  }>('{ syncStatuses { desiredRevision appliedRevision attempts } }');
  for (const { desiredRevision, appliedRevision } of syncStatuses) expect(appliedRevision).toBe(desiredRevision);
});
