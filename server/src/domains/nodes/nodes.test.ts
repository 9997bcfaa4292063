import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpAllTables } from '../../testing/database.js';
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

const CREATE = `mutation ($input: CreateNodeInput!) { createNode(input: $input) { node { id name address agentPort status tags { key value } weight capacity ipAllowlist } joinToken installCommand } }`;
const UPDATE = `mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { node { id name address agentPort mode tags { key value } location { latitude city } weight capacity ipAllowlist } } }`;
const REMOVE = `mutation ($id: ID!) { deleteNode(id: $id) { deletedId reassignedUsers strandedUsers } }`;

describe('adding a node', () => {
  test('[R1.1] it is PENDING with what was said of it and the defaults for the rest', async () => {
    const { createNode } = await panel.data<{ createNode: { node: Record<string, unknown> } }>(CREATE, {
      input: {
        name: 'plain',
        address: 'Plain.Example.COM',
        tags: [
          { key: 'tier', value: 'gold' },
          { key: 'isp', value: 'x' },
        ],
      },
    });
    expect(createNode.node).toMatchObject({
      name: 'plain',
      address: 'plain.example.com',
      agentPort: 8443,
      status: 'PENDING',
      tags: [
        { key: 'isp', value: 'x' },
        { key: 'tier', value: 'gold' },
      ],
      weight: 1,
      capacity: null,
      ipAllowlist: [],
    });
  });

  test('[R1.2] its token is shown once, of its own, and the panel keeps its hash only', async () => {
    const one = await panel.createNode({ name: 'hashed-1' });
    const two = await panel.createNode({ name: 'hashed-2' });
    const [version, id = '', secret = '', pin = '', url = ''] = one.joinToken.split('.');
    expect(version).toBe('vpj1');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(Buffer.from(url, 'base64url').toString()).toBe(panel.agentUrl);
    expect(two.joinToken.split('.')[2]).not.toBe(secret);
    const dump = await dumpAllTables(panel.db);
    expect(dump).toContain(id);
    for (const text of [
      secret,
      one.joinToken,
      Buffer.from(secret, 'base64url').toString('hex'),
      Buffer.from(secret).toString('hex'),
    ]) {
      expect(dump).not.toContain(text);
    }
    expect(pin).toHaveLength(43);
    expect(
      JSON.stringify(
        await panel.graphql('{ nodes { nodes { id token { createdAt } onboarding { joinTokenExpiresAt } } } }'),
      ),
    ).not.toContain(secret);
    expect(JSON.stringify(panel.logEntries)).not.toContain(secret);
  });

  test('[R1.2] the token of a node that has joined is kept as its hash only, too', async () => {
    const agent = await panel.joinAgent('hashed-3');
    const [, id = '', secret = ''] = agent.token.split('.');
    const dump = await dumpAllTables(panel.db);
    expect(dump).toContain(id);
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(agent.key.split('\n')[1]);
  });

  test('[R1.3] a URL is refused as an address, naming the field', async () => {
    const refusal = await panel.refusal(CREATE, { input: { name: 'url', address: 'https://node.example' } });
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'address' }] });
  });

  describe('[R1.3] two nodes of', () => {
    test('one name are a conflict', async () => {
      await panel.createNode({ name: 'twin', address: '192.0.2.1' });
      const refusal = await panel.refusal(CREATE, { input: { name: 'twin', address: '192.0.2.2' } });
      expect(refusal).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'name' }] });
    });

    test.each([
      ['one IPv4 address', '192.0.2.77', '192.0.2.77'],
      ['one domain, however it is written', 'same.example.com', 'SAME.Example.com'],
      ['one domain, with a dot at its end', 'dotted.example.com', 'dotted.example.com.'],
      ['one IPv6 address, however it is written', '2001:db8::77', '2001:0DB8:0:0:0:0:0:77'],
      ['one IPv4 address, written as IPv6', '192.0.2.78', '::ffff:192.0.2.78'],
    ])('%s and one port are a conflict', async (_what, first, second) => {
      await panel.createNode({ name: `first of ${first}`.replaceAll(':', '-'), address: first });
      const input = { name: `second of ${first}`.replaceAll(':', '-'), address: second };
      expect(await panel.refusal(CREATE, { input })).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'address' }] });
      await panel.data(CREATE, { input: { ...input, agentPort: 9443 } });
    });

    test('one name at the same moment: one of them is added', async () => {
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          panel.graphql(CREATE, { input: { name: 'racing', address: `192.0.2.${100 + index}` } }),
        ),
      );
      expect(answers.filter(({ data }) => data)).toHaveLength(1);
      expect(await panel.data('{ nodes(filter: { search: "racing" }) { totalCount } }')).toEqual({
        nodes: { totalCount: 1 },
      });
    });
  });
});

