import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.js';
import { tcpInUse } from './connections.js';
import { cpuRatio, parseCpu } from './cpu.js';
import { usedRatio } from './disk.js';
import { parseLoad } from './load.js';
import { memoryRatio } from './memory.js';
import { increase, parseInterfaces } from './network.js';
import { Sampler } from './sampler.js';

const STAT = `cpu  1000 20 300 8000 600 10 40 30 5 0
cpu0 500 10 150 4000 300 5 20 15 2 0
intr 123456
`;

const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 5000000   10000    0    0    0     0          0         0  5000000   10000    0    0    0     0       0          0
  eth0: 1000000    2000    0    0    0     0          0         0   400000    1500    0    0    0     0       0          0
eth0.7: 600000     1000    0    0    0     0          0         0   200000     900    0    0    0     0       0          0
docker0: 900000    1000    0    0    0     0          0         0   900000     900    0    0    0     0       0          0
veth12ab: 900000   1000    0    0    0     0          0         0   900000     900    0    0    0     0       0          0
br-3f2a: 900000    1000    0    0    0     0          0         0   900000     900    0    0    0     0       0          0
enp3s0:7000000     4000    0    0    0     0          0         0   800000    3000    0    0    0     0       0          0
`;

test('[R3.2] the CPU is busy for what is neither idle nor waiting for the disk', () => {
  const before = parseCpu(STAT);
  expect(before).toEqual({ busy: 1400, total: 10_000 });
  expect(cpuRatio(before, { busy: 1425, total: 10_100 })).toBe(0.25);
  expect(cpuRatio(before, before)).toBeUndefined();
});

test('[R3.2] memory counts what programs could still have as free', () => {
  const meminfo =
    'MemTotal:       16000000 kB\nMemFree:          500000 kB\nMemAvailable:   12000000 kB\nBuffers: 1 kB\n';
  expect(memoryRatio(meminfo)).toBe(0.25);
  expect(memoryRatio('')).toBe(0);
});

test('[R3.2] the disk is as full as df says', () => {
  expect(usedRatio({ blocks: 1000, bfree: 400, bavail: 300 })).toBeCloseTo(600 / 900);
  expect(usedRatio({ blocks: 0, bfree: 0, bavail: 0 })).toBe(0);
});

test('[R3.2] bandwidth is that of the physical interfaces', () => {
  const interfaces = parseInterfaces(NET_DEV);
  expect([...interfaces.keys()]).toEqual(['eth0', 'enp3s0']);
  expect(interfaces.get('enp3s0')).toEqual({ received: 7_000_000, sent: 800_000 });
});

test('[R3.2] a counter that goes backwards and an interface that is new add nothing', () => {
  const before = parseInterfaces(NET_DEV);
  const after = new Map([
    ['eth0', { received: 1_000_500, sent: 400_100 }],
    ['enp3s0', { received: 10, sent: 20 }],
    ['eth1', { received: 99, sent: 99 }],
  ]);
  expect(increase(before, after)).toEqual({ received: 500, sent: 100 });
});

test('[R3.2] connections are counted for both families', () => {
  const sockstat = 'sockets: used 300\nTCP: inuse 41 orphan 0 tw 3 alloc 50 mem 6\nUDP: inuse 4 mem 1\n';
  const sockstat6 = 'TCP6: inuse 7\nUDP6: inuse 2\n';
  expect(tcpInUse(sockstat, sockstat6)).toBe(48);
  expect(tcpInUse(sockstat, '')).toBe(41);
});

test('the load is that of the last minute', () => {
  expect(parseLoad('0.52 0.58 0.59 1/467 12345\n')).toBe(0.52);
  expect(parseLoad('')).toBe(0);
});

test('[R3.2] a sample of this machine is complete and within its ranges', async () => {
  const clock = new ManualClock();
  const sampler = new Sampler(clock);
  await sampler.sample();
  clock.pass(10_000);
  const sample = await sampler.sample();
  expect(sample.at).toBe('2026-01-01T00:00:10.000Z');
  for (const ratio of [sample.cpu, sample.memory, sample.disk]) {
    expect(ratio).toBeGreaterThanOrEqual(0);
    expect(ratio).toBeLessThanOrEqual(1);
  }
  expect(sample.memory).toBeGreaterThan(0);
  for (const figure of [sample.loadAverage, sample.uplinkRate, sample.downlinkRate, sample.connections]) {
    expect(figure).toBeGreaterThanOrEqual(0);
  }
});
