import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Agent } from '../support/agent.js';
import { Panel } from '../support/panel.js';
import { freePort, isAlive, waitFor } from '../support/processes.js';
import type { CreatedNode } from '../support/api.js';

describe('one node, whatever dies', () => {
  let panel: Panel;
  let agent: Agent;
  let created: CreatedNode;
  const node = () => panel.api.node(created.id);
  const online = () => waitFor('the node to be online', () => panel.api.isUp(created.id));
  const offline = () => waitFor('the node to be offline', async () => (await node()).status === 'OFFLINE');

  /** The node as it is now, not as it was before something died. */
  const freshNode = async () => {
    const since = new Date().toISOString();
    return waitFor('a new report', async () => {
      const found = await node();
      return (found.metrics?.at ?? '') > since ? found : undefined;
    });
  };

  beforeAll(async () => {
    panel = await Panel.start();
    await panel.api.ask(
      'mutation { updateSettings(input: { metricsIntervalSeconds: 1 }) { settings { metricsIntervalSeconds } } }',
    );
    agent = new Agent();
    created = await panel.api.createNode('resilient', await freePort());
    agent.join(created.joinToken);
    await online();
  });

  afterAll(async () => {
    await agent?.remove();
    await panel?.stop();
  });

  test('[R3.7] [R3.2] the agent has registered with its versions and reports what is true of this machine', async () => {
    const { agent: info, xray, metrics, onboarding } = await node();
    expect(info.version).toBe(
      (JSON.parse(readFileSync(join('agent', 'package.json'), 'utf8')) as { version: string }).version,
    );
    expect(info.hostname).toBe(readFileSync('/proc/sys/kernel/hostname', 'utf8').trim());
    expect(xray.state).toBe('RUNNING');
    expect(xray.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(metrics!.memory).toBeGreaterThan(0);
    expect(metrics!.memory).toBeLessThan(1);
    expect(metrics!.disk).toBeGreaterThan(0);
    expect(onboarding.problem).toBeNull();
    for (const step of ['tokenUsedAt', 'tlsVerifiedAt', 'registeredAt', 'xrayStartedAt', 'firstMetricsAt'] as const) {
      expect(onboarding[step], step).not.toBeNull();
    }
  });

  test('[R3.6] [R3.8] the panel reads the local API of the agent, and nobody else does', async () => {
    // A node that has just joined gets its first configuration: Xray may be between two starts.
    const check = await waitFor('a good check', async () => {
      const { testNodeConnection } = await panel.api.ask<{
        testNodeConnection: { check: { ok: boolean; probes: { kind: string; ok: boolean }[] } };
      }>('mutation($id: ID!) { testNodeConnection(id: $id) { check { ok probes { kind ok error } } } }', {
        id: created.id,
      });
      return testNodeConnection.check.ok && testNodeConnection.check;
    });
    expect(check.probes.map(({ kind }) => kind)).toEqual(['TCP', 'API', 'XRAY']);
    const { node: described } = await panel.api.ask<{ node: { agentPort: number } }>(
      'query($id: ID!) { node(id: $id) { agentPort } }',
      { id: created.id },
    );
    await expect(fetch(`http://127.0.0.1:${described.agentPort}/health`)).rejects.toThrow();
  });

  test('[R3.4] stop, start and restart of Xray are carried out and report their result', async () => {
    for (const [kind, state] of [
      ['STOP_XRAY', 'STOPPED'],
      ['START_XRAY', 'RUNNING'],
      ['RESTART_XRAY', 'RUNNING'],
    ] as const) {
      const id = await panel.api.runCommand(created.id, kind);
      const done = await waitFor(`${kind} to end`, async () => {
        const command = await panel.api.command(created.id, id);
        return command.state === 'SUCCEEDED' || command.state === 'FAILED' ? command : undefined;
      });
      expect(done).toMatchObject({ state: 'SUCCEEDED', error: null });
      expect(done.output).toBeTruthy();
      await waitFor(`Xray to be ${state}`, async () => (await node()).xray.state === state);
    }
  });

  test('[R3.5] an agent that is killed comes back by itself after a start without arguments', async () => {
    await agent.kill();
    await offline();
    expect((await node()).issues.map(({ kind }) => kind)).toContain('AGENT_DISCONNECTED');
    agent.run();
    await online();
  });

  test('[R3.3] [R3.5] a panel that is killed finds its agent again, and a queued command runs once', async () => {
    await agent.stop();
    await offline();
    const id = await panel.api.runCommand(created.id, 'RESTART_XRAY');
    await panel.kill();
    await panel.run();
    await panel.api.signIn();
    expect((await panel.api.command(created.id, id)).state).toBe('QUEUED');
    agent.run();
    await waitFor(
      'the command to succeed',
      async () => (await panel.api.command(created.id, id)).state === 'SUCCEEDED',
    );
    expect(agent.output.match(/Command RESTART_XRAY/g)).toHaveLength(1);
    await agent.kill();
    agent.run();
    await freshNode();
    expect(agent.output).not.toContain('Command RESTART_XRAY');
  });

  test('[R3.5] while the panel is dead Xray goes on, and the agent reconnects without help', async () => {
    const before = (await freshNode()).xray.startedAt;
    await panel.kill();
    await waitFor('the agent to notice', () => agent.output.includes('No connection to the panel'));
    await panel.run();
    await panel.api.signIn();
    expect((await freshNode()).xray.startedAt).toBe(before);
  });

  test('PostgreSQL that is killed is started again, and reports go on without a restart of anything', async () => {
    const { pid: panelPid, postgresPid: former } = panel;
    process.kill(former, 'SIGKILL');
    await waitFor('PostgreSQL to be gone', () => !isAlive(former));
    await waitFor('PostgreSQL to be back', async () => (await fetch(`${panel.url}/readyz`)).ok);
    await freshNode();
    expect(panel.pid).toBe(panelPid);
    expect(panel.postgresPid).not.toBe(former);
  });

  test('a kill -9 of panel and database together loses nothing that was acknowledged', async () => {
    await panel.api.ask(
      'mutation($id: ID!) { updateNode(input: { id: $id, tags: [{ key: "kept", value: "yes" }] }) { node { id } } }',
      {
        id: created.id,
      },
    );
    process.kill(panel.postgresPid, 'SIGKILL');
    await panel.kill();
    await panel.run();
    await panel.api.signIn();
    const { node: found } = await panel.api.ask<{ node: { tags: { key: string; value: string }[] } }>(
      'query($id: ID!) { node(id: $id) { tags { key value } } }',
      { id: created.id },
    );
    expect(found.tags).toEqual([{ key: 'kept', value: 'yes' }]);
    await online();
  });
});
