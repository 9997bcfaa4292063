import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUuid } from '../nodes/index.js';
import {
  certificateRequest,
  refusalOf,
  register,
  registerOverHttp,
  startTestPanel,
  TestAgent,
  type TestPanel,
} from '../../testing/panel.js';
import { until } from '../../testing/until.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

interface NodeView {
  status: string;
  agent: { connected: boolean; version: string | null; hostname: string | null; remoteAddress: string | null };
  onboarding: {
    joinTokenExpiresAt: string | null;
    tokenUsedAt: string | null;
    tlsVerifiedAt: string | null;
    registeredAt: string | null;
    problem: string | null;
  };
}
const view = async (id: string): Promise<NodeView> =>
  (
    await panel.data<{ node: NodeView }>(
      `query ($id: ID!) { node(id: $id) { status agent { connected version hostname remoteAddress }
         onboarding { joinTokenExpiresAt tokenUsedAt tlsVerifiedAt registeredAt problem } } }`,
      { id },
    )
  ).node;

const present = async (token: string): Promise<'ack' | number> => (await panel.openSocket('agent')).init(token);
const idOf = (token: string): string => token.split('.')[1] ?? '';

describe('[R3.7] joining', () => {
  test('by TLS with the pinned CA gives a token of its own and a certificate of the panel', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'joins', agentPort: 9443 });
    expect((await view(nodeId)).status).toBe('PENDING');
    const agent = await TestAgent.join(panel, nodeId, joinToken);
    expect(agent.registration).toMatchObject({
      nodeId,
      nodeName: 'joins',
      agentPort: 9443,
      metricsIntervalSeconds: 10,
      trafficIntervalSeconds: 10,
    });
    expect(agent.token).toMatch(/^vpn1\.[a-z0-9]+\.[A-Za-z0-9_-]{43}$/);
    const certificate = new X509Certificate(agent.registration.certificate);
    expect(certificate.verify(new X509Certificate(await panel.caCertificate()).publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe(`DNS:${nodeId}.nodes.vpanel`);
    const { onboarding, agent: info } = await until('the connection', async () => {
      const node = await view(nodeId);
      return node.agent.connected && node;
    });
    expect(info).toEqual({ connected: true, version: '0.1.0', hostname: 'test-host', remoteAddress: '127.0.0.1' });
    expect(onboarding).toMatchObject({ joinTokenExpiresAt: null, problem: null });
    for (const time of [onboarding.tokenUsedAt, onboarding.tlsVerifiedAt, onboarding.registeredAt])
      expect(time).not.toBeNull();
  });

  test('by HTTPS works as well', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'joins-by-post' });
    const { csr } = await certificateRequest();
    const { data } = await registerOverHttp(panel, joinToken, csr);
    expect(data?.registerAgent.nodeId).toBe(nodeId);
    expect(await present(data?.registerAgent.nodeToken ?? '')).toBe('ack');
  });

  test('registering again gives a new certificate and no new token', async () => {
    const agent = await panel.joinAgent('registers-again');
    const { csr } = await certificateRequest();
    for (const answer of [await register(agent.socket, csr), await registerOverHttp(panel, agent.token, csr)]) {
      expect(answer.data?.registerAgent.nodeToken).toBeNull();
      expect(answer.data?.registerAgent.certificate).not.toBe(agent.registration.certificate);
    }
    expect(await agent.connect()).toBe('ack');
  });

  test('all else works on the socket on which the join token was shown, once registered', async () => {
    const agent = await panel.joinAgent('goes-on');
    expect((await agent.commands().data()).agentCommands.action.__typename).toBe('ChangeSettings');
    expect((await agent.socket.request('{ viewer { id name kind role scopes } }')).data).toEqual({
      viewer: { id: agent.nodeId, name: 'goes-on', kind: 'AGENT', role: null, scopes: [] },
    });
    const { rows } = {
      rows: await panel.db.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM node_tokens WHERE node_id = $1 AND kind = 'NODE'`,
        [agent.nodeId],
      ),
    };
    expect(rows).toEqual([{ n: 1 }]);
  });

  test.each([
    ['no request at all', 'nonsense', 'csr'],
    ['a request that is too long', 'x'.repeat(5_000), 'csr'],
  ])('with %s is refused, naming the field, and does not spend the token', async (what, csr, path) => {
    const { nodeId, joinToken } = await panel.createNode({ name: what });
    expect(refusalOf(await registerOverHttp(panel, joinToken, csr))).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path }],
    });
    await TestAgent.join(panel, nodeId, joinToken);
  });

  test('with a host name that is too long is refused, naming the field', async () => {
    const { joinToken } = await panel.createNode({ name: 'long-host' });
    const { csr } = await certificateRequest();
    const answer = await panel.agentGraphql(
      `mutation ($i: RegisterAgentInput!) { registerAgent(input: $i) { nodeId } }`,
      { i: { agentVersion: '1', hostname: 'x'.repeat(129), csr, startedAt: new Date().toISOString() } },
      joinToken,
    );
    expect(refusalOf(answer).fields.map(({ path }) => path)).toEqual(['hostname']);
  });
});

describe('[R10.1] a join token', () => {
  test('is good for one use', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'once' });
    await TestAgent.join(panel, nodeId, joinToken);
    expect(await present(joinToken)).toBe(4403);
    expect((await view(nodeId)).onboarding.problem).toBe(
      'A join from 127.0.0.1 was refused: the join token was used before',
    );
  });

  test('used many times at the same moment: exactly one joins', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'race' });
    const { csr } = await certificateRequest();
    const sockets = await Promise.all(Array.from({ length: 6 }, () => panel.openSocket('agent')));
    expect(await Promise.all(sockets.map((socket) => socket.init(joinToken)))).toEqual(sockets.map(() => 'ack'));
    const answers = await Promise.all([
      ...sockets.map((socket) => register(socket, csr)),
      registerOverHttp(panel, joinToken, csr),
      registerOverHttp(panel, joinToken, csr),
    ]);
    const tokens = answers.flatMap(({ data }) => data?.registerAgent.nodeToken ?? []);
    expect(tokens).toHaveLength(1);
    for (const { errors } of answers) if (errors) expect(errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    expect(
      await panel.db.query(`SELECT count(*)::int AS n FROM node_tokens WHERE node_id = $1 AND kind = 'NODE'`, [nodeId]),
    ).toEqual([{ n: 1 }]);
    expect(await present(tokens[0] ?? '')).toBe('ack');
  });

  test('lapses after 30 minutes', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'lapses' });
    const [row] = await panel.db.query<{ minutes: number }[]>(
      `SELECT extract(epoch FROM expires_at - created_at)::int / 60 AS minutes FROM node_tokens WHERE id = $1`,
      [idOf(joinToken)],
    );
    expect(row?.minutes).toBe(30);
    const socket = await panel.openSocket('agent');
    expect(await socket.init(joinToken)).toBe('ack');
    await panel.db.query('UPDATE node_tokens SET expires_at = now() WHERE id = $1', [idOf(joinToken)]);
    expect(await present(joinToken)).toBe(4403);
    expect((await view(nodeId)).onboarding).toMatchObject({
      joinTokenExpiresAt: null,
      problem: 'A join from 127.0.0.1 was refused: the join token has expired',
    });
    // Shown in time, but used too late.
    const { csr } = await certificateRequest();
    expect(refusalOf(await register(socket, csr))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('ends with a newer one', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'replaced' });
    const socket = await panel.openSocket('agent');
    await socket.init(joinToken);
    const { rotateNodeToken } = await panel.data<{ rotateNodeToken: { joinToken: string } }>(
      `mutation ($id: ID!) { rotateNodeToken(id: $id) { joinToken } }`,
      { id: nodeId },
    );
    const { csr } = await certificateRequest();
    expect(refusalOf(await register(socket, csr))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await present(joinToken)).toBe(4403);
    await TestAgent.join(panel, nodeId, rotateNodeToken.joinToken);
  });
});

describe('[R10.1] a refused agent', () => {
  test('learns nothing of why: every failure looks the same', async () => {
    const agent = await panel.joinAgent('tells-nothing', { ipAllowlist: ['127.0.0.1'] });
    const { joinToken } = await panel.createNode({ name: 'tells-nothing-either' });
    const [, id = '', secret = ''] = agent.token.split('.');
    await panel.data(`mutation ($i: UpdateNodeInput!) { updateNode(input: $i) { node { id } } }`, {
      i: { id: agent.nodeId, ipAllowlist: ['203.0.113.0/24'] },
    });
    const wrong = [
      agent.token, // from an address that is not allowed
      `vpn1.${id}.${'A'.repeat(43)}`,
      `vpn1.unknown.${secret}`,
      `vpj1.${id}.${secret}`,
      `vpn2.${id}.${secret}`,
      joinToken.replace('vpj1', 'vpn1'),
      joinToken.slice(0, 30),
      'nonsense',
      '',
      panel.adminToken,
    ];
    const answers = await Promise.all(
      wrong.map(async (token) => {
        const socket = await panel.openSocket('agent');
        await socket.init(token);
        const { text } = await panel.agentHttp('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: 'mutation { reportLogs(lines: []) { accepted } }' }),
        });
        return { ...(await socket.closed), text };
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 4403, reason: 'Forbidden' });
  });

  test('is logged with its address and the reason, never with its secret', async () => {
    const { joinToken } = await panel.createNode({ name: 'logged', ipAllowlist: ['203.0.113.0/24'] });
    await present(joinToken);
    const entry = panel.logEntries.findLast(({ msg }) => msg === 'an agent was refused');
    expect(entry).toMatchObject({
      level: 40,
      remoteAddress: '127.0.0.1',
      tokenId: idOf(joinToken),
      problem: 'the address is not in the allow list of the node',
    });
    expect(JSON.stringify(panel.logEntries)).not.toContain(joinToken.split('.')[2]);
  });

  test('who only knows the id of a token cannot put words on the page of its node', async () => {
    const { nodeId, joinToken } = await panel.createNode({ name: 'quiet' });
    await panel.db.query('UPDATE node_tokens SET expires_at = now() WHERE id = $1', [idOf(joinToken)]);
    await present(`vpj1.${idOf(joinToken)}.${'A'.repeat(43)}.x.y`);
    expect((await view(nodeId)).onboarding.problem).toBeNull();
  });
});

describe('[R10.5] the allow list of a node', () => {
  test.each([
    ['the address', ['127.0.0.1'], 'ack'],
    ['a block around it', ['127.0.0.0/8'], 'ack'],
    ['nothing', [], 'ack'],
    ['another block', ['203.0.113.0/24', '2001:db8::/32'], 4403],
  ])('with %s: %j', async (_what, ipAllowlist, outcome) => {
    const { joinToken } = await panel.createNode({
      name: `allows ${JSON.stringify(ipAllowlist).replaceAll(/[^a-z0-9]/g, '-')}x`,
      ipAllowlist,
    });
    expect(await present(joinToken)).toBe(outcome);
  });
});

test('ids of nodes are UUIDs', async () => {
  const { nodeId } = await panel.createNode({ name: 'uuid' });
  expect(isUuid(nodeId)).toBe(true);
});
