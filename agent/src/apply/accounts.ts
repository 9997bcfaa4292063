import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { accountOf, emailOf, extraAccounts } from '../configuration/account.js';
import type { Inbound } from '../configuration/document.js';
import type { NodeConfig } from '../configuration/node-config.js';
import type { User } from '../configuration/users.js';
import { isKnownAlready, isUnknown } from '../xray/api.js';
import type { XrayApi } from '../xray/api.js';
import { forEach } from './for-each.js';
import type { AccountChanges } from './plan.js';

/** Xray takes one user in a call; this many calls at once are three times as fast as one by one, and more are not. */
const IN_FLIGHT = 32;

/** Removes before it adds: a UUID that moves from one user to another would else be lost with the first. */
export async function changeAccounts(api: XrayApi, { inbound, remove, add }: AccountChanges): Promise<void> {
  const limit = inbound.protocol === 'shadowsocks' ? 1 : IN_FLIGHT;
  await forEach(remove, limit, (user) => removeAccount(api, inbound, user));
  await forEach(add, limit, (user) => addAccount(api, inbound, user));
}

/** Tags of inbounds in which Xray does not count the users that this configuration gives them. */
export async function miscounted(api: XrayApi, config: NodeConfig): Promise<string[]> {
  const wrong = await Promise.all(config.inbounds.map((inbound) => isMiscounted(api, inbound, config)));
  return config.inbounds.filter((_, index) => wrong[index]).map(({ tag }) => tag);
}

async function isMiscounted(api: XrayApi, inbound: Inbound, { users }: NodeConfig): Promise<boolean> {
  try {
    return (await api.countUsers(inbound.tag)) !== users.list.length + extraAccounts(inbound);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return true; // there is no such inbound
  }
}

/** Xray itself has said no; anything else means that it has ended or hangs, and what it has done nobody knows. */
export function isRefusal(error: unknown): boolean {
  const { code } = error as Partial<ServiceError>;
  return code === status.UNKNOWN || code === status.NOT_FOUND;
}

async function removeAccount(api: XrayApi, { tag }: Inbound, { id }: User): Promise<void> {
  await api.removeUser(tag, emailOf(id, tag)).catch((error: unknown) => {
    if (!isUnknown(error)) throw error;
  });
}

async function addAccount(api: XrayApi, inbound: Inbound, user: User): Promise<void> {
  const { tag } = inbound;
  const email = emailOf(user.id, tag);
  const account = accountOf(inbound, user);
  try {
    await api.addUser(tag, email, account);
  } catch (error) {
    if (!isKnownAlready(error)) throw error;
    await removeAccount(api, inbound, user); // with other credentials, perhaps
    await api.addUser(tag, email, account);
  }
}
