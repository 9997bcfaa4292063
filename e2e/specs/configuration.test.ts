import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server as TlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Agent } from '../support/agent.js';
import { foreignCertificate } from '../support/certificates.js';
import { ClientApp, fetchProfile } from '../support/client-app.js';
import { Management, type BuiltInbound, type UserView } from '../support/management.js';
import { expectedDownload, Origin, sha256, startBorrowedSite } from '../support/origin.js';
import { Panel } from '../support/panel.js';
import { freePort, processTree, waitFor } from '../support/processes.js';

const SITE = 'borrowed.test';

/** Every way to a node that the guided form offers. */
const TEMPLATES = [
  'VLESS_REALITY_VISION',
  'VLESS_XHTTP_REALITY',
  'VLESS_XHTTP_TLS',
  'VLESS_WS_TLS',
  'VLESS_TLS_VISION',
  'VMESS_WS',
  'VMESS_WS_TLS',
  'TROJAN_TLS',
  'TROJAN_WS_TLS',
  'SHADOWSOCKS_2022_128',
  'SHADOWSOCKS_2022_256',
];

let panel: Panel;
let origin: Origin;
let site: TlsServer;
let agent: Agent;
let nodeId: string;
let group: string;
let manage: Management;

/** An inbound of the template on a free port; REALITY borrows the site of this test. */
async function inboundOf(template: string): Promise<BuiltInbound> {
  const built = await manage.buildInbound(template, { serverName: SITE, port: await freePort() });
  const stream = built.inbound['streamSettings'] as { realitySettings?: { target: string } } | undefined;
  const target = `127.0.0.1:${(site.address() as { port: number }).port}`;
  if (stream?.realitySettings) stream.realitySettings.target = target;
  return built;
}

async function appFor(user: UserView, proxyName: string): Promise<ClientApp> {
  const profile = await fetchProfile(user.subscriptionUrl);
  const config = profile.find(({ remarks }) => remarks.includes(proxyName));
  if (!config) throw new Error(`No ${proxyName} in ${profile.map(({ remarks }) => remarks).join(', ')}`);
  return ClientApp.start(config);
}

const xrayPid = (): number => {
  const pid = processTree(agent.pid).find((candidate) =>
    readFileSync(`/proc/${candidate}/cmdline`, 'utf8').includes('xray.d/running.json'),
  );
  if (pid === undefined) throw new Error('There is no Xray');
  return pid;
};

const issues = async () => (await panel.api.node(nodeId)).issues.map(({ kind }) => kind);

const configFile = () => join(agent.dataDir, 'xray.d', 'config.json');

beforeAll(async () => {
  panel = await Panel.start();
  manage = new Management(panel.api);
  origin = await Origin.start();
  site = await startBorrowedSite(await foreignCertificate(SITE));
  await panel.api.ask(
    'mutation { updateSettings(input: { metricsIntervalSeconds: 1, allowPrivateTargets: true }) { settings { allowPrivateTargets } } }',
  );
  agent = new Agent();
  const created = await panel.api.createNode('served', await freePort());
  nodeId = created.id;
  agent.join(created.joinToken);
  await waitFor('the node to be there', async () => (await panel.api.node(nodeId)).xray.state === 'RUNNING');
  group = await manage.createGroup('everybody', [nodeId]);
  await manage.inSync(nodeId);
});

afterAll(async () => {
  await agent?.remove();
  await origin?.stop();
  site?.close();
  await panel?.stop();
});

