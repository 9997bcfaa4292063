import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { BASE, SERVER_KEY, shadowsocks, trojan, user, users, vless, vmess } from '../support/node-documents.js';
import { NodeConfig } from './node-config.js';
import { render } from './render.js';

const vision = { decryption: 'none', flow: 'xtls-rprx-vision' };
const inbounds = [vless('v', 1, { settings: vision }), vmess('m', 2), trojan('t', 3), shadowsocks('s', 4)];

function rendered(document: unknown) {
  return JSON.parse(render(NodeConfig.from(document))) as {
    inbounds: { tag: string; settings: Record<string, unknown> & { clients: Record<string, unknown>[] } }[];
  };
}

test('[R7.2] every user has an account in every inbound, as its protocol wants it', () => {
  const { inbounds: made, ...rest } = rendered({ base: BASE, inbounds, users: [user('a')] });
  expect(rest).toEqual(BASE);
  const settings = Object.fromEntries(made.map((inbound) => [inbound.tag, inbound.settings]));
  const { uuid: id, password } = user('a');
  const [email, level] = ['a.', 0];
  expect(settings).toEqual({
    v: { decryption: 'none', clients: [{ id, flow: 'xtls-rprx-vision', email: `${email}v`, level }] },
    m: { clients: [{ id, email: `${email}m`, level }] },
    t: { clients: [{ password, email: `${email}t`, level }] },
    s: {
      ...shadowsocks('s', 4).settings,
      clients: [
        { password: key(`vpanel-ss2022-placeholder\n${SERVER_KEY}`, 16), email: 'placeholder.s', level },
        { password: key(`vpanel-ss2022\n${password}`, 16), email: `${email}s`, level },
      ],
    },
  });
});

test('[R7.2] a longer cipher gets longer keys', () => {
  const { settings, ...inbound } = shadowsocks('s', 1);
  const long = { ...inbound, settings: { ...settings, method: '2022-blake3-aes-256-gcm' } };
  const [, client] = rendered({ base: BASE, inbounds: [long], users: [user('a')] }).inbounds[0]!.settings.clients;
  expect(client).toMatchObject({ password: key(`vpanel-ss2022\n${user('a').password}`, 32) });
});

test('[R7.2] the text is the same for the same configuration, however it came about', () => {
  const config = NodeConfig.from({ base: BASE, inbounds, users: users(20) });
  const other = NodeConfig.from({ base: BASE, inbounds: inbounds.toReversed(), users: users(10).toReversed() });
  expect(render(other.withUsers([...users(20), user('x')], []).withUsers([], ['x']))).toBe(render(config));
});

test('[R7.7] a password cannot leave its place in the text', () => {
  const password = '","email":"root.t"},{"password":"\u2028\\';
  const [inbound] = rendered({ base: BASE, inbounds: [trojan('t', 1)], users: [{ ...user('a'), password }] }).inbounds;
  expect(inbound!.settings.clients).toEqual([{ password, email: 'a.t', level: 0 }]);
});

test('a base and settings without anything in them are valid JSON, too', () => {
  expect(rendered({ base: {}, inbounds: [trojan('t', 1)], users: [] })).toEqual({
    inbounds: [{ ...trojan('t', 1), settings: { clients: [] } }],
  });
});

function key(text: string, bytes: number): string {
  return createHash('sha256').update(text).digest().subarray(0, bytes).toString('base64');
}
