import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
  const health = async () => ({ agentVersion: '1', uptimeSeconds: 1, xray: { state: 'RUNNING' } });
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