describe('a user reaches the world through a node', () => {
  const proxies = new Map<string, string>();
  let user: UserView;

  beforeAll(async () => {
    for (const template of TEMPLATES) {
      proxies.set(template, await manage.createProxy(template, await inboundOf(template), { targetGroupIds: [group] }));
    }
    user = await manage.createUser('alice', [group]);
    await manage.inSync(nodeId);
  });

  test.each(TEMPLATES)('[R4.2] [R7.1] %s: what the link hands out connects through the real node', async (template) => {
    const app = await appFor(user, template);
    try {
      expect((await app.get(origin.url)).toString(), app.output).toBe(origin.page);
    } finally {
      await app.stop();
    }
  });

  test('[R4.2] the balanced profile, as an app uses it by default, connects as well', async () => {
    const [balanced] = await fetchProfile(user.subscriptionUrl);
    const app = await ClientApp.start(balanced!);
    try {
      expect((await app.get(origin.url)).toString(), app.output).toBe(origin.page);
    } finally {
      await app.stop();
    }
  });

  test('[R3.4] [R7.1] a download goes on, byte for byte, while 1,000 users come and go and another proxy is edited', async () => {
    const before = xrayPid();
    const app = await appFor(user, 'VLESS_REALITY_VISION');
    const plain = await appFor(user, 'SHADOWSOCKS_2022_128');
    try {
      const chunks = 400;
      const downloads = [app, plain].map((one) => one.get(origin.downloadUrl(chunks, 20)));
      const crowd = await manage.createUsers('crowd', 1_000, [group]);
      await manage.inSync(nodeId);
      await manage.updateProxy({ id: proxies.get('TROJAN_TLS')!, port: await freePort() });
      await manage.inSync(nodeId);
      await manage.deleteUsers(crowd);
      await manage.inSync(nodeId);
      for (const download of downloads) expect(sha256(await download)).toBe(expectedDownload(chunks));
      expect(xrayPid()).toBe(before);
    } finally {
      await app.stop();
      await plain.stop();
    }
  });

  test('[R7.1] who is disabled gets no further, and comes back when enabled', async () => {
    const bob = await manage.createUser('bob', [group]);
    await manage.inSync(nodeId);
    const app = await appFor(bob, 'VLESS_WS_TLS');
    const setStatus = (status: string) =>
      panel.api.ask('mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { status } } }', {
        input: { id: bob.id, status },
      });
    try {
      expect(await app.reaches(origin.url)).toBe(true);
      await setStatus('DISABLED');
      await manage.inSync(nodeId);
      expect(await app.reaches(origin.url)).toBe(false);
      expect(await (await fetch(`${bob.subscriptionUrl}?format=links`)).text()).toBe('');
      await setStatus('ACTIVE');
      await manage.inSync(nodeId);
      expect(await app.reaches(origin.url)).toBe(true);
    } finally {
      await app.stop();
    }
  });

  test("[R7.7] [R7.3] what Xray itself refuses is refused on the node, in Xray's words, and the former goes on", async () => {
    const before = xrayPid();
    const app = await appFor(user, 'VLESS_WS_TLS');
    const broken = await manage.buildInbound('TROJAN_TLS', {
      port: await freePort(),
      serverName: SITE,
      certificateFile: '/nowhere/certificate.pem',
      keyFile: '/nowhere/key.pem',
    });
    const id = await manage.createProxy('broken', broken, { targetNodeIds: [nodeId] });
    try {
      const failed = await waitFor('the refusal', async () => {
        const sync = await manage.sync(nodeId);
        return sync.state === 'FAILED' && sync;
      });
      expect(failed.lastError).toContain('/nowhere/certificate.pem');
      expect(await issues()).toContain('SYNC_FAILED');
      expect(await app.reaches(origin.url)).toBe(true);
      expect(xrayPid()).toBe(before);
    } finally {
      await app.stop();
      await manage.deleteProxy(id);
    }
    await manage.inSync(nodeId);
    expect(await issues()).not.toContain('SYNC_FAILED');
  });

  test('[R7.7] a port that something else on the node holds is said, and nothing is lost', async () => {
    const taken = Number(new URL(origin.url).port);
    const id = await manage.createProxy('taken', await portOf('SHADOWSOCKS_2022_128', taken), {
      targetNodeIds: [nodeId],
    });
    const failed = await waitFor('the refusal', async () => {
      const sync = await manage.sync(nodeId);
      return sync.state === 'FAILED' && sync;
    });
    expect(failed.lastError).toContain(String(taken));
    await manage.deleteProxy(id);
    await manage.inSync(nodeId);
  });

  test('[R7.5] Xray is killed while users are applied, and all of them are there in the end', async () => {
    const crowd = await manage.createUsers('killed', 2_000, [group]);
    process.kill(xrayPid(), 'SIGKILL');
    await manage.inSync(nodeId);
    const last = await manage.createUser('after-the-kill', [group]);
    await manage.inSync(nodeId);
    const app = await appFor(last, 'VLESS_TLS_VISION');
    expect(await app.reaches(origin.url, 10_000)).toBe(true);
    await app.stop();
    await manage.deleteUsers(crowd.slice(0, 1_000));
    await manage.deleteUsers(crowd.slice(1_000));
    await manage.inSync(nodeId);
  });

  test('[R7.5] the agent is killed while it applies, and is in step when it is back', async () => {
    for (const wait of [0, 40, 120]) {
      await manage.updateProxy({ id: proxies.get('VMESS_WS')!, port: await freePort() });
      const carol = await manage.createUser(`carol-${wait}`, [group]);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await agent.kill();
      agent.run();
      await manage.inSync(nodeId);
      const app = await appFor(carol, 'VMESS_WS');
      expect((await app.get(origin.url)).toString(), `${wait} ms: ${app.output}`).toBe(origin.page);
      await app.stop();
    }
  });

  test('[R7.5] a configuration that is edited by hand is found, said, and put right', async () => {
    const good = readFileSync(configFile(), 'utf8');
    writeFileSync(configFile(), good.replace('"direct"', '"astray"'));
    await waitFor('the drift to be said', async () => {
      const { logs } = await panel.api.node(nodeId);
      return logs.some(({ text }) => text.includes("behind the panel's back"));
    });
    await manage.inSync(nodeId);
    expect(readFileSync(configFile(), 'utf8')).toBe(good);
    expect(await issues()).not.toContain('CONFIG_DRIFT');
  });

  test('[R7.1] [R7.5] who is deleted while the node is away is gone when it is back, before the panel says so', async () => {
    const dave = await manage.createUser('dave', [group]);
    await manage.inSync(nodeId);
    const app = await appFor(dave, 'TROJAN_WS_TLS');
    expect(await app.reaches(origin.url)).toBe(true);
    await agent.stop();
    await waitFor('the node to be offline', async () => (await panel.api.node(nodeId)).status === 'OFFLINE');
    await manage.deleteUsers([dave.id]);
    expect((await manage.sync(nodeId)).state).toBe('PENDING');
    agent.run();
    await manage.inSync(nodeId);
    await waitFor('Xray to run', async () => (await panel.api.node(nodeId)).xray.state === 'RUNNING');
    expect(await app.reaches(origin.url)).toBe(false);
    expect((await fetch(dave.subscriptionUrl)).status).toBe(404);
    await app.stop();
  });

  test('[R3.5] [R7.5] a node that starts while the panel is dead serves its users from what it has', async () => {
    const app = await appFor(user, 'VLESS_WS_TLS');
    await panel.kill();
    await agent.stop();
    agent.run();
    await waitFor('the node to serve', () => app.reaches(origin.url));
    await app.stop();
    await panel.run();
    await panel.api.signIn();
    await manage.inSync(nodeId);
  });
});

/** The same on a certain port. */
async function portOf(template: string, port: number): Promise<BuiltInbound> {
  const { protocol, inbound } = await inboundOf(template);
  return { protocol, port, inbound: { ...inbound, port } };
}
