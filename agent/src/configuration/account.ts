import { createHash } from 'node:crypto';
import { keyBytesOf } from './document.js';
import type { Inbound } from './document.js';
import type { User } from './users.js';

/**
 * What a user is to one inbound. It is made from the inbound that this agent has configured and from nothing else: Xray
 * ends, and all its connections with it, when it is handed an account of another protocol.
 */
export type Account =
  | { protocol: 'vless'; id: string; flow: string }
  | { protocol: 'vmess'; id: string }
  | { protocol: 'trojan'; password: string }
  | { protocol: 'shadowsocks'; key: string };

export function accountOf(inbound: Inbound, user: User): Account {
  switch (inbound.protocol) {
    case 'vless':
      return { protocol: 'vless', id: user.uuid, flow: inbound.settings.flow ?? '' };
    case 'vmess':
      return { protocol: 'vmess', id: user.uuid };
    case 'trojan':
      return { protocol: 'trojan', password: user.password };
    case 'shadowsocks':
      return { protocol: 'shadowsocks', key: userKey(user, keyBytesOf(inbound.settings.method)) };
  }
}

/** Whether the inbound sees a difference between the two. */
export function sameAccount(inbound: Inbound, one: User, other: User): boolean {
  const byUuid = inbound.protocol === 'vless' || inbound.protocol === 'vmess';
  return byUuid ? one.uuid === other.uuid : one.password === other.password;
}

export function emailOf(userId: string, tag: string): string {
  return `${userId}.${tag}`;
}

/** Accounts that an inbound has besides those of its users. */
export function extraAccounts(inbound: Inbound): number {
  return inbound.protocol === 'shadowsocks' ? 1 : 0;
}

/** The elements of `settings.clients`, without the brackets. */
export function clientsText(inbound: Inbound, users: readonly User[]): string {
  const { tag } = inbound;
  const clients = users.map((user) => clientText(accountOf(inbound, user), emailOf(user.id, tag)));
  if (inbound.protocol === 'shadowsocks') {
    const { method, password } = inbound.settings;
    const key = shadowsocksKey('vpanel-ss2022-placeholder', password, keyBytesOf(method));
    clients.unshift(clientText({ protocol: 'shadowsocks', key }, emailOf('placeholder', tag)));
  }
  return clients.join(',');
}

/** Ids, tags, UUIDs, flows and keys have been checked or made here: nothing in them has to be escaped. */
function clientText(account: Account, email: string): string {
  switch (account.protocol) {
    case 'vless':
      return `{"id":"${account.id}","email":"${email}","level":0${account.flow && `,"flow":"${account.flow}"`}}`;
    case 'vmess':
      return `{"id":"${account.id}","email":"${email}","level":0}`;
    case 'trojan':
      return `{"password":${JSON.stringify(account.password)},"email":"${email}","level":0}`;
    case 'shadowsocks':
      return `{"password":"${account.key}","email":"${email}","level":0}`;
  }
}

const userKeys = { 16: new WeakMap<User, string>(), 32: new WeakMap<User, string>() };

/** Hashing is what would cost most when all users are written anew because one of them has changed. */
function userKey(user: User, bytes: 16 | 32): string {
  const known = userKeys[bytes].get(user);
  if (known !== undefined) return known;
  const key = shadowsocksKey('vpanel-ss2022', user.password, bytes);
  userKeys[bytes].set(user, key);
  return key;
}

function shadowsocksKey(purpose: string, secret: string, bytes: number): string {
  return createHash('sha256').update(`${purpose}\n${secret}`).digest().subarray(0, bytes).toString('base64');
}
