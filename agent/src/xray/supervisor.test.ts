import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTicksOf } from '../processes.js';
import { temporaryDir } from '../support/temporary-dir.js';
import { realXray } from '../support/xray-binary.js';
import { XrayNode, freePort } from '../support/xray-node.js';

vi.setConfig({ testTimeout: 30_000 }); // real processes on a machine that may be busy

// Against the real Xray.

function supervise(dataDir = temporaryDir(), binary = realXray()) {
  const node = new XrayNode({ dataDir, binary });
  const configure = (config: unknown) => node.write('config.json', config);
  const configuration = () => node.supervisor.live?.start.fingerprint;
  const { supervisor, lines, states } = node;
  const processes = () => node.processes();
  return {
    supervisor,
    dataDir,
    lines,
    states,
    configPath: node.path('config.json'),
    configure,
    configuration,
    processes,
  };
}

const inboundOn = (port: number) => ({
  inbounds: [{ tag: 'in', listen: '127.0.0.1', port, protocol: 'socks', settings: {} }],
  outbounds: [{ tag: 'direct', protocol: 'freedom' }],
});

test('[R3.4] starts, restarts and stops Xray, whose API only its owner can reach', async () => {
  const { supervisor, dataDir, processes } = supervise();
  expect(await supervisor.start()).toBe('Xray was started');
  expect(supervisor.status).toMatchObject({ state: 'RUNNING', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await supervisor.api?.onlineUsers()).toBe(0);
  const running = readFileSync(join(dataDir, 'xray.d/running.json'), 'utf8');
  const socket = /"listen":"(.*?),0600"/.exec(running)?.[1] ?? '';
  expect(statSync(socket).mode & 0o777).toBe(0o600);

  const [first] = processes();
  expect(await supervisor.restart()).toBe('Xray was restarted');
  expect(processes()).toHaveLength(1);
  expect(processes()).not.toContain(first);
  expect(await supervisor.start()).toBe('Xray was running already');

  await supervisor.stop();
  expect(processes()).toEqual([]);
  expect(supervisor.status).toMatchObject({ state: 'STOPPED', startedAt: undefined });
  expect(supervisor.live).toBeUndefined();
});

test('[R3.5] an Xray that was killed is started again, and both is told', async () => {
  const { supervisor, states, processes } = supervise();
  await supervisor.start();
  const [pid] = processes();
  process.kill(pid!, 'SIGKILL');
  await expect
    .poll(() => supervisor.status)
    .toMatchObject({ state: 'CRASHED', error: expect.stringMatching(/^killed by SIGKILL: \S/) });
  await expect.poll(() => states, { timeout: 10_000 }).toEqual(['RUNNING', 'CRASHED', 'RUNNING']);
  expect(supervisor.status.error).toBeUndefined();
  expect(processes()).not.toContain(pid);
  expect(processes()).toHaveLength(1);
});

test('[R2.4] why Xray cannot run is said in one line with its exit code, as long as that is so', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const { supervisor, configure } = supervise();
  configure(inboundOn((squatter.address() as AddressInfo).port));
  await expect(supervisor.start()).rejects.toThrow('exited with code 255');
  const { state, error = '' } = supervisor.status;
  expect(state).toBe('CRASHED');
  expect(error).toMatch(/^exited with code 255: Failed to start: [^\n]*address already in use$/);
  expect(error.length).toBeLessThanOrEqual(500);
  await expect.poll(() => supervisor.at, { timeout: 10_000 }).toBe('starting');
  expect(supervisor.status).toMatchObject({ state: 'CRASHED', error });
  await supervisor.stop();
  expect(supervisor.status).toMatchObject({ state: 'STOPPED', error: undefined });
});

test('[R3.4] a configuration that Xray does not accept is answered in its own words, and the running one stays', async () => {
  const { supervisor, configure, processes } = supervise();
  await supervisor.start();
  const before = processes();
  configure({ inbounds: [{ tag: 'in', port: 1, protocol: 'telepathy' }] });
  await expect(supervisor.reload()).rejects.toThrow(/telepathy/);
  expect(processes()).toEqual(before);
  expect(supervisor.status.state).toBe('RUNNING');
});

test('[R3.4] a file that is no JSON is refused before Xray sees it', async () => {
  const { supervisor, configPath, processes } = supervise();
  await supervisor.start();
  const before = processes();
  writeFileSync(configPath, '{ "inbounds": ');
  await expect(supervisor.reload()).rejects.toThrow('config.json');
  expect(processes()).toEqual(before);
});

test('[R3.4] a new configuration of the operator is taken', async () => {
  const { supervisor, configure, configuration } = supervise();
  await supervisor.start();
  const before = configuration();
  configure(inboundOn(await freePort()));
  expect(await supervisor.reload()).toContain(configuration()?.slice(0, 16));
  expect(configuration()).not.toBe(before);
});

test('[R3.4] a configuration with which Xray does not come up is rolled back', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const { supervisor, configure, configuration } = supervise();
  await supervisor.start();
  const before = configuration();
  configure(inboundOn((squatter.address() as AddressInfo).port));
  await expect(supervisor.reload()).rejects.toThrow(/address already in use.*the former one runs again/);
  expect(supervisor.status).toMatchObject({ state: 'RUNNING' });
  expect(configuration()).toBe(before);
});

test('[R3.5] after a restart of the agent a broken configuration gives way to the last good one', async () => {
  const { supervisor, dataDir, configure, configuration } = supervise();
  await supervisor.start();
  const good = configuration();
  await supervisor.shutdown();
  configure({ inbounds: [{ tag: 'in', port: 1, protocol: 'telepathy' }] });
  const next = supervise(dataDir);
  await next.supervisor.start();
  expect(next.supervisor.status).toMatchObject({ state: 'RUNNING' });
  expect(next.configuration()).toBe(good);
});

test('[R3.5] what an earlier agent left running is ended first, other processes are left alone', async () => {
  const { supervisor, dataDir, processes } = supervise();
  await supervisor.start();
  await supervisor.shutdown();
  const orphan = spawn(realXray(), ['run', '-c', join(dataDir, 'xray.d/running.json')], { stdio: 'ignore' });
  const bystander = spawn('tail', ['-f', '/dev/null', join(dataDir, 'xray.d/running.json')]);
  onTestFinished(() => void bystander.kill());
  await expect.poll(() => processes()).toContain(orphan.pid);

  await supervisor.start();
  expect(startTicksOf(orphan.pid!)).toBeUndefined();
  expect(startTicksOf(bystander.pid!)).toBeDefined();
  expect(processes().filter((pid) => pid !== bystander.pid)).toHaveLength(1);
});

test('without a binary the state is unknown, with one it is found later', async () => {
  const binDir = temporaryDir();
  const { supervisor, states } = supervise(temporaryDir(), join(binDir, 'xray'));
  await supervisor.begin();
  await expect.poll(() => states).toEqual(['UNKNOWN']);
  expect(supervisor.status.error).toBe('no Xray binary was found');
});
