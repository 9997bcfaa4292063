import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../testing/http.js';
import { startTestPanel, type TestPanel } from '../testing/panel.js';
import { within } from '../testing/until.js';

let panel: TestPanel;
beforeAll(async () => {
  panel = await startTestPanel();
});
afterAll(async () => panel.stop());

const place = () => ({ host: '127.0.0.1', port: Number(new URL(panel.agentUrl).port) });

async function handshake(options: ConnectionOptions): Promise<string | null> {
  const socket = connectTls({ ...place(), ca: await panel.caCertificate(), ...options });
  try {
    await within('a handshake', once(socket, 'secureConnect'));
    return socket.getProtocol();
  } finally {
    socket.destroy();
  }
}

describe('[R3.8] [R10.4] the agent listener', () => {
  test('speaks TLS 1.3 with a certificate of the panel’s CA', async () => {
    expect(await handshake({})).toBe('TLSv1.3');
  });

  test('refuses TLS 1.2 and older', async () => {
    await expect(handshake({ maxVersion: 'TLSv1.2', minVersion: 'TLSv1' })).rejects.toThrow(/protocol version/i);
  });

  test('refuses plain HTTP', async () => {
    await expect(send(panel.agentUrl.replace('https:', 'http:'))).rejects.toThrow(
      /socket hang up|ECONNRESET|Parse Error/,
    );
  });

  test('tells plain HTTP nothing at all', async () => {
    const socket = connectTcp(place());
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write('GET /ca.pem HTTP/1.1\r\nhost: x\r\n\r\n');
    await within('the end', once(socket, 'close'));
    expect(heard).not.toContain('HTTP/1.1 200');
    expect(heard).not.toContain('CERTIFICATE');
  });

  test('is not believed by who trusts the CAs of the system', async () => {
    await expect(handshake({ ca: undefined })).rejects.toThrow(/self.signed|unable to/i);
  });

  test('lets in no page of a browser', async () => {
    await expect(panel.openSocket('agent', { origin: panel.agentUrl })).rejects.toThrow('status 403');
  });

  test('closes on a flood of messages with 4429', async () => {
    const agent = await panel.joinAgent('flooder');
    for (let message = 0; message < 600; message += 1) agent.socket.send({ type: 'ping' });
    expect(await agent.closeCode()).toBe(4429);
  });
});

describe('what a node fetches', () => {
  test('/ca.pem needs no trust and is the CA', async () => {
    const { text, headers } = await panel.agentHttp('/ca.pem');
    expect(text).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(headers['content-type']).toContain('pem');
  });

  test('[R1.2] the printed line compares the hash of /ca.pem before anything runs', async () => {
    const { createHash } = await import('node:crypto');
    const { installCommand, joinToken } = await panel.createNode({ name: 'install-line' });
    const hash = createHash('sha256')
      .update((await panel.agentHttp('/ca.pem')).text)
      .digest('hex');
    expect(installCommand.indexOf(hash)).toBeGreaterThan(0);
    expect(installCommand.indexOf(hash)).toBeLessThan(installCommand.indexOf('/install.sh'));
    expect(installCommand).toContain(joinToken);
    expect(installCommand).not.toContain('\n');
  });

  test('/install.sh carries the address and the CA of this panel', async () => {
    const { text } = await panel.agentHttp('/install.sh');
    expect(text).toContain(panel.agentUrl);
    expect(text).toContain((await panel.caCertificate()).trim());
    expect(text).not.toContain('{{');
  });

  test.each([
    '/agent/../package.json',
    '/agent/..%2fpackage.json',
    '/agent/package.json',
    '/agent/',
    '/',
    '/schema.graphql',
    '/healthz',
  ])('%s is not there', async (path) => {
    expect((await panel.agentHttp(path)).status).toBe(404);
  });
});
