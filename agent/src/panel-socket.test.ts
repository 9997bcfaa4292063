import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReportMetrics } from './operations.js';
import { PanelSocket } from './panel-socket.js';
import type { Closed, PanelSocketOptions } from './panel-socket.js';
import { TestAuthority } from './support/certificates.js';
import { FakePanel } from './support/fake-panel.js';

let panel: FakePanel;

beforeEach(async () => {
  panel = await FakePanel.start();
});
afterEach(() => panel.close());

interface Dialled {
  socket: PanelSocket;
  opened: Promise<void>;
  closed: Promise<Closed>;
}

function dial(options: Partial<PanelSocketOptions> = {}): Dialled {
  const dialled = {} as Dialled;
  dialled.opened = new Promise((open) => {
    dialled.closed = new Promise((close) => {
      const all = { panelUrl: panel.url, ca: panel.authority.pem, token: panel.nodeToken, ...options };
      dialled.socket = new PanelSocket(all, { opened: open, closed: close });
    });
  });
  return dialled;
}

test('[R3.8] a server whose certificate another authority signed is refused', async () => {
  const other = await TestAuthority.create();
  const { reason } = await dial({ ca: other.pem }).closed;
  expect(reason).toMatch(/certificate|signature/);
  expect(panel.attempts).toBe(0);
});

test('[R3.8] a certificate for another name is refused', async () => {
  const { closed } = dial({ panelUrl: panel.url.replace('127.0.0.1', '127.0.0.2') });
  expect((await closed).reason).toMatch(/altnames|ECONNREFUSED/);
});

test('[R3.8] plain HTTP is refused', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect((await dial({ panelUrl: `https://127.0.0.1:${port}` }).closed).code).toBe(1006);
  server.close();
});

test('[R3.1] a refused token ends with its own close code', async () => {
  expect(await dial({ token: 'vpn1.wrong.token' }).closed).toMatchObject({ code: 4403 });
});

test('[R3.5] a panel that falls silent is given up', async () => {
  const { opened, closed } = dial({ silenceMs: 100 });
  await opened;
  expect(await closed).toMatchObject({ reason: 'nothing was heard for 0.1 s' });
});

test('a request that is open when the connection ends fails, and so do all later ones', async () => {
  const { socket, opened, closed } = dial();
  await opened;
  const open = socket.request(ReportMetrics, { samples: [] });
  for (const peer of panel.sockets) peer.terminate();
  await expect(open).rejects.toThrow('was lost');
  await closed;
  await expect(socket.request(ReportMetrics, { samples: [] })).rejects.toThrow('not connected');
});

test('an error of the panel comes with its code', async () => {
  const { socket, opened } = dial();
  await opened;
  const samples = [{ at: 'now' }] as never;
  await expect(socket.request(ReportMetrics, { samples })).rejects.toThrow('was not provided');
  socket.close();
});