describe('changing a node', () => {
  const full = {
    address: 'full.example.com',
    agentPort: 9000,
    tags: [{ key: 'region', value: 'eu' }],
    location: { latitude: 52.5, longitude: 13.4, city: 'Berlin', countryCode: 'DE' },
    weight: 7,
    capacity: 50,
    ipAllowlist: ['127.0.0.0/8'],
  };

  test('an absent field stays as it is', async () => {
    const { nodeId } = await panel.createNode({ name: 'stays', ...full });
    const { updateNode } = await panel.data<{ updateNode: { node: Record<string, unknown> } }>(UPDATE, {
      input: { id: nodeId, name: 'stays not' },
    });
    expect(updateNode.node).toMatchObject({
      ...full,
      name: 'stays not',
      mode: 'ACTIVE',
      location: { latitude: 52.5, city: 'Berlin' },
    });
  });

  test('null clears what can be cleared', async () => {
    const { nodeId } = await panel.createNode({ name: 'cleared', ...full, address: 'cleared.example.com' });
    const input = { id: nodeId, tags: null, location: null, weight: null, capacity: null, ipAllowlist: null };
    const { updateNode } = await panel.data<{ updateNode: { node: Record<string, unknown> } }>(UPDATE, { input });
    expect(updateNode.node).toMatchObject({
      name: 'cleared',
      tags: [],
      location: null,
      weight: 1,
      capacity: null,
      ipAllowlist: [],
      agentPort: 9000,
    });
  });

  test.each(['name', 'address', 'agentPort', 'mode'])('null does not clear %s', async (field) => {
    const { nodeId } = await panel.createNode({ name: `keeps ${field}`, address: `keeps-${field}.test` });
    expect(await panel.refusal(UPDATE, { input: { id: nodeId, [field]: null } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: field }],
    });
  });

  test('[R1.3] to the address of another is a conflict', async () => {
    await panel.createNode({ name: 'occupant', address: '192.0.2.200' });
    const { nodeId } = await panel.createNode({ name: 'intruder' });
    expect(await panel.refusal(UPDATE, { input: { id: nodeId, address: '192.0.2.200' } })).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'address' }],
    });
  });

  test.each(['0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11', 'nonsense', ''])(
    'of the id "%s", which there is not, is refused',
    async (id) => {
      expect(await panel.refusal(UPDATE, { input: { id, weight: 2 } })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await panel.refusal(REMOVE, { id })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await panel.data('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
    },
  );

  test('[R1.4] interrupts nothing: the agent stays connected and is told to do nothing but use the new port', async () => {
    const agent = await panel.joinAgent('edited');
    const stream = agent.commands();
    await stream.data();
    const input = {
      id: agent.nodeId,
      name: 'edited again',
      address: 'edited.example.com',
      weight: 3,
      mode: 'DRAINING',
      tags: [{ key: 'a', value: 'b' }],
      ipAllowlist: ['203.0.113.0/24'],
    };
    await panel.data(UPDATE, { input });
    await panel.data(UPDATE, { input: { id: agent.nodeId, agentPort: 9999 } });
    expect((await stream.data()).agentCommands.action).toMatchObject({ __typename: 'ChangeSettings', agentPort: 9999 });
    expect(stream.unread).toBe(0);
    expect((await agent.log(['still here'])).data).toEqual({ reportLogs: { accepted: 1 } });
    const { node } = await until('the node to be connected', async () => {
      const answer = await panel.data<{ node: { agent: { connected: boolean } } }>(
        'query ($id: ID!) { node(id: $id) { agent { connected } commands { totalCount } } }',
        { id: agent.nodeId },
      );
      return answer.node.agent.connected && answer;
    });
    expect(node).toEqual({ agent: { connected: true }, commands: { totalCount: 0 } });
  });
});

