import { once } from 'node:events';
import { copyFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { canonical } from '../configuration/canonical.js';
import { NodeConfig } from '../configuration/node-config.js';
import { BASE, shadowsocks, trojan, user, users, vless, vmess } from '../support/node-documents.js';
import { temporaryDir } from '../support/temporary-dir.js';
import { realXray } from '../support/xray-binary.js';
import { XrayNode, freePort } from '../support/xray-node.js';

vi.setConfig({ testTimeout: 60_000 }); // real processes on a machine that may be busy

// Against the real Xray.

const POLL = { interval: 1, timeout: 10_000 };

async function documentWith(userList: unknown[]) {
  const inbounds = [
    vless('v', await freePort()),
    vmess('m', await freePort()),
    trojan('t', await freePort()),
    shadowsocks('s', await freePort()),
  ];
  return { base: BASE, inbounds, users: userList };
}

async function running(document: unknown) {
  const node = new XrayNode();
  await node.supervisor.start();
  await node.applyConfig(document);
  return node;
}

test('[R3.4] before the first configuration of a panel there is no revision, then the applied one', async () => {
  const node = new XrayNode();
  await node.supervisor.start();
  expect(node.revision).toBeUndefined();
  const document = await documentWith([user('a'), user('b')]);
  expect(await node.applyConfig(document)).toMatch('restarted');
  expect(node.revision).toBe(NodeConfig.from(document).revision);
  expect(await node.applyConfig(document)).toMatch('already');
  for (const { tag } of document.inbounds.slice(0, 3)) expect(await node.liveUsers(tag)).toEqual(['a', 'b']);
  expect(await node.liveUsers('s')).toEqual(['a', 'b', 'placeholder']);
  expect(statSync(node.path('config.json')).mode & 0o777).toBe(0o600);
  expect(statSync(node.path('desired.json')).mode & 0o777).toBe(0o600);
});

test('[R3.4] users come, change and go in every protocol without a restart', async () => {
  const document = await documentWith([user('a'), user('b'), user('c')]);
  const node = await running(document);
  const { pid } = node;
  expect(await node.applyUsers([user('b', 2), user('d')], ['a', 'unknown'])).toBe('1 user added, 1 removed, 1 changed');
  expect(node.pid).toBe(pid);
  for (const tag of ['v', 'm', 't', 's'])
    expect(await node.liveUsers(tag)).toEqual(expect.arrayContaining(['b', 'c', 'd']));
  expect(await node.liveUsers('v')).toHaveLength(3);
  expect(await node.liveUsers('s')).toHaveLength(4);
  const { revision } = NodeConfig.from({ ...document, users: [user('c'), user('d'), user('b', 2)] });
  expect(node.revision).toBe(revision);
  const [inBoth] = await node.supervisor.api!.users('v', 'b.v');
  expect(Buffer.from(inBoth!.account.value).toString('latin1')).toContain(user('b', 2).uuid);
});

test('[R3.4] single inbounds come, change and go while the others and Xray go on', async () => {
  const document = await documentWith(users(5));
  const node = await running(document);
  const { pid } = node;
  const [v, m, t, s] = document.inbounds;
  const moved = { ...v!, port: await freePort() };
  const inbounds = [moved, t!, s!, vless('new', await freePort())];
  const output = await node.applyConfig({ ...document, inbounds });
  expect(output).toBe('inbound new added, inbound v replaced, inbound m removed');
  expect(node.pid).toBe(pid);
  expect(await node.liveUsers('new')).toHaveLength(5);
  expect(await node.liveUsers('v')).toHaveLength(5);
  await expect(node.supervisor.api!.countUsers('m')).rejects.toThrow('m');
  await expect(dial(v!.port)).rejects.toThrow('ECONNREFUSED');
  await expect(dial(m!.port)).rejects.toThrow('ECONNREFUSED');
  await dial(moved.port);
});

test('[R3.4] two inbounds may exchange their ports', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const [v, m, ...rest] = document.inbounds;
  const inbounds = [{ ...v!, port: m!.port }, { ...m!, port: v!.port }, ...rest];
  expect(await node.applyConfig({ ...document, inbounds })).toBe('inbound m, v replaced');
});

test('[R3.4] another base is the only reason for a restart', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { pid, revision } = node;
  const reported = new Set<unknown>();
  const timer = setInterval(() => reported.add(node.revision), 1);
  await node.applyConfig({ ...document, base: { ...BASE, log: { loglevel: 'error' } } });
  clearInterval(timer);
  expect([...reported]).toEqual([revision]);
  expect(node.pid).not.toBe(pid);
  expect(node.revision).not.toBe(revision);
  expect(await node.liveUsers('v')).toHaveLength(2);
});

test('[R7.7] a configuration that Xray does not accept changes nothing, and its words are passed on', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { pid, revision } = node;
  const before = node.read('config.json');
  const bad = { ...vless('bad', await freePort()), streamSettings: { network: 'raw', security: 'telepathy' } };
  await expect(node.applyConfig({ ...document, inbounds: [...document.inbounds, bad] })).rejects.toThrow('telepathy');
  expect(node).toMatchObject({ pid, revision });
  expect(node.read('config.json')).toBe(before);
  expect(await node.liveUsers('v')).toHaveLength(2);
});

