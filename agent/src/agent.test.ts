import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildAgent } from '../build.mjs';
import type { AgentCommand } from './commands.js';
import { NodeConfig } from './configuration/node-config.js';
import { httpsRequest } from './https-request.js';
import type { Identity } from './identity.js';
import { allPids, argumentsOf } from './processes.js';
import { AgentProcess, bundlePath } from './support/agent-process.js';
import { FakePanel } from './support/fake-panel.js';
import { BASE, shadowsocks, trojan, user, users, vless } from './support/node-documents.js';
import { realXray } from './support/xray-binary.js';
import { freePort } from './support/xray-node.js';

vi.setConfig({ testTimeout: 30_000 }); // real processes on a machine that may be busy

// The bundle as it is shipped, against a panel over real TLS, with the real Xray.

let buildDir: string;
let dataDir: string;
let panel: FakePanel;
let agents: AgentProcess[];

beforeAll(async () => {
  buildDir = mkdtempSync(join(tmpdir(), 'vpanel-agent-build-'));
  await buildAgent(bundlePath(buildDir));
});

afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vpanel-agent-'));
  panel = await FakePanel.start();
  panel.settings.agentPort = await freePort();
  agents = [];
});

afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.end()));
  await panel.close();
  for (const pid of ourXrays()) process.kill(pid, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('[R3.7] joins with a token, registers with versions, host name and CSR, and keeps its identity to itself', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  const joined = await panel.next('registered');
  expect(joined).toMatchObject({ agentVersion: '0.1.0', xrayVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  await agent.logged('Registered with the panel');

  const path = join(dataDir, 'identity.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(identity().nodeToken).toBe(panel.nodeToken);
  const secrets = [identity().nodeToken, identity().privateKey];
  for (const secret of secrets) expect(JSON.stringify(agent.lines)).not.toContain(secret);
});

test('[R3.2] reports metrics and the state of Xray, at once when Xray changes and then periodically', async () => {
  startAgent(['--join', panel.joinToken]);
  const running = await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  expect(running).toMatchObject({
    xrayVersion: expect.any(String),
    configRevision: null,
    onlineUsers: 0,
  });
  for (const ratio of [running.cpu, running.memory, running.disk]) {
    expect(ratio).toBeGreaterThanOrEqual(0);
    expect(ratio).toBeLessThanOrEqual(1);
  }
  const next = await panel.next('sample');
  expect(Date.parse(next.at)).toBeGreaterThan(Date.parse(running.at));
});

test('[R2.4] the end of Xray reaches the panel within a fraction of a second, with what it died of', async () => {
  panel.settings.metricsIntervalSeconds = 60;
  startAgent(['--join', panel.joinToken]);
  const running = await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  expect(running.xrayError).toBeNull();
  const crashed = panel.next('sample', ({ xrayState }) => xrayState === 'CRASHED');
  const killedAt = performance.now();
  process.kill(ourXrays()[0]!, 'SIGKILL');
  expect(await crashed).toMatchObject({ xrayError: expect.stringMatching(/^killed by SIGKILL: \S/) });
  expect(performance.now() - killedAt).toBeLessThan(500);
  expect(await panel.next('sample')).toMatchObject({ xrayState: 'RUNNING', xrayError: null });

  const stopped = panel.next('sample', ({ xrayState }) => xrayState === 'STOPPED');
  panel.command({ __typename: 'ControlXray', kind: 'STOP_XRAY' });
  expect(await stopped).toMatchObject({ xrayError: null });
});

test('[R2.4] an Xray that hangs is told by samples and health, and is killed and started again after 30 s', async () => {
  panel.settings.metricsIntervalSeconds = 60;
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const [pid] = ourXrays();
  const silent = panel.next('sample');
  const stoppedAt = performance.now();
  process.kill(pid!, 'SIGSTOP');
  const words = /^the API of Xray has not answered for \d+ s$/;
  expect(await silent).toMatchObject({ xrayState: 'RUNNING', xrayError: expect.stringMatching(words) });
  expect(performance.now() - stoppedAt).toBeLessThan(6_000);
  const hung = await health();
  expect(hung.status).toBe(503);
  const { xray } = JSON.parse(hung.body) as { xray: Record<string, unknown> };
  expect(xray).toMatchObject({
    state: 'RUNNING',
    error: expect.stringMatching(words),
    checkedMsAgo: expect.any(Number),
  });
  expect(xray).not.toHaveProperty('apiLatencyMs');

  process.kill(pid!, 'SIGCONT');
  expect(await panel.next('sample')).toMatchObject({ xrayState: 'RUNNING', xrayError: null });
  expect(await health()).toMatchObject({ status: 200 });
  process.kill(pid!, 'SIGSTOP');
  await panel.next('sample', ({ xrayError }) => words.test(xrayError ?? ''));
  const killed = await panel.next('sample', ({ xrayState }) => xrayState === 'CRASHED', 40_000);
  expect(killed.xrayError).toMatch(/^killed, because its API had not answered for 30 s/);
  expect(await panel.next('sample')).toMatchObject({ xrayState: 'RUNNING', xrayError: null });
  expect(ourXrays()).toHaveLength(1);
  expect(ourXrays()).not.toContain(pid);
  await agent.logged('killed, because its API had not answered for 30 s');
}, 90_000);

test('[R2.2] [R3.6] while a change is under way the node looks at others and says how it is, at once', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await agent.logged('Registered with the panel');
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const { document, revision } = await wanted([user('a')]);
  await apply({ __typename: 'ApplyConfig', revision, config: document });
  const next = await wanted([user('b')], document.inbounds);
  const [pid] = ourXrays();
  process.kill(pid!, 'SIGSTOP'); // an Xray that hangs holds the change up
  const change = { __typename: 'ApplyUsers' as const, add: [user('b')], remove: ['a'] };
  const applied = apply({ ...change, baseRevision: revision, revision: next.revision });
  const port = await freePort();
  const targets = [
    { nodeId: 'panel', address: '127.0.0.1', port: panel.port },
    { nodeId: 'down', address: '127.0.0.1', port },
  ];
  const began = performance.now();
  const looked = await apply({ __typename: 'ProbeTargets', targets, timeoutMs: 1_000 });
  expect(looked).toMatchObject({
    ok: true,
    probes: [
      { nodeId: 'panel', port: panel.port, ok: true, latencyMs: expect.any(Number), error: null },
      { nodeId: 'down', port, ok: false, latencyMs: null, error: 'ECONNREFUSED' },
    ],
  });
  expect(await health()).toMatchObject({ status: 200 }); // it has not hung for long enough
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(panel.completed.at(-1)).toBe(looked);
  process.kill(pid!, 'SIGCONT');
  expect(await applied).toMatchObject({ ok: true, appliedRevision: next.revision });
});

test('[R3.3] carries out a command once, however often it is delivered, and repeats its outcome', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const done = panel.next('completed');
  const command = panel.command({ __typename: 'ControlXray', kind: 'RESTART_XRAY' });
  expect(await done).toMatchObject({ commandId: command.id, ok: true, output: 'Xray was restarted' });

  const [pid] = ourXrays();
  panel.unfinished = [command];
  const again = panel.next('completed');
  for (const socket of panel.sockets) socket.terminate();
  expect(await again).toMatchObject({ commandId: command.id, ok: true, output: 'Xray was restarted' });
  expect(ourXrays()).toEqual([pid]);
  expect(agent.lines.filter(({ msg }) => msg === 'Xray is running')).toHaveLength(2);
});

test('[R3.3] an expired command is not begun, and an agent killed in the middle reports failure', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const [pid] = ourXrays();
  const expired = panel.next('completed');
  panel.command({ __typename: 'ControlXray', kind: 'RESTART_XRAY' }, 'late', -1_000);
  expect(await expired).toMatchObject({ commandId: 'late', ok: false, error: expect.stringContaining('expired') });
  expect(ourXrays()).toEqual([pid]);

  process.kill(pid!, 'SIGSTOP'); // an Xray that hangs keeps the command going until the agent is gone
  panel.command({ __typename: 'ControlXray', kind: 'STOP_XRAY' }, 'cut');
  await journalHas('"cut"');
  await agent.end('SIGKILL');
  const failed = panel.next('completed');
  startAgent([]);
  expect(await failed).toMatchObject({
    commandId: 'cut',
    ok: false,
    error: expect.stringContaining('stopped in the middle'),
  });
});

