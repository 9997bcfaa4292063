import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { TestAgent, TestPanel } from './panel.js';

/** The local API of an agent of a test: answers as it is told to, on a port of its own. */
export class TestLocalApi {
  xray: { state: string; error?: string } = { state: 'RUNNING' };
  /** Connections are accepted and never answered. */
  hangs = false;
  looks = 0;

  private constructor(private readonly server: Server) {}

  static async start(panel: TestPanel, agent: TestAgent, port: number): Promise<TestLocalApi> {
    const server = createServer({
      cert: agent.registration.certificate,
      key: agent.key,
      ca: await panel.caCertificate(),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const api = new TestLocalApi(server);
    server.on('request', (_request, response) => {
      api.looks += 1;
      if (api.hangs) return;
      response.writeHead(api.xray.error ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ agentVersion: '0.1.0', uptimeSeconds: 1, xray: api.xray }));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return api;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