describe('deleting a node', () => {
  test("[R1.5] closes its agent's connection with 4403, and its token is good for nothing any more", async () => {
    const agent = await panel.joinAgent('deleted');
    const bystander = await panel.joinAgent('bystander');
    await agent.log(['a line']);
    expect(await panel.data(REMOVE, { id: agent.nodeId })).toEqual({
      deleteNode: { deletedId: agent.nodeId, reassignedUsers: 0, strandedUsers: 0 },
    });
    expect(await agent.closeCode()).toBe(4403);
    expect(await agent.connect()).toBe(4403);
    expect((await bystander.log(['still here'])).data).toBeTruthy();
    expect(await dumpAllTables(panel.db)).not.toContain(agent.nodeId);
  });
});

describe('tokens', () => {
  const ROTATE = `mutation ($id: ID!) { rotateNodeToken(id: $id) { joinToken node { token { rotationPending } } } }`;
  const REVOKE = `mutation ($id: ID!) { revokeNodeToken(id: $id) { node { token { revokedAt } issues { kind } } } }`;

  test('[R10.2] rotating interrupts nothing: the old token is good until the new one was taken', async () => {
    const agent = await panel.joinAgent('rotated');
    const { rotateNodeToken } = await panel.data<{ rotateNodeToken: { joinToken: string; node: unknown } }>(ROTATE, {
      id: agent.nodeId,
    });
    expect(rotateNodeToken.node).toEqual({ token: { rotationPending: true } });
    expect((await agent.log(['with the old token'])).data).toBeTruthy();
    expect(await agent.connect()).toBe('ack');
    const old = agent.socket;
    const { TestAgent } = await import('../../testing/panel.js');
    const renewed = await TestAgent.join(panel, agent.nodeId, rotateNodeToken.joinToken);
    // Its token is not good any more, so it is not told that it was merely replaced.
    expect((await old.closed).code).toBe(4403);
    expect(await agent.connect()).toBe(4403);
    expect((await renewed.log(['with the new token'])).data).toBeTruthy();
    expect(
      await panel.data('query ($id: ID!) { node(id: $id) { token { rotationPending } } }', { id: agent.nodeId }),
    ).toEqual({ node: { token: { rotationPending: false } } });
  });

  test('[R10.3] a node that joins anew over HTTP cuts off who is still connected with its former token', async () => {
    const agent = await panel.joinAgent('joined-anew');
    const { rotateNodeToken } = await panel.data<{ rotateNodeToken: { joinToken: string } }>(ROTATE, {
      id: agent.nodeId,
    });
    const { registerOverHttp, certificateRequest } = await import('../../testing/panel.js');
    const answer = await registerOverHttp(panel, rotateNodeToken.joinToken, (await certificateRequest()).csr);
    expect(answer.data?.registerAgent.nodeToken).toBeTruthy();
    expect(await agent.closeCode()).toBe(4403);
  });

  test('[R10.3] revoking acts at once: the connection is closed and the token refused', async () => {
    const agent = await panel.joinAgent('revoked');
    await panel.data(REVOKE, { id: agent.nodeId });
    expect(await agent.closeCode()).toBe(4403);
    expect(await agent.connect()).toBe(4403);
    const { node } = await until('the issue', async () => {
      const answer = await panel.data<{ node: { status: string; issues: { kind: string }[] } }>(
        'query ($id: ID!) { node(id: $id) { status issues { kind } } }',
        { id: agent.nodeId },
      );
      return answer.node.status === 'OFFLINE' && answer;
    });
    expect(node.issues.map(({ kind }) => kind)).toEqual(['TOKEN_REVOKED', 'AGENT_DISCONNECTED']);
  });

  test('[R10.3] revoking ends an open join token as well', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'revoked-join' });
    await panel.data(REVOKE, { id: nodeId });
    const socket = await panel.openSocket('agent');
    expect(await socket.init(joinToken)).toBe(4403);
  });
});
