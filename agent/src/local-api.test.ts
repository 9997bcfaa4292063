import { once } from 'node:events';
import { createServer } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Agent, request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createKey, createRequest } from './certificate.js';
import { httpsRequest } from './https-request.js';
import { LocalApi } from './local-api.js';
import { TestAuthority } from './support/certificates.js';
import type { Leaf } from './support/certificates.js';
import { ManualClock } from './support/manual-clock.js';

const NAME = 'node-1.nodes.vpanel';

let authority: TestAuthority;
let clock: ManualClock;
let api: LocalApi;
let port: number;
let errors: string[];

beforeEach(async () => {
  authority = await TestAuthority.create();
  clock = new ManualClock();
  errors = [];
  port = await freePort();
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) });
  const health = () => ({ agentVersion: '1', uptimeSeconds: 1, xray: { state: 'RUNNING' } });
  api = new LocalApi({ host: '127.0.0.1', health, clock, log });
});
afterEach(() => api.close());

async function credentials(from = authority) {
  const privateKey = createKey();
  const names = [{ type: 'dns' as const, value: NAME }];
  const certificate = await from.issueFor(createRequest(privateKey), {
    commonName: 'node-1',
    usage: 'serverAuth',
    names,
  });
  return { privateKey, certificate, ca: authority.pem };
}

const panelCertificate = (from = authority) => from.issue({ commonName: 'vpanel-panel', usage: 'clientAuth' });

function probe(client: Partial<Leaf>, path = '/health', onPort = port) {
  const tls = { ca: authority.pem, servername: NAME, ...client };
  return httpsRequest(new URL(path, `https://127.0.0.1:${onPort}`), { tls, timeoutMs: 5_000, maxBytes: 10_000 });
}

test('[R3.6] the panel reads the health, and nothing else is there', async () => {
  await api.use(await credentials(), port);
  const client = await panelCertificate();
  expect(await probe(client)).toEqual({ status: 200, body: expect.stringContaining('RUNNING') });
  expect(await probe(client, '/')).toEqual({ status: 404, body: '' });
});

test.each<[string, () => Promise<Partial<Leaf>>]>([
  ['no certificate', async () => ({})],
  ['a certificate of another authority', async () => panelCertificate(await TestAuthority.create())],
  ['the certificate of another node', () => authority.issue({ commonName: 'node-2', usage: 'serverAuth' })],
  ["the panel's name without clientAuth", () => authority.issue({ commonName: 'vpanel-panel', usage: 'serverAuth' })],
  ['clientAuth with another name', () => authority.issue({ commonName: 'somebody', usage: 'clientAuth' })],
])('[R3.6] no byte is answered to %s', async (_, client) => {
  await api.use(await credentials(), port);
  await expect(probe(await client())).rejects.toThrow(/alert|hang up|ECONNRESET|EPIPE/);
});

test('[R3.6] a renewed certificate is shown at once, without closing the port', async () => {
  await api.use(await credentials(), port);
  const before = await shownCertificate();
  await api.use(await credentials(), port);
  expect(await shownCertificate()).not.toEqual(before);
});

test('[R3.6] another port is used at once and the old one is given up', async () => {
  await api.use(await credentials(), port);
  const other = await freePort();
  await api.use(await credentials(), other);
  const client = await panelCertificate();
  expect(await probe(client, '/health', other)).toMatchObject({ status: 200 });
  await expect(probe(client)).rejects.toThrow('ECONNREFUSED');
});

test('[R3.6] a taken port is told, and taken as soon as it is free', async () => {
  const squatter = createServer().listen(port, '127.0.0.1');
  await once(squatter, 'listening');
  await api.use(await credentials(), port);
  expect(errors.join()).toContain('another program uses it');
  await closed(squatter);
  clock.pass(30_000);
  const client = await panelCertificate();
  await expect
    .poll(() =>
      probe(client).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
});

test('[R3.6] the panel need not connect anew for each probe, nor prove itself from the beginning', async () => {
  await api.use(await credentials(), port);
  const ask = await askingOver({ keepAlive: true, maxSockets: 1 });
  const first = await ask();
  expect(first).toMatchObject({ status: 200, keepAlive: 'timeout=75' });
  expect(await ask()).toMatchObject({ status: 200, localPort: first.localPort });

  const askAnew = await askingOver({ keepAlive: false, maxCachedSessions: 10 });
  expect(await askAnew()).toMatchObject({ status: 200, resumed: false });
  expect(await askAnew()).toMatchObject({ status: 200, resumed: true });
});

test('[R3.6] a header that is too large is refused', async () => {
  await api.use(await credentials(), port);
  const ask = await askingOver({});
  expect(await ask({ big: 'x'.repeat(3_000) })).toMatchObject({ status: 200 });
  expect(await ask({ big: 'x'.repeat(6_000) })).toMatchObject({ status: 431 });
});

test('[R3.6] strangers who only connect keep the panel neither out nor from its open connection', async () => {
  await api.use(await credentials(), port);
  const ask = await askingOver({ keepAlive: true, maxSockets: 1 });
  const { localPort } = await ask();
  let open = 0;
  for (let i = 0; i < 100; i++) {
    const socket = connectTcp(port, '127.0.0.1').on('error', () => {});
    socket.on('connect', () => (open += 1)).on('close', () => (open -= 1));
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
  }
  await expect.poll(() => open).toBe(63);
  expect(await ask()).toMatchObject({ status: 200, localPort });
  expect(await probe(await panelCertificate())).toMatchObject({ status: 200 });
});

/** Asks as the panel, over connections that are kept as the options say. */
async function askingOver(options: object) {
  const agent = new Agent(options);
  onTestFinished(() => agent.destroy());
  const tls = { ca: authority.pem, servername: NAME, ...(await panelCertificate()) };
  return async (headers: Record<string, string> = {}) => {
    const outgoing = request({ host: '127.0.0.1', port, path: '/health', agent, headers, ...tls }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { statusCode: status, headers: answered } = response;
    const socket = response.socket as TLSSocket;
    const { localPort } = socket;
    const resumed = socket.isSessionReused();
    response.resume();
    await once(response, 'end');
    return { status, keepAlive: answered['keep-alive'], localPort, resumed };
  };
}

async function shownCertificate(): Promise<Buffer> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca: authority.pem,
    servername: NAME,
    ...(await panelCertificate()),
  });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return raw;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  await closed(server);
  return free;
}

function closed(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve));
}
