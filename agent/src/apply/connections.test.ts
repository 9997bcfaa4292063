import { expect, test, vi } from 'vitest';
import { X509Certificate, createHash } from 'node:crypto';
import { TestAuthority } from '../support/certificates.js';
import { BASE, SERVER_KEY, shadowsocks, user, users, vless } from '../support/node-documents.js';
import { EchoConnection, echoServer, xrayClient } from '../support/xray-client.js';
import { XrayNode, freePort } from '../support/xray-node.js';

vi.setConfig({ testTimeout: 60_000 }); // real processes on a machine that may be busy

// Users' own Xrays, connected through the node's Xray to a server on this machine.

interface Port {
  port: number;
}

const throughVless = ({ port }: Port, { uuid }: { uuid: string }, more: object = {}) => ({
  protocol: 'vless',
  settings: { vnext: [{ address: '127.0.0.1', port, users: [{ id: uuid, encryption: 'none', flow: '' }] }] },
  ...more,
});

const throughShadowsocks = ({ port }: Port, { password }: { password: string }) => {
  const key = createHash('sha256').update(`vpanel-ss2022\n${password}`).digest().subarray(0, 16).toString('base64');
  const server = { address: '127.0.0.1', port, method: '2022-blake3-aes-128-gcm', password: `${SERVER_KEY}:${key}` };
  return { protocol: 'shadowsocks', settings: { servers: [server] } };
};

async function tlsInbound(tag: string) {
  const authority = await TestAuthority.create();
  const names = [{ type: 'dns' as const, value: 'node.test' }];
  const { cert, key } = await authority.issue({ commonName: 'node.test', usage: 'serverAuth', names });
  const certificates = [{ certificate: cert.trim().split('\n'), key: key.trim().split('\n') }];
  const settings = { decryption: 'none', flow: 'xtls-rprx-vision' };
  const streamSettings = { network: 'raw', security: 'tls', tlsSettings: { certificates } };
  const inbound = vless(tag, await freePort(), { settings, streamSettings });
  const pin = createHash('sha256').update(new X509Certificate(cert).raw).digest('hex');
  return { inbound, pin };
}

async function started(inbounds: object[], userList: object[], options = {}) {
  const node = new XrayNode(options);
  await node.supervisor.start();
  await node.applyConfig({ base: BASE, inbounds, users: userList });
  return node;
}

test('[R7.5] a connection through VLESS, vision and TLS stays, byte for byte, while users and another inbound change', async () => {
  const { inbound, pin } = await tlsInbound('tls');
  const other = vless('other', await freePort());
  const node = await started([inbound, other], [user('a'), ...users(20)]);
  const origin = await echoServer();
  const settings = {
    vnext: [
      {
        address: '127.0.0.1',
        port: inbound.port,
        users: [{ id: user('a').uuid, encryption: 'none', flow: 'xtls-rprx-vision' }],
      },
    ],
  };
  const tlsSettings = { serverName: 'node.test', pinnedPeerCertSha256: pin };
  const streamSettings = { network: 'raw', security: 'tls', tlsSettings };
  const tunnel = await xrayClient({ protocol: 'vless', settings, streamSettings }, origin);
  const connection = await EchoConnection.open(tunnel);
  expect(await connection.echoes()).toBe(true);

  const { pid } = node;
  const change = async (round: number) => {
    await node.applyUsers(users(30, `r${round}`), [`u${round}`]);
    const { base, users: present } = node.files.config!.toJSON();
    const changed = { ...other, port: await freePort() };
    await node.applyConfig({ base, inbounds: [inbound, changed], users: present });
  };
  const echoMany = async () => {
    for (let count = 0; count < 100; count += 1) expect(await connection.echoes()).toBe(true);
  };
  for (let round = 0; round < 5; round += 1) await Promise.all([change(round), echoMany()]);
  expect(await connection.echoes(1_000_000)).toBe(true);
  expect(node.pid).toBe(pid);
});

test('[R7.5] a new user gets through Shadowsocks at once, a removed one no longer, and others notice nothing', async () => {
  const inbound = shadowsocks('s', await freePort());
  const node = await started([inbound], []);
  const origin = await echoServer();
  const [alice, bob] = [user('alice'), user('bob')];
  await node.applyUsers([alice, bob], []);
  const tunnels = [
    await xrayClient(throughShadowsocks(inbound, alice), origin),
    await xrayClient(throughShadowsocks(inbound, bob), origin),
  ];
  const [ofAlice, ofBob] = await Promise.all(tunnels.map((port) => EchoConnection.open(port)));
  expect(await ofAlice!.echoes()).toBe(true);
  expect(await ofBob!.echoes()).toBe(true);

  await node.applyUsers([], ['bob']);
  expect(await ofAlice!.echoes()).toBe(true);
  expect(await (await EchoConnection.open(tunnels[1]!)).echoes()).toBe(false);
  await node.applyUsers([bob], []);
  expect(await (await EchoConnection.open(tunnels[1]!)).echoes()).toBe(true);
});

test.each([['127.0.0.1'], ['::']])(
  '[R7.5] what a removed user has open on %s is closed, and nothing else',
  async (listen) => {
    const inbound = vless('v', await freePort(), { listen });
    const [alice, bob] = [user('alice'), user('bob')];
    const node = await started([inbound], [alice, bob]);
    const origin = await echoServer();
    // Xray does not tell connections from 127.0.0.1, but those from other addresses of this machine.
    const ofAlice = await xrayClient(throughVless(inbound, alice, { sendThrough: '127.0.0.2' }), origin);
    const ofBob = await xrayClient(throughVless(inbound, bob, { sendThrough: '127.0.0.3' }), origin);
    const [alices, bobs] = await Promise.all([ofAlice, ofBob].map((port) => EchoConnection.open(port)));
    expect(await alices!.echoes()).toBe(true);
    expect(await bobs!.echoes()).toBe(true);

    expect(await node.applyUsers([], ['bob'])).toBe('1 user removed, 1 connection closed');
    await expect.poll(() => bobs!.closed).toBe(true);
    expect(await alices!.echoes()).toBe(true);
  },
);

test('[R7.5] inside an old connection a removed user opens nothing new, and may again when added back', async () => {
  const inbound = vless('v', await freePort());
  const [alice, bob] = [user('alice'), user('bob')];
  const node = await started([inbound], [alice, bob], { ss: '/nonexistent/ss' });
  const origin = await echoServer();
  const mux = { enabled: true, concurrency: 8 };
  const more = { mux, sendThrough: '127.0.0.2' };
  const tunnel = await xrayClient(throughVless(inbound, bob, more), origin);
  const old = await EchoConnection.open(tunnel);
  expect(await old.echoes()).toBe(true);

  expect(await node.applyUsers([], ['bob'])).toBe('1 user removed');
  const warned = () => node.logged.filter(({ msg }) => msg.includes('iproute2')).length;
  expect(warned()).toBe(1);
  const ofAlice = await xrayClient(throughVless(inbound, alice), origin);
  expect(await (await EchoConnection.open(ofAlice)).echoes()).toBe(true);
  expect(await (await EchoConnection.open(tunnel)).echoes()).toBe(false);

  await node.applyUsers([bob], ['alice']);
  await expect.poll(async () => (await EchoConnection.open(tunnel)).echoes(), { timeout: 10_000 }).toBe(true);
  expect(warned()).toBe(1);
});
