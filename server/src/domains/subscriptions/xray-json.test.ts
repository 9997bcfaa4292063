import 'reflect-metadata';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shadowsocksKey } from '../proxies/accounts.js';
import { toOutbounds, type Endpoint } from './endpoint.js';
import { xrayConfigs } from './xray-json.js';

/** Without a real Xray the tests fail: a skipped test proves nothing. */
function realXray(): string {
  const cache = fileURLToPath(new URL('../../../../.cache/xray', import.meta.url));
  const cached = (existsSync(cache) ? readdirSync(cache) : []).map((name) => join(cache, name, 'xray'));
  const binary = [process.env['XRAY_BIN'], ...cached].find((path) => path && existsSync(path));
  if (!binary)
    throw new Error('These tests need a real Xray: set XRAY_BIN, or run `npm run xray` in the root of the repository.');
  return binary;
}

interface Config {
  remarks: string;
  inbounds: { tag: string; port: number }[];
  routing: { rules: object[] };
  observatory?: { probeURL: string; probeInterval: string };
}

const XRAY = realXray();
const dir = mkdtempSync(join(tmpdir(), 'vpanel-xray-json-'));
const children: ChildProcess[] = [];

function write(name: string, config: object): string {
  const file = join(dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

describe('the configurations for Xray', () => {
  it.each(['xray.json.golden', 'empty.xray.json.golden'])('[R4.2] Xray starts with each of %s', (file) => {
    const text = readFileSync(new URL(`golden/${file}`, import.meta.url), 'utf8');
    for (const [index, config] of (JSON.parse(text) as Config[]).entries()) {
      const { status, stdout } = spawnSync(XRAY, ['run', '-test', '-c', write(`golden-${index}`, config)]);
      expect(stdout.toString(), config.remarks).toContain('Configuration OK.');
      expect(status).toBe(0);
    }
  });
});

const MASTER = 'Yk8eVHAEaBq8XdKPYorqjw==';
const METHOD = '2022-blake3-aes-128-gcm';
const CREDENTIALS = { uuid: '3f2b8a54-9c1e-4d67-8a0b-5e9d7c6f1a23', password: 'k7Qm2xVd9sTz4LwB' };
const SERVERS = 4;

/** Ports that are free now; taken all at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });

async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const started = performance.now();
  while (!(await isSo())) {
    if (performance.now() - started > timeoutMs) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a real client with a real list', () => {
  let ports: number[];
  let proxyPort: number;
  let targetUrl: string;
  const nodes: ChildProcess[] = [];
  /** Each node goes out from an address of its own, by which the target knows it. */
  const target = createServer((incoming, response) => response.writeHead(200).end(incoming.socket.remoteAddress));

  async function startNode(index: number): Promise<void> {
    const port = ports[index] ?? 0;
    const clients = [{ email: 'u', password: shadowsocksKey(CREDENTIALS.password, METHOD) }];
    const config = write(`node-${index}`, {
      log: { loglevel: 'none' },
      inbounds: [
        {
          listen: '127.0.0.1',
          port,
          protocol: 'shadowsocks',
          settings: { method: METHOD, password: MASTER, network: 'tcp,udp', clients },
        },
      ],
      outbounds: [
        {
          protocol: 'freedom',
          sendThrough: `127.0.0.${10 + index}`,
          settings: { finalRules: [{ action: 'allow' }] },
        },
      ],
    });
    const child = spawn(XRAY, ['run', '-c', config], { stdio: 'ignore' });
    children.push(child);
    nodes[index] = child;
    await until(`node ${index} listens`, () => isOpen(port));
  }

  const stopNode = (index: number): Promise<unknown> =>
    new Promise((resolve) => {
      nodes[index]?.once('exit', resolve);
      nodes[index]?.kill('SIGKILL');
    });

  /** The node that a request through the client leaves from; -1 while there is none. */
  const servingNode = (): Promise<number> =>
    new Promise((resolve) => {
      const options = { host: '127.0.0.1', port: proxyPort, path: targetUrl, timeout: 3_000, agent: false };
      const sent = request(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(response.statusCode === 200 ? Number(text.split('.')[3]) - 10 : -1));
      });
      sent.on('timeout', () => sent.destroy()).on('error', () => resolve(-1));
      sent.end();
    });

  /** And by no other for several probes: the fastest one changes all the time. */
  async function untilServedBy(index: number): Promise<void> {
    await until(`node ${index} serves`, async () => (await servingNode()) === index);
    for (let count = 0; count < 10; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await servingNode()).toBe(index);
    }
  }

  beforeAll(async () => {
    const [socksPort = 0, httpPort = 0, ...rest] = await freePorts(2 + SERVERS);
    [proxyPort, ports] = [httpPort, rest];
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
    const endpoints = ports.map((port, index): Endpoint => {
      const settings = { method: METHOD, password: MASTER, network: 'tcp,udp' } as const;
      const inbound = { protocol: 'shadowsocks', listen: '127.0.0.1', port, settings } as const;
      return { id: String(index), name: `node ${index}`, host: '127.0.0.1', port, inbound, credentials: CREDENTIALS };
    });
    const [config] = JSON.parse(xrayConfigs(toOutbounds(endpoints), 'test')) as Config[];
    if (!config?.observatory) throw new Error('no balanced configuration');
    // Only what a test without the Internet needs: other ports, a probe of our own, and no way around for 127.0.0.1.
    for (const inbound of config.inbounds) inbound.port = inbound.tag === 'http' ? httpPort : socksPort;
    config.routing.rules.shift();
    config.observatory.probeURL = targetUrl;
    config.observatory.probeInterval = '200ms';
    await Promise.all(ports.map((_, index) => startNode(index)));
    children.push(spawn(XRAY, ['run', '-c', write('client', config)], { stdio: 'ignore' }));
    await until('the client listens', () => isOpen(httpPort));
  });

  afterAll(() => new Promise((resolve) => target.close(resolve)));

  it('[R4.2] goes through the list in order while nodes die, and comes back to the first', async () => {
    await untilServedBy(0);
    for (const index of [0, 1, 2]) {
      await stopNode(index);
      await untilServedBy(index + 1);
    }
    await startNode(0);
    await untilServedBy(0);
  }, 60_000);
});
