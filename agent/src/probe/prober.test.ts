import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.js';
import { temporaryDir } from '../support/temporary-dir.js';
import { ManualClock } from '../support/manual-clock.js';
import { freePort } from '../support/xray-node.js';
import { Prober } from './prober.js';

const target = (address: string, port: number) => ({ nodeId: `${address} ${port}`, address, port });

function look(...targets: ReturnType<typeof target>[]) {
  return new Prober(systemClock).probe({ targets, timeoutMs: 5_000 });
}

/** A port that takes connections and remembers what came over them. */
async function listen(host = '127.0.0.1') {
  const seen: { bytes: number; ended: boolean }[] = [];
  const server = createServer((socket) => {
    const connection = { bytes: 0, ended: false };
    seen.push(connection);
    socket.on('data', (data) => (connection.bytes += data.length));
    socket.on('end', () => (connection.ended = true));
  }).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, seen };
}

/** A port behind which nobody takes connections any more, as behind a firewall: the kernel leaves new ones unanswered. */
async function silentPort(): Promise<number> {
  const stuckServer = `const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  })`;
  const child = spawn(process.execPath, ['-e', stuckServer]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const port = Number(String((await once(child.stdout, 'data'))[0]));
  for (let taken = true; taken;) {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {});
    onTestFinished(() => void socket.destroy());
    taken = await once(socket, 'connect', { signal: AbortSignal.timeout(300) }).then(
      () => true,
      () => false,
    );
  }
  return port;
}

/** Answers each question for an address with this one, or with "no such name". */
async function nameServer() {
  const zone: { address?: string; asked: number; silent?: boolean } = { asked: 0 };
  const socket = createSocket('udp4');
  socket.on('message', (question, { address, port }) => {
    zone.asked += 1;
    if (zone.silent) return;
    const isA = question.readUInt16BE(question.indexOf(0, 12) + 1) === 1;
    const found = isA && zone.address !== undefined;
    const answer = Buffer.from(question.subarray(0, question.indexOf(0, 12) + 5));
    answer.writeUInt16BE(zone.address === undefined ? 0x8183 : 0x8180, 2);
    answer.writeUInt16BE(found ? 1 : 0, 6);
    answer.writeUInt32BE(0, 8);
    const record = Buffer.from([
      0xc0,
      12,
      0,
      1,
      0,
      1,
      0,
      0,
      1,
      0,
      0,
      4,
      ...(zone.address ?? '').split('.').map(Number),
    ]);
    socket.send(found ? Buffer.concat([answer, record]) : answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { zone, servers: [`127.0.0.1:${socket.address().port}`] };
}

test('[R2.2] a port that takes the connection is seen, by IPv4, IPv6 and name, and gets no byte', async () => {
  const v4 = await listen();
  const v6 = await listen('::1');
  const targets = [target('127.0.0.1', v4.port), target('::1', v6.port), target('localhost', v4.port)];
  const reports = await look(...targets);
  for (const [i, { nodeId, port }] of targets.entries())
    expect(reports[i]).toEqual({ nodeId, port, ok: true, latencyMs: expect.any(Number), error: null });
  await expect.poll(() => [...v4.seen, ...v6.seen].map(({ ended }) => ended)).toEqual([true, true, true]);
  expect([...v4.seen, ...v6.seen].map(({ bytes }) => bytes)).toEqual([0, 0, 0]);
});

test('[R2.2] what keeps a connection from being made is said by its code', async () => {
  const port = await freePort();
  expect(await look(target('127.0.0.1', port))).toEqual([
    { nodeId: `127.0.0.1 ${port}`, port, ok: false, latencyMs: null, error: 'ECONNREFUSED' },
  ]);
});

test('[R2.2] a silent port is given up in time, and no target waits for another', async () => {
  const port = await silentPort();
  const open = await listen();
  const began = performance.now();
  const silent = Array.from({ length: 31 }, () => target('127.0.0.1', port));
  const reports = await new Prober(systemClock).probe({
    targets: [...silent, target('127.0.0.1', open.port)],
    timeoutMs: 500,
  });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(reports.map(({ error }) => error)).toEqual([...silent.map(() => 'ETIMEDOUT'), null]);
});

test.each([
  [-5, 100],
  [3_000, 3_000],
  [3_600_000, 10_000],
])('[R2.2] a limit of %i ms is taken for one of %i ms', async (timeoutMs, limitMs) => {
  const clock = new ManualClock();
  const { zone, servers } = await nameServer();
  zone.silent = true;
  const reports = new Prober(clock, { servers }).probe({ targets: [target('node.example', 1)], timeoutMs });
  expect(clock.waiting).toEqual([limitMs]);
  await expect.poll(() => zone.asked).toBeGreaterThan(0);
  clock.pass(limitMs);
  expect(await reports).toMatchObject([{ ok: false, error: 'EAI_AGAIN' }]);
});

test('[R2.2] a name is resolved afresh each time', async () => {
  const { port } = await listen();
  const { zone, servers } = await nameServer();
  const prober = new Prober(systemClock, { servers });
  const seen = async () =>
    (await prober.probe({ targets: [target('node.example', port)], timeoutMs: 5_000 }))[0]?.error;
  expect(await seen()).toBe('ENOTFOUND');
  zone.address = '127.0.0.1';
  expect(await seen()).toBeNull();
  zone.address = '127.0.0.2';
  expect(await seen()).toBe('ECONNREFUSED');
});

test("[R2.2] the node's own names of hosts count, and one address that answers is enough", async () => {
  const { port } = await listen();
  const hostsFile = join(temporaryDir(), 'hosts');
  writeFileSync(hostsFile, '# 127.0.0.9 node-7\n127.0.0.8 Node-7.internal node-7 # here\n127.0.0.1 node-7\n');
  const prober = new Prober(systemClock, { hostsFile });
  const [report] = await prober.probe({ targets: [target('node-7', port)], timeoutMs: 5_000 });
  expect(report).toMatchObject({ ok: true });
});

test.each([
  ['127.0.0.1', 0],
  ['127.0.0.1', 65_536],
  ['127.0.0.1', -1],
  ['127.0.0.1', 1.5],
  ['', 443],
  ['   ', 443],
  ['a\0b', 443],
  ['x'.repeat(300), 443],
])('[R2.2] what is no target is answered as such: %j port %d', async (address, port) => {
  const { servers } = await nameServer();
  const [report] = await new Prober(systemClock, { servers }).probe({
    targets: [target(address, port)],
    timeoutMs: 500,
  });
  expect(report).toMatchObject({
    port,
    ok: false,
    latencyMs: null,
    error: expect.stringMatching(/^(EINVAL|ENOTFOUND)$/),
  });
});

test('[R2.2] too many targets, and too many commands at a time, are refused in words', async () => {
  const { port } = await listen();
  const { zone, servers } = await nameServer();
  zone.silent = true;
  const clock = new ManualClock();
  const prober = new Prober(clock, { servers });
  const many = Array.from({ length: 33 }, () => target('127.0.0.1', port));
  await expect(prober.probe({ targets: many, timeoutMs: 500 })).rejects.toThrow('33 targets are too many');
  const slow = [1, 2, 3, 4].map(() => prober.probe({ targets: [target('node.example', port)], timeoutMs: 500 }));
  await expect(prober.probe({ targets: [], timeoutMs: 500 })).rejects.toThrow('busy with 4 other commands');
  await expect.poll(() => zone.asked).toBeGreaterThan(0);
  clock.pass(500);
  await Promise.all(slow);
  expect(await prober.probe({ targets: [], timeoutMs: 500 })).toEqual([]);
});