test('[R7.7] a port that another program uses is refused in words before anything is touched', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const document = await documentWith(users(2));
  const node = await running(document);
  const { pid, revision } = node;
  const { port } = squatter.address() as AddressInfo;
  const inbounds = [{ ...document.inbounds[0]!, port }, ...document.inbounds.slice(1)];
  await expect(node.applyConfig({ ...document, inbounds })).rejects.toThrow(`Port ${port} (TCP) is already in use`);
  expect(node).toMatchObject({ pid, revision });
  await dial(document.inbounds[0]!.port);
});

test('[R7.7] what has no valid shape is refused, without repeating its secrets', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { revision } = node;
  const wrong = { ...user('x'), uuid: 'top-secret' };
  const request = { baseRevision: revision!, revision: 'any', add: [wrong], remove: [] };
  await expect(node.state.applyUsers(request)).rejects.toThrow(
    'The change of users is not valid: add.0.uuid: Not a UUID',
  );
  await expect(node.state.applyConfig({ revision: 'any', config: document })).rejects.toThrow('makes revision');
  await expect(node.state.applyUsers({ ...request, baseRevision: 'other' })).rejects.toThrow(
    `The node is at ${revision}`,
  );
  expect(node.revision).toBe(revision);
});

test('[R7.7] an inbound that Xray cannot start gives way to the former one', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { pid, revision } = node;
  const before = node.read('config.json');
  // Neither -test nor a try of the port can find this out.
  const broken = { ...document.inbounds[0]!, listen: '/nonexistent/inbound.sock' };
  const inbounds = [vless('a-new', await freePort()), broken, ...document.inbounds.slice(1)];
  const applied = node.applyConfig({ ...document, inbounds, users: [user('u0'), user('other')] });
  await expect(applied).rejects.toThrow(/did not take the inbound v .*no such file.*the former ones are back/);
  expect(node).toMatchObject({ pid, revision });
  expect(node.read('config.json')).toBe(before);
  await dial(document.inbounds[0]!.port);
  for (const tag of ['v', 'm', 't']) expect(await node.liveUsers(tag)).toEqual(['u0', 'u1']);
  await expect(node.supervisor.api!.countUsers('a-new')).rejects.toThrow('a-new');
});

test('[R7.7] an account that is there already is made right', async () => {
  const node = await running(await documentWith(users(2)));
  const { pid } = node;
  const stranger = { protocol: 'vless' as const, id: user('stranger').uuid, flow: '' };
  await node.supervisor.api!.addUser('v', 'x.v', stranger);
  expect(await node.applyUsers([user('x')], [])).toBe('1 user added');
  expect(node.pid).toBe(pid);
  const [live] = await node.supervisor.api!.users('v', 'x.v');
  expect(Buffer.from(live!.account.value).toString('latin1')).toContain(user('x').uuid);
});

test('[R7.7] when Xray does not count the right users afterwards, it is restarted', async () => {
  const node = await running(await documentWith(users(2)));
  const { pid } = node;
  const stranger = { protocol: 'vless' as const, id: user('stranger').uuid, flow: '' };
  await node.supervisor.api!.addUser('v', 'stranger.v', stranger);
  const output = await node.applyUsers([user('x')], []);
  expect(output).toContain('1 user added; Xray was restarted for it (Xray does not count the right users in v)');
  expect(node.pid).not.toBe(pid);
  expect(await node.liveUsers('v')).toEqual(['u0', 'u1', 'x']);
});

test('[R7.7] when Xray does not come up with another base, the former configuration runs again', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const document = await documentWith(users(2));
  const node = await running(document);
  const { revision } = node;
  const { port } = squatter.address() as AddressInfo;
  const base = { ...BASE, metrics: { listen: `127.0.0.1:${port}` } };
  await expect(node.applyConfig({ ...document, base })).rejects.toThrow(/address already in use.*runs again/);
  expect(node.supervisor.status.state).toBe('RUNNING');
  expect(node.revision).toBe(revision);
  expect(await node.liveUsers('s')).toHaveLength(3);
});

test('[R3.4] while Xray is stopped on purpose everything is written to disk', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  await node.supervisor.stop();
  expect(await node.applyUsers([user('late')], [])).toContain('stopped');
  expect(node.revision).toBe(NodeConfig.from({ ...document, users: [...users(2), user('late')] }).revision);
  await node.supervisor.start();
  expect(await node.liveUsers('v')).toEqual(['late', 'u0', 'u1']);
});

