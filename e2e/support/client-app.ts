import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort, TestProcess, waitFor } from './processes.js';

export interface ClientConfig {
  remarks: string;
  inbounds: { protocol: string; port: number; listen: string }[];
  outbounds: { tag: string; protocol: string }[];
  routing: { rules: { outboundTag?: string }[] };
}

/** The profile that a client app reads from a subscription link: a balanced one, then one for each server. */
export async function fetchProfile(subscriptionUrl: string): Promise<ClientConfig[]> {
  const response = await fetch(`${subscriptionUrl}?format=xray`);
  if (!response.ok) throw new Error(`The link answers ${response.status}`);
  return (await response.json()) as ClientConfig[];
}

/** A user's client app: a real Xray with the very configuration that the subscription link hands out. */
export class ClientApp {
  private constructor(
    private readonly process: TestProcess,
    private readonly dir: string,
    private readonly port: number,
  ) {}

  /**
   * As it is, but for two things: local ports of its own, so that several apps can run at once, and no way past the node
   * for private addresses, since the origin has one.
   */
  static async start(config: ClientConfig): Promise<ClientApp> {
    const dir = mkdtempSync(join(tmpdir(), 'vpanel-client-'));
    const inbounds = await Promise.all(
      config.inbounds.map(async (inbound) => ({ ...inbound, port: await freePort() })),
    );
    const rules = config.routing.rules.filter(({ outboundTag }) => outboundTag !== 'direct');
    const routing = { ...config.routing, rules };
    const http = inbounds.find(({ protocol }) => protocol === 'http');
    if (!http) throw new Error('The profile has no HTTP inbound');
    writeFileSync(join(dir, 'config.json'), JSON.stringify({ ...config, inbounds, routing }));
    const process = new TestProcess({ command: inject('xray'), args: ['run', '-c', join(dir, 'config.json')] });
    const app = new ClientApp(process, dir, http.port);
    await waitFor(`the client app to listen\n${process.output}`, () => app.listens());
    return app;
  }

  get output(): string {
    return this.process.output;
  }

  /** What the origin answers through the node; fails when it cannot be reached in time. */
  async get(url: string, patienceMs = 60_000): Promise<Buffer> {
    const outgoing = request({
      host: '127.0.0.1',
      port: this.port,
      path: url,
      headers: { host: new URL(url).host },
      agent: false,
    });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => outgoing.destroy(new Error(`No answer within ${patienceMs} ms`)), patienceMs);
      outgoing.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (data: Buffer) => chunks.push(data));
        response.on('error', reject);
        response.on('close', () => {
          clearTimeout(timer);
          if (response.statusCode !== 200) reject(new Error(`Status ${response.statusCode}`));
          else if (!response.complete) reject(new Error('The answer was cut off'));
          else resolve(Buffer.concat(chunks));
        });
      });
      outgoing.end();
    });
  }

  /** Whether a new connection gets through. */
  async reaches(url: string, patienceMs = 3_000): Promise<boolean> {
    try {
      await this.get(url, patienceMs);
      return true;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    await this.process.stop('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }

  private listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
  }
}