test('[R3.5] an Xray left behind by a killed agent is ended before the next one starts: never two at once', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const [orphan] = ourXrays();
  await agent.end('SIGKILL');
  expect(ourXrays()).toEqual([orphan]);

  const next = startAgent([]);
  await next.logged('Xray is running');
  expect(next.lines.find(({ pids }) => pids)).toMatchObject({ pids: [orphan] });
  expect(ourXrays()).toHaveLength(1);
  expect(ourXrays()).not.toContain(orphan);
});

test('[R3.5] reconnects when the panel comes back, and delivers what was measured meanwhile', async () => {
  startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const { authority, port, nodeToken, settings } = panel;
  const [pid] = ourXrays();
  await panel.close();
  const closedAt = Date.now();

  panel = await FakePanel.start(authority, port);
  Object.assign(panel, { nodeToken, settings });
  const late = await panel.next('sample');
  expect(Date.parse(late.at)).toBeGreaterThanOrEqual(closedAt - 1_000);
  expect(ourXrays()).toEqual([pid]);
  expect(panel.registrations).toHaveLength(0);
});

test('[R3.1] a refused join token ends the agent with a clear message and exit code 78', async () => {
  panel.joinToken = 'another';
  const agent = startAgent(['--join-only', '--join', panel.newJoinToken()]);
  expect(await agent.exited).toBe(0);

  const spent = identity();
  panel.newJoinToken();
  const refused = startAgent(['--join-only', '--join', tokenWithOtherId()]);
  expect(await refused.exited).toBe(78);
  expect(refused.stderr).toContain('refused the join token');
  expect(identity()).toEqual(spent);
});

