import { sameAccount } from '../configuration/account.js';
import type { Inbound } from '../configuration/document.js';
import type { NodeConfig } from '../configuration/node-config.js';
import { differenceOf } from '../configuration/users.js';
import type { User, UserDifference } from '../configuration/users.js';

/** Every change of a user makes Shadowsocks 2022 hash all of them anew: from here on a new inbound is the lesser evil. */
const MAX_SHADOWSOCKS_CHANGES = 200;

/** Accounts to remove from an inbound that stays, and to add to it after that. */
export interface AccountChanges {
  inbound: Inbound;
  remove: User[];
  add: User[];
}

export interface LivePlan {
  kind: 'live';
  /** Tags of inbounds to remove; some of them come back among `add`. */
  remove: string[];
  add: Inbound[];
  accounts: AccountChanges[];
  users: UserDifference;
}

export type Plan = LivePlan | { kind: 'restart' };

/** The least that leads from one configuration to another. `suspects` are tags that do not run as `before` says. */
export function planFrom(before: NodeConfig, after: NodeConfig, suspects: ReadonlySet<string> = new Set()): Plan {
  if (!after.hasBaseOf(before)) return { kind: 'restart' };
  const users = differenceOf(before.users, after.users);
  const stays = (inbound: Inbound) => after.hasInboundOf(before, inbound.tag) && !suspects.has(inbound.tag);
  const staying = after.inbounds.filter((inbound) => stays(inbound)).map((inbound) => changesOf(inbound, users));
  const crowded = staying.filter(isTooMuch).map(({ inbound }) => inbound);
  const add = [...after.inbounds.filter((inbound) => !stays(inbound)), ...crowded];
  const replaced = new Set(add.map(({ tag }) => tag));
  const remove = before.inbounds.map(({ tag }) => tag).filter((tag) => replaced.has(tag) || !after.inbound(tag));
  const accounts = staying.filter((changes) => !isTooMuch(changes) && changes.remove.length + changes.add.length > 0);
  return { kind: 'live', remove, add, accounts, users };
}

export function touchesInbounds({ remove, add }: LivePlan): boolean {
  return remove.length + add.length > 0;
}

function changesOf(inbound: Inbound, { added, removed, changed }: UserDifference): AccountChanges {
  const seen = changed.filter(([before, after]) => !sameAccount(inbound, before, after));
  return {
    inbound,
    remove: [...removed, ...seen.map(([before]) => before)],
    add: [...added, ...seen.map(([, after]) => after)],
  };
}

function isTooMuch({ inbound, remove, add }: AccountChanges): boolean {
  return inbound.protocol === 'shadowsocks' && remove.length + add.length > MAX_SHADOWSOCKS_CHANGES;
}
