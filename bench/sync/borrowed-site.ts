import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { loopbackCertificate } from '../support/certificates.js';

/** The site that REALITY borrows its handshakes from; any server of TLS 1.3 does. */
export async function startBorrowedSite(): Promise<{ target: string; close(): void }> {
  const server = createServer({ ...loopbackCertificate(), minVersion: 'TLSv1.3', ALPNProtocols: ['h2', 'http/1.1'] });
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { target: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