test('[R3.4] an Xray that has crashed is started with the new configuration', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const node = new XrayNode();
  const { port } = squatter.address() as AddressInfo;
  node.write('config.json', { inbounds: [{ listen: '127.0.0.1', port, protocol: 'socks' }] });
  await expect(node.supervisor.start()).rejects.toThrow('address already in use');
  const document = await documentWith(users(2));
  const taken = { ...document, inbounds: [vless('v', port)] };
  await expect(node.applyConfig(taken)).rejects.toThrow(`Port ${port} (TCP) is already in use`);
  expect(node.revision).toBeUndefined();
  expect(await node.applyConfig(document)).toContain('it was down before');
  expect(await node.liveUsers('v')).toHaveLength(2);
});

test('[R3.4] without Xray the configuration is kept until there is one', async () => {
  const binary = join(temporaryDir(), 'xray');
  const node = new XrayNode({ binary });
  await expect(node.supervisor.start()).rejects.toThrow('no Xray binary');
  const document = await documentWith(users(2));
  expect(await node.applyConfig(document)).toContain('no Xray on the node');
  expect(node.revision).toBe(NodeConfig.from(document).revision);
  symlinkSync(realXray(), binary);
  await node.supervisor.start();
  expect(await node.liveUsers('v')).toHaveLength(2);
});

test('[R3.4] another Xray binary on the node is started before it is asked to convert anything', async () => {
  const binary = join(temporaryDir(), 'xray');
  copyFileSync(realXray(), binary);
  const document = await documentWith(users(2));
  const node = new XrayNode({ binary });
  await node.supervisor.start();
  await node.applyConfig(document);
  rmSync(binary);
  copyFileSync(realXray(), binary);
  const { pid } = node;
  expect(await node.applyUsers([user('x')], [])).toBe('1 user added');
  expect(node.pid).toBe(pid);
  const { base, users: present } = node.files.config!.toJSON();
  await node.applyConfig({ base, inbounds: document.inbounds.slice(1), users: present });
  expect(node.pid).not.toBe(pid);
});

test('[R3.4] a file that somebody has edited is drift, and the next configuration puts it right', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { revision, pid } = node;
  node.write('config.json', node.read('config.json').replace('u1.v', 'mallory.v'));
  expect(node.revision).toMatch(/^drift-[0-9a-f]{16}$/);
  await node.applyConfig(document);
  expect(node.revision).toBe(revision);
  expect(node.pid).toBe(pid);
  expect(node.read('config.json')).not.toContain('mallory');
});

test('[R3.4] users that somebody else has given to Xray are drift, and only that inbound is made anew', async () => {
  const document = await documentWith(users(2));
  const node = await running(document);
  const { revision, pid } = node;
  const { id } = { id: user('x').uuid };
  await node.supervisor.api!.addUser('v', 'mallory.v', { protocol: 'vless', id, flow: '' });
  await node.state.check();
  expect(node.revision).toMatch(/^drift-[0-9a-f]{16}$/);
  expect(await node.applyConfig(document)).toBe('inbound v replaced');
  expect(node).toMatchObject({ revision, pid });
  expect(await node.liveUsers('v')).toEqual(['u0', 'u1']);
});

test('[R7.7] when Xray is killed while users are applied, it comes back with all of them', async () => {
  const document = await documentWith(users(10));
  const node = await running(document);
  const { pid, revision } = node;
  const applied = node.applyUsers(users(3_000, 'n'), ['u1']);
  await expect.poll(async () => (await node.liveUsers('m')).length, POLL).toBeGreaterThan(20);
  expect(node.revision).toBe(revision);
  process.kill(pid!, 'SIGKILL');
  expect(await applied).toContain('Xray was restarted for it');
  expect(await node.liveUsers('v')).toHaveLength(3_009);
  expect(await node.liveUsers('t')).toHaveLength(3_009);
  expect(node.processes()).toHaveLength(1);
});

test('[R3.4] many changes of Shadowsocks make a new inbound', async () => {
  const document = await documentWith(users(10));
  const node = await running(document);
  const { pid } = node;
  expect(await node.applyUsers(users(300, 'n'), [])).toBe('300 users added, inbound s replaced');
  expect(node.pid).toBe(pid);
  expect(await node.liveUsers('s')).toHaveLength(311);
});

test('[R3.4] an inbound with more users than a message of the API holds is made in parts', async () => {
  const node = await running({ base: BASE, inbounds: [], users: users(45_000) });
  const { pid } = node;
  const inbound = vless('v', await freePort(), { settings: { decryption: 'none', flow: 'xtls-rprx-vision' } });
  const { base, users: present } = node.files.config!.toJSON();
  expect(await node.applyConfig({ base, inbounds: [inbound], users: present })).toBe('inbound v added');
  expect(node.pid).toBe(pid);
  expect(await node.supervisor.api!.countUsers('v')).toBe(45_000);
});

test('[R3.4] accounts made through the API are those that a restart would make', async () => {
  const document = await documentWith([user('a')]);
  const node = await running(document);
  await node.applyUsers([user('b')], []);
  const accounts = async () =>
    Promise.all(['v', 'm', 't', 's'].map(async (tag) => canonical(await node.supervisor.api!.users(tag, `b.${tag}`))));
  const live = await accounts();
  await node.supervisor.restart();
  expect(await accounts()).toEqual(live);
});

async function dial(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