test('[R3.1] a revoked token is told once, in words that say what to do, and Xray goes on', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  panel.nodeToken = 'vpn1.abcdefghij.second';
  const attempts = panel.attempts;
  for (const socket of panel.sockets) socket.close(4403, 'Forbidden');
  const line = await agent.logged('refuses the token');
  expect(line.msg).toContain('vpanel-agent --join');
  expect(panel.attempts).toBe(attempts);
  expect(ourXrays()).toHaveLength(1);
});

test('[R3.8] a panel that shows another authority than the token names gets nothing', async () => {
  const other = Buffer.alloc(32, 7);
  const agent = startAgent(['--join', panel.newJoinToken(other)]);
  expect(await agent.exited).toBe(78);
  expect(agent.stderr).toContain('STOP');
  expect(panel.registrations).toHaveLength(0);
});

test('[R3.6] the local API answers the panel with the health of Xray', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await agent.logged('Registered with the panel');
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const { status, body } = await health();
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    agentVersion: '0.1.0',
    xray: {
      state: 'RUNNING',
      version: expect.any(String),
      apiLatencyMs: expect.any(Number),
      checkedMsAgo: expect.any(Number),
    },
  });

  const stopped = panel.next('completed');
  panel.command({ __typename: 'ControlXray', kind: 'STOP_XRAY' });
  await stopped;
  const down = await health();
  expect(down.status).toBe(503);
  expect(JSON.parse(down.body)).toMatchObject({ xray: { state: 'STOPPED', error: expect.any(String) } });
});

test('[R3.4] applies a configuration, and says its revision in the outcome, in samples and when it registers', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  expect(panel.registrations.at(-1)).toMatchObject({ configRevision: null });
  const { document, revision } = await wanted(users(20_000)); // some 2 MB in one message
  const outcome = await apply({ __typename: 'ApplyConfig', revision, config: document });
  expect(outcome).toMatchObject({ ok: true, output: expect.stringContaining('restarted'), appliedRevision: revision });
  await panel.next('sample', ({ configRevision }) => configRevision === revision);

  const more = await wanted([...document.users, user('late')], document.inbounds);
  const change = { __typename: 'ApplyUsers' as const, add: [user('late')], remove: [] };
  const added = await apply({ ...change, baseRevision: revision, revision: more.revision });
  expect(added).toMatchObject({ ok: true, output: '1 user added', appliedRevision: more.revision });
  const again = await apply({ ...change, baseRevision: revision, revision: more.revision });
  expect(again).toMatchObject({ ok: false, error: expect.stringContaining('not at'), appliedRevision: more.revision });

  await agent.end();
  const registered = panel.next('registered');
  startAgent([]);
  expect(await registered).toMatchObject({ configRevision: more.revision });
});

test('[R7.7] an agent killed between writing and applying comes up with what it had written', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const { document, revision } = await wanted([user('a')]);
  await apply({ __typename: 'ApplyConfig', revision, config: document });
  const next = await wanted([user('a'), user('b')], document.inbounds);
  process.kill(ourXrays()[0]!, 'SIGSTOP'); // an Xray that hangs takes no users
  panel.command({
    __typename: 'ApplyUsers',
    baseRevision: revision,
    revision: next.revision,
    add: [user('b')],
    remove: [],
  });
  const config = join(dataDir, 'xray.d/config.json');
  await expect.poll(() => readFileSync(config, 'utf8'), { interval: 5, timeout: 10_000 }).toContain('"b.v"');
  await agent.end('SIGKILL');

  const sample = panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  startAgent([]);
  expect(await sample).toMatchObject({ configRevision: next.revision });
  expect(readFileSync(join(dataDir, 'xray.d/running.json'), 'utf8')).toContain('"b.v"');
});

