import 'reflect-metadata';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { CertificateAuthority, createAuthority } from '../../platform/certificates.js';
import { probeNode } from './probe.js';

vi.mock('node:dns/promises', () => ({ lookup: vi.fn() }));

test('[R1.3] a domain is resolved anew at each check, and the check goes to where it points now', async () => {
  const visits: string[] = [];
  const server = createServer((socket) => {
    visits.push(socket.localAddress ?? '');
    socket.end();
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port: agentPort } = server.address() as { port: number };
  const authority = await CertificateAuthority.load(await createAuthority(new Date()));
  const identity = { ca: authority.certificate, client: await authority.issuePanelClient(new Date()) };
  const target = { nodeId: undefined, address: 'moving.example', agentPort };

  for (const address of ['127.0.0.1', '127.0.0.2']) {
    vi.mocked(lookup).mockResolvedValueOnce({ address, family: 4 });
    expect(await probeNode(target, identity)).toMatchObject([{ kind: 'TCP', ok: true }]);
  }
  await vi.waitUntil(() => visits.length === 2);
  expect(visits).toEqual(['127.0.0.1', '127.0.0.2']);
  await new Promise((resolve) => server.close(resolve));
});
