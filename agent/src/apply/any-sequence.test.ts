import { expect, test, vi } from 'vitest';
import { accountOf } from '../configuration/account.js';
import { NodeConfig } from '../configuration/node-config.js';
import { render } from '../configuration/render.js';
import { BASE, shadowsocks, trojan, user, vless, vmess } from '../support/node-documents.js';
import { XrayNode, freePort } from '../support/xray-node.js';
import { accountMessage } from '../xray/messages.js';

vi.setConfig({ testTimeout: 120_000 });

const STEPS = 40;

test.each([1, 2])(
  '[R3.4] any sequence of configurations and changes of users leads Xray and the file to what is wanted (seed %d)',
  async (seed) => {
    const random = generator(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    const kinds = [vless, vmess, trojan, shadowsocks];
    const ports = await Promise.all(Array.from({ length: 6 }, () => freePort()));
    const node = new XrayNode();
    await node.supervisor.start();
    let restarts = 0;

    for (let step = 0; step < STEPS; step += 1) {
      const present = node.files.config?.toJSON();
      if (present && random() < 0.7) {
        const ids = [...new Set(Array.from({ length: below(8) }, () => `u${below(30)}`))];
        const add = ids.filter(() => random() < 0.6).map((id) => user(id, below(3)));
        const remove = ids.filter((id) => !add.some((added) => added.id === id));
        await node.applyUsers(add, remove);
      } else {
        const chosen = ports.filter(() => random() < 0.7);
        const inbounds = chosen.map((port, index) => kinds[(index + below(2)) % 4]!(`in${index}`, port));
        const base = random() < 0.1 ? { ...BASE, dns: { tag: `dns${(restarts += 1)}` } } : (present?.base ?? BASE);
        const ids = [...new Set(Array.from({ length: below(15) }, () => `u${below(30)}`))];
        const list = random() < 0.5 ? ids.map((id) => user(id, below(3))) : (present?.users ?? []);
        await node.applyConfig({ base, inbounds, users: list });
      }
      await expectConsistent(node);
    }
    expect(node.logged.filter(({ level }) => level >= 40)).toEqual([]);
  },
);

/** Xray itself, read back account by account, and the files are what the last change was to lead to. */
async function expectConsistent(node: XrayNode): Promise<void> {
  const config = node.files.config!;
  expect(node.revision).toBe(NodeConfig.from(JSON.parse(JSON.stringify(config))).revision);
  expect(node.read('config.json')).toBe(render(config));
  for (const inbound of config.inbounds) {
    const live = await node.supervisor.api!.users(inbound.tag);
    const actual = live
      .filter(({ email }) => !email.startsWith('placeholder.'))
      .map(({ email, account }) => `${email} ${account.type} ${secretIn(account.value)}`);
    const wanted = config.users.list.map((one) => {
      const { type, value } = accountMessage(accountOf(inbound, one));
      return `${one.id}.${inbound.tag} ${type} ${secretIn(value)}`;
    });
    expect(actual.toSorted()).toEqual(wanted.toSorted());
  }
}

/** The first field is the secret in every kind of account. */
function secretIn(value: Uint8Array): string {
  return Buffer.from(value.subarray(2, 2 + value[1]!)).toString();
}

/** Park-Miller: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed * 7_919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
