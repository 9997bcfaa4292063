import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { temporaryDir } from './temporary-dir.js';
import { realXray } from './xray-binary.js';
import { freePort } from './xray-node.js';

/** A server that sends back what it gets; answers its port. */
export async function echoServer(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A user's Xray: whoever connects to the port that it answers reaches `targetPort` through this outbound. */
export async function xrayClient(outbound: object, targetPort: number): Promise<number> {
  const port = await freePort();
  const path = join(temporaryDir(), 'client.json');
  const tunnel = {
    listen: '127.0.0.1',
    port,
    protocol: 'dokodemo-door',
    settings: { address: '127.0.0.1', port: targetPort, network: 'tcp' },
  };
  writeFileSync(path, JSON.stringify({ log: { loglevel: 'warning' }, inbounds: [tunnel], outbounds: [outbound] }));
  const child = spawn(realXray(), ['run', '-c', path], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(() => canConnect(port), { timeout: 10_000 }).toBe(true);
  return port;
}

/** One connection through a tunnel, over which bytes go there and back. */
export class EchoConnection {
  closed = false;
  private received = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (data: Buffer) => (this.received = Buffer.concat([this.received, data])));
    socket.on('error', () => {});
    socket.on('close', () => (this.closed = true));
    onTestFinished(() => void socket.destroy());
  }

  static async open(port: number): Promise<EchoConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new EchoConnection(socket);
  }

  /** Sends random bytes; whether the same came back. */
  async echoes(length = 10_000): Promise<boolean> {
    const bytes = randomBytes(length);
    this.received = Buffer.alloc(0);
    this.socket.write(bytes);
    const deadlineMs = Date.now() + 3_000;
    while (this.received.length < length && !this.closed && Date.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return this.received.equals(bytes);
  }
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect').then(
    () => (socket.destroy(), true),
    () => false,
  );
}
