import { createServer as createTlsServer } from 'node:https';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Agent } from '../support/agent.js';
import { Panel } from '../support/panel.js';
import { freePort, waitFor } from '../support/processes.js';
import { foreignCertificate } from '../support/certificates.js';

const CONFIG_ERROR = 78;

describe('who may join, and who may not', () => {
  let panel: Panel;
  const agents: Agent[] = [];
  const newAgent = (): Agent => {
    const agent = new Agent();
    agents.push(agent);
    return agent;
  };

  beforeAll(async () => {
    panel = await Panel.start();
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.remove();
  });
  afterAll(async () => {
    await panel?.stop();
  });

  test('[R10.1] [R1.2] a join token works once; the second agent is refused in words and the page says so', async () => {
    const node = await panel.api.createNode('joined-once', await freePort());
    newAgent().join(node.joinToken);
    await waitFor('the node to be online', () => panel.api.isUp(node.id));
    const second = newAgent().join(node.joinToken);
    expect(await second.exited()).toBe(CONFIG_ERROR);
    expect(second.output).toMatch(/join token/i);
    expect((await panel.api.node(node.id)).onboarding.problem).toContain('used before');
    expect(await panel.api.isUp(node.id)).toBe(true);
  });

  test('[R10.1] a join token that was replaced by a newer one is refused', async () => {
    const node = await panel.api.createNode('replaced', await freePort());
    await panel.api.ask('mutation($id: ID!) { rotateNodeToken(id: $id) { joinToken } }', { id: node.id });
    const agent = newAgent().join(node.joinToken);
    expect(await agent.exited()).toBe(CONFIG_ERROR);
    expect((await panel.api.node(node.id)).status).toBe('PENDING');
  });

  test('[R10.1] a join token that has expired is refused, and the page says so', async () => {
    const node = await panel.api.createNode('expired', await freePort());
    await panel.database((client) =>
      client.query(`UPDATE node_tokens SET expires_at = now() - interval '1 second' WHERE node_id = $1`, [node.id]),
    );
    const agent = newAgent().join(node.joinToken);
    expect(await agent.exited()).toBe(CONFIG_ERROR);
    const { status, onboarding } = await panel.api.node(node.id);
    expect(status).toBe('PENDING');
    expect(onboarding.problem).toContain('has expired');
  });

  test('[R3.8] [R10.4] an agent believes only the CA whose hash is in its token', async () => {
    const node = await panel.api.createNode('pinned', await freePort());
    const { cert, key } = await foreignCertificate('localhost');
    let bearer: string | undefined;
    const impostor = createTlsServer({ cert, key }, (request, response) => {
      bearer ??= request.headers.authorization;
      response.end(cert);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => impostor.listen(port, '127.0.0.1', resolve));
    try {
      const parts = node.joinToken.split('.');
      parts[4] = Buffer.from(`https://localhost:${port}`).toString('base64url');
      const agent = newAgent().join(parts.join('.'));
      expect(await agent.exited()).not.toBe(0);
      expect(agent.output).toMatch(/somebody may be between/i);
      expect(bearer).toBeUndefined();
      expect((await panel.api.node(node.id)).onboarding.tokenUsedAt).toBeNull();
    } finally {
      impostor.close();
    }
  });

  test('[R3.6] [R10.4] the local API refuses a client certificate of another CA in the handshake', async () => {
    const agentPort = await freePort();
    const node = await panel.api.createNode('guarded', agentPort);
    newAgent().join(node.joinToken);
    await waitFor('the node to be online', () => panel.api.isUp(node.id));
    const { cert, key } = await foreignCertificate('vpanel-panel');
    const outcome = await new Promise<string>((resolve) => {
      const socket = connectTls({ host: '127.0.0.1', port: agentPort, cert, key, rejectUnauthorized: false });
      socket.once('secureConnect', () => socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n'));
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', (error) => resolve(error.message));
      socket.once('close', () => resolve('closed'));
    });
    expect(outcome).not.toContain('agentVersion');
    expect(outcome).toMatch(/alert|closed|reset/i);
  });

  test('[R3.1] [R10.3] a revoked node is cut off at once, says so once and does not spin', async () => {
    const node = await panel.api.createNode('revoked', await freePort());
    const agent = newAgent().join(node.joinToken);
    await waitFor('the node to be online', () => panel.api.isUp(node.id));
    await panel.api.ask('mutation($id: ID!) { revokeNodeToken(id: $id) { node { id } } }', { id: node.id });
    await waitFor('the node to be offline', async () => (await panel.api.node(node.id)).status === 'OFFLINE');
    await waitFor('the agent to tell its operator', () => agent.output.includes('refuses the token'));
    const kinds = (await panel.api.node(node.id)).issues.map(({ kind }) => kind);
    expect(kinds).toContain('TOKEN_REVOKED');
    expect(agent.output.match(/refuses the token/g)).toHaveLength(1);
  });

  test('[R1.5] deleting a node closes its connection', async () => {
    const node = await panel.api.createNode('deleted', await freePort());
    const agent = newAgent().join(node.joinToken);
    await waitFor('the node to be online', () => panel.api.isUp(node.id));
    await panel.api.ask('mutation($id: ID!) { deleteNode(id: $id) { deletedId } }', { id: node.id });
    await waitFor('the agent to be refused', () => agent.output.includes('refuses the token'));
    expect(
      (await panel.api.answer<{ node: null }>('query($id: ID!) { node(id: $id) { id } }', { id: node.id })).data,
    ).toEqual({ node: null });
  });
});
