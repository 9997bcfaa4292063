import { expect, test } from 'vitest';
import { BASE, shadowsocks, trojan, user, users, vless, vmess } from '../support/node-documents.js';
import { parseDocument } from './document.js';
import { NodeConfig } from './node-config.js';

const valid = { base: BASE, inbounds: [vless('v', 1), shadowsocks('s', 2)], users: users(2) };
const withInbound = (inbound: object) => ({ ...valid, inbounds: [inbound] });
const withUser = (changes: object) => ({ ...valid, users: [user('a'), { ...user('b'), ...changes }] });

test.each([
  ['no object', 'text', /not valid/],
  ['no base', { inbounds: [], users: [] }, /base/],
  ['inbounds in the base', { ...valid, base: { inbounds: [] } }, /inbounds do not belong to the base/],
  ['another protocol', withInbound({ ...vless('v', 1), protocol: 'telepathy' }), /inbounds\.0/],
  ['a tag of the agent', withInbound(vless('api', 1)), /belongs to the agent/],
  ['a tag that is no tag', withInbound(vless('a b', 1)), /inbounds\.0\.tag/],
  ['several ports', withInbound({ ...vless('v', 1), port: '1-2' }), /inbounds\.0\.port/],
  ['clients', withInbound({ ...vless('v', 1), settings: { clients: [] } }), /users of an inbound are not part/],
  ['another name for clients', withInbound({ ...trojan('t', 1), settings: { users: [] } }), /users of an inbound/],
  ['an unknown flow', withInbound({ ...vless('v', 1), settings: { flow: 'x' } }), /flow/],
  ['Shadowsocks for one user', withInbound({ ...shadowsocks('s', 1), settings: { method: 'none' } }), /method/],
  ['too many inbounds', { ...valid, inbounds: Array.from({ length: 201 }, (_, i) => vless(`v${i}`, i + 1)) }, /200/],
  ['too many users', { ...valid, users: Array.from({ length: 200_001 }, () => user('a')) }, /200000/],
  ['the same tag twice', { ...valid, inbounds: [vless('v', 1), vmess('v', 2)] }, /the tag v/],
  ['the same port twice', { ...valid, inbounds: [vless('v', 1), { ...vmess('m', 1), listen: '::' }] }, /port 1/],
  ['a user id in upper case', withUser({ id: 'B' }), /users\.1\.id/],
  ['a user id with a dot', withUser({ id: 'b.v' }), /users\.1\.id/],
  ['the id of the placeholder', withUser({ id: 'placeholder' }), /another account/],
  ['the same id twice', withUser({ id: 'a' }), /the id a/],
  ['no UUID', withUser({ uuid: 'short' }), /Not a UUID/],
  ['the same UUID twice', withUser({ uuid: user('a').uuid.toUpperCase() }), /same UUID/],
  ['UUIDs that are one to VLESS', withUser({ uuid: user('a').uuid.replace(/-4...-/, '-4000-') }), /same UUID/],
  ['an empty password', withUser({ password: '' }), /password/],
  ['an endless password', withUser({ password: 'x'.repeat(257) }), /password/],
  ['the same password twice', withUser({ password: user('a').password }), /same password/],
])('[R7.7] a document with %s is refused', (_, document, words) => {
  expect(() => parseDocument(document)).toThrow(words);
});

test('[R7.7] what is wrong is said without the secrets', () => {
  const secret = 'my secret UUID';
  expect(() => parseDocument(withUser({ uuid: secret }))).toThrow(expect.not.objectContaining({ message: secret }));
});

test('a port may be used by TCP in one inbound and by UDP in another, and on two addresses', () => {
  const udp = { ...shadowsocks('s', 1), settings: { ...shadowsocks('s', 1).settings, network: 'udp' } };
  const http3 = { network: 'xhttp', security: 'tls', tlsSettings: { alpn: ['h3'] } };
  const inbounds = [vless('v', 1), udp, vmess('m', 2), { ...vless('h3', 2), streamSettings: http3 }];
  expect(() => parseDocument({ ...valid, inbounds })).not.toThrow();
  const elsewhere = { ...vless('w', 1), listen: '127.0.0.2' };
  expect(() => parseDocument({ ...valid, inbounds: [vless('v', 1), elsewhere] })).not.toThrow();
});

test('[R7.7] a change must not make two users one', () => {
  const config = NodeConfig.from({ ...valid, users: [user('a'), user('b')] });
  const twin = { ...user('c'), uuid: user('a').uuid };
  expect(() => config.withUsers([twin], [])).toThrow('same UUID');
  expect(() => config.withUsers([twin], ['a'])).not.toThrow();
  expect(() => config.withUsers([], ['A B'])).toThrow('remove.0');
});