test('[R3.5] without a panel the node starts with the last good configuration, even when config.json was destroyed', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const { document, revision } = await wanted([user('a')]);
  await apply({ __typename: 'ApplyConfig', revision, config: document });
  await agent.end();
  await panel.close();
  const config = join(dataDir, 'xray.d/config.json');
  writeFileSync(config, 'destroyed');
  const next = startAgent([]);
  expect(await next.logged('Xray is running')).toMatchObject({ configuration: revision });
  await next.end();
  for (const name of ['config.json', 'desired.json']) rmSync(join(dataDir, 'xray.d', name));
  expect(await startAgent([]).logged('Xray is running')).toMatchObject({ configuration: revision });
  expect(readFileSync(config, 'utf8')).toContain('"a.v"');
});

test('ends on SIGTERM with code 0, stops Xray and reports its last state', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  expect(await agent.end()).toBe(0);
  expect(ourXrays()).toHaveLength(0);
  expect(panel.samples.at(-1)).toMatchObject({ xrayState: 'STOPPED' });
});

test('two agents never run on one data directory', async () => {
  const first = startAgent(['--join', panel.joinToken]);
  await first.logged('Connected to the panel');
  const second = startAgent([]);
  expect(await second.exited).toBe(1);
  expect(second.stderr).toContain(`process ${first.pid}`);
});

test('a stopped Xray stays stopped over a restart of the agent', async () => {
  const agent = startAgent(['--join', panel.joinToken]);
  await panel.next('sample', ({ xrayState }) => xrayState === 'RUNNING');
  const stopped = panel.next('completed');
  panel.command({ __typename: 'ControlXray', kind: 'STOP_XRAY' });
  await stopped;
  await agent.end();
  startAgent([]);
  expect(await panel.next('sample')).toMatchObject({ xrayState: 'STOPPED' });
  expect(ourXrays()).toHaveLength(0);
});

test('works on without Xray and says what to do', async () => {
  const agent = startAgent(['--join', panel.joinToken], { XRAY_BIN: '/nonexistent/xray' });
  await agent.logged('Xray was not found');
  expect(await panel.next('sample')).toMatchObject({ xrayState: 'UNKNOWN', xrayVersion: null });
});

function startAgent(args: string[], env: Record<string, string> = {}): AgentProcess {
  const settings = { VPANEL_AGENT_DATA_DIR: dataDir, XRAY_BIN: realXray(), VPANEL_AGENT_LISTEN_HOST: '127.0.0.1' };
  const agent = new AgentProcess(bundlePath(buildDir), args, { ...settings, ...env });
  agents.push(agent);
  return agent;
}

function identity(): Identity {
  return JSON.parse(readFileSync(join(dataDir, 'identity.json'), 'utf8')) as Identity;
}

async function wanted(list: ReturnType<typeof users>, inbounds?: object[]) {
  const three = async () => [
    vless('v', await freePort()),
    trojan('t', await freePort()),
    shadowsocks('s', await freePort()),
  ];
  const document = { base: BASE, inbounds: inbounds ?? (await three()), users: list };
  return { document, revision: NodeConfig.from(document).revision };
}

async function apply(action: AgentCommand['action']) {
  const id = randomUUID();
  const completed = panel.next('completed', ({ commandId }) => commandId === id);
  panel.command(action, id);
  return completed;
}

/** The Xrays of this test's data directory. */
function ourXrays(): number[] {
  return allPids().filter((pid) => argumentsOf(pid).includes(join(dataDir, 'xray.d/running.json')));
}

function tokenWithOtherId(): string {
  const [version, , ...rest] = panel.joinToken.split('.');
  return [version, 'zzzzzzzzzz', ...rest].join('.');
}

async function journalHas(text: string): Promise<void> {
  await expect.poll(() => readFileSync(join(dataDir, 'commands.ndjson'), 'utf8'), { timeout: 10_000 }).toContain(text);
}

async function health() {
  const client = await panel.authority.issue({ commonName: 'vpanel-panel', usage: 'clientAuth' });
  const tls = { ca: panel.authority.pem, ...client, servername: 'node-1.nodes.vpanel' };
  const url = new URL(`https://127.0.0.1:${panel.settings.agentPort}/health`);
  return httpsRequest(url, { tls, timeoutMs: 5_000, maxBytes: 10_000 });
}
