import 'reflect-metadata';
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, createAuthority } from '../../platform/certificates.js';
import { freePort, startTestPanel, type TestAgent, type TestPanel } from '../../testing/panel.js';

let panel: TestPanel;
let agent: TestAgent;
beforeAll(async () => {
  panel = await startTestPanel();
  agent = await panel.joinAgent('probed', { address: '127.0.0.1' });
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    (server as Partial<ReturnType<typeof createHttps>>).closeAllConnections?.();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

interface Check {
  ok: boolean;
  latencyMs: number | null;
  probes: { kind: string; ok: boolean; error: string | null }[];
}

/** What the panel sees when the agent's API is at this port. */
async function check(port: number, address = '127.0.0.1'): Promise<Check> {
  await panel.data(`mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { node { id } } }`, {
    input: { id: agent.nodeId, agentPort: port, address },
  });
  const { testNodeConnection } = await panel.data<{ testNodeConnection: { check: Check } }>(
    `mutation ($id: ID!) { testNodeConnection(id: $id) { check { ok latencyMs probes { kind ok error } } } }`,
    { id: agent.nodeId },
  );
  return testNodeConnection.check;
}

/** The agent's local API as the protocol has it. */
function localApi(handler: RequestListener): Server {
  const { certificate: cert } = agent.registration;
  return createHttps({ cert, key: agent.key, requestCert: true, rejectUnauthorized: true, ca: authority }, handler);
}
let authority = '';
beforeAll(async () => {
  authority = await panel.caCertificate();
});

const answer =
  (xray: unknown, status = 200): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ agentVersion: '0.1.0', uptimeSeconds: 1, xray }));

const failedStep = ({ ok, probes }: Check) => {
  expect(ok).toBe(false);
  const last = probes.at(-1);
  expect(probes.slice(0, -1).every((probe) => probe.ok)).toBe(true);
  expect(last?.ok).toBe(false);
  return { kind: last?.kind, error: last?.error };
};

describe('[R1.1] [R2.2] a look at a node', () => {
  test('goes well when the agent answers and Xray runs', async () => {
    const result = await check(await listen(localApi(answer({ state: 'RUNNING' }))));
    expect(result).toMatchObject({
      ok: true,
      probes: [
        { kind: 'TCP', ok: true },
        { kind: 'API', ok: true },
        { kind: 'XRAY', ok: true, error: null },
      ],
    });
    expect(result.latencyMs).toBeGreaterThan(0);
  });

  test('shows the certificate of the panel, and no other gets in', async () => {
    const names: unknown[] = [];
    await check(
      await listen(
        localApi((request, response) => {
          names.push(
            (request.socket as unknown as { getPeerCertificate(): { subject: { CN: string } } }).getPeerCertificate()
              .subject.CN,
          );
          answer({ state: 'RUNNING' })(request, response);
        }),
      ),
    );
    expect(names).toEqual(['vpanel-panel']);
  });

  test.each<[state: string, xray: object, error: string]>([
    ['has crashed', { state: 'CRASHED' }, 'Xray is crashed'],
    ['is stopped', { state: 'STOPPED' }, 'Xray is stopped'],
    ['does not answer', { state: 'RUNNING', error: 'its API does not answer' }, 'its API does not answer'],
    ['is not spoken of', {}, 'Xray is unknown'],
  ])('fails at Xray when it %s', async (_what, xray, error) => {
    expect(failedStep(await check(await listen(localApi(answer(xray, 503)))))).toEqual({ kind: 'XRAY', error });
  });

  test('fails at TCP when nothing listens', async () => {
    expect(failedStep(await check(await freePort()))).toEqual({
      kind: 'TCP',
      error: 'connection refused: nothing listens on that port',
    });
  });

  test('fails at TCP when the name does not resolve', async () => {
    expect(failedStep(await check(await freePort(), 'does-not-exist.invalid'))).toMatchObject({
      kind: 'TCP',
      error: expect.stringMatching(/resolve/),
    });
  });

  test('fails at the API when a server of another CA answers', async () => {
    const other = await CertificateAuthority.load(await createAuthority(new Date()));
    const server = createHttps(
      await other.issueServer([`${agent.nodeId}.nodes.vpanel`], new Date()),
      answer({ state: 'RUNNING' }),
    );
    expect(failedStep(await check(await listen(server as unknown as Server)))).toEqual({
      kind: 'API',
      error: "the certificate is not from this panel's CA",
    });
  });

  test('fails at the API when another node answers', async () => {
    const neighbour = await panel.joinAgent('neighbour');
    const server = createHttps(
      { cert: neighbour.registration.certificate, key: neighbour.key },
      answer({ state: 'RUNNING' }),
    );
    expect(failedStep(await check(await listen(server as unknown as Server)))).toEqual({
      kind: 'API',
      error: 'the certificate belongs to another node',
    });
  });

  test('fails at the API when a server of plain HTTP answers', async () => {
    const server = createHttp(answer({ state: 'RUNNING' }));
    expect(failedStep(await check(await listen(server as unknown as Server)))).toEqual({
      kind: 'API',
      error: 'what listens there does not speak TLS',
    });
  });

  test('fails at the API when what listens never answers', async () => {
    const sockets: { destroy(): void }[] = [];
    const server = createTcp((socket) => void sockets.push(socket));
    const port = await listen(server);
    const { kind, error } = failedStep(await check(port));
    sockets.forEach((socket) => socket.destroy());
    expect({ kind, error }).toEqual({ kind: 'API', error: 'no answer in time: a firewall may be in between' });
  });

  test('fails at the API when the answer never comes over a good connection', async () => {
    expect(failedStep(await check(await listen(localApi(() => undefined))))).toMatchObject({
      kind: 'API',
      error: expect.stringMatching(/no answer in time/),
    });
  });

  test('fails at the API when the answer breaks off', async () => {
    const server = localApi((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"agentVersion":', () => response.socket?.end());
    });
    expect(failedStep(await check(await listen(server)))).toMatchObject({
      kind: 'API',
      error: expect.stringMatching(/reset|broke off|aborted/),
    });
  });

  test('fails at the API when the answer is endless', async () => {
    const server = localApi((_request, response) => {
      response.writeHead(200);
      const more = (): void => void (response.writable && response.write('x'.repeat(1_000), more));
      more();
    });
    expect(failedStep(await check(await listen(server)))).toEqual({
      kind: 'API',
      error: 'the answer is too long to be an agent',
    });
  });

  test('fails at the API when the answer is no JSON', async () => {
    const server = localApi((_request, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'));
    expect(failedStep(await check(await listen(server)))).toEqual({
      kind: 'API',
      error: 'what answers is no agent (HTTP status 502)',
    });
  });

  test.each(['null', '[]', '"text"', '7'])('fails, and breaks nothing, when the answer is %s', async (body) => {
    const server = localApi((_request, response) => void response.end(body));
    expect((await check(await listen(server))).ok).toBe(false);
  });

  test('takes a domain as well as an address', async () => {
    const port = await listen(localApi(answer({ state: 'RUNNING' })));
    expect((await check(port, 'localhost')).ok).toBe(true);
  });

  test('[R2.6] is kept in the history, newest first, page by page', async () => {
    const query = `query ($id: ID!, $after: String) { node(id: $id) { healthChecks(first: 5, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id at vantage } } } }`;
    interface Page {
      node: {
        healthChecks: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          nodes: { id: string; at: string; vantage: string }[];
        };
      };
    }
    const all: { id: string; at: string; vantage: string }[] = [];
    let after: string | null = null;
    for (;;) {
      const { node }: Page = await panel.data<Page>(query, { id: agent.nodeId, after });
      all.push(...node.healthChecks.nodes);
      after = node.healthChecks.pageInfo.endCursor;
      if (node.healthChecks.pageInfo.hasNextPage) continue;
      expect(new Set(all.map(({ id }) => id)).size).toBe(node.healthChecks.totalCount);
      break;
    }
    const times = all.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(all.every(({ vantage }) => vantage === 'panel')).toBe(true);
  });
});

describe('[R1.1] validateConnection', () => {
  const create = (name: string, port: number, address = '127.0.0.1') => ({
    input: { name, address, agentPort: port, validateConnection: true },
  });
  const CREATE = `mutation ($input: CreateNodeInput!) { createNode(input: $input) { node { name } } }`;

  test('stores no node that cannot be reached, and says which step failed and why', async () => {
    const port = await freePort();
    const refusal = await panel.refusal(CREATE, create('unreachable', port));
    expect(refusal).toMatchObject({
      code: 'NODE_UNREACHABLE',
      message: `TCP connection to 127.0.0.1 port ${port} failed: connection refused: nothing listens on that port`,
    });
    expect(await panel.data('{ nodes(filter: { search: "unreachable" }) { totalCount } }')).toEqual({
      nodes: { totalCount: 0 },
    });
  });

  test('stores one whose port answers', async () => {
    const port = await listen(createTcp((socket) => void socket.end()));
    expect(await panel.data(CREATE, create('reachable', port))).toEqual({
      createNode: { node: { name: 'reachable' } },
    });
  });
});
