import { expect, test } from 'vitest';
import { NodeConfig } from '../configuration/node-config.js';
import { BASE, shadowsocks, trojan, user, users, vless, vmess } from '../support/node-documents.js';
import { planFrom } from './plan.js';
import type { LivePlan } from './plan.js';
import { summaryOf } from './summary.js';

const document = { base: BASE, inbounds: [vless('v', 1), trojan('t', 2), shadowsocks('s', 3)], users: users(3) };
const from = (changes: object) => NodeConfig.from({ ...document, ...changes });
const before = from({});

function planTo(changes: object, suspects: string[] = []) {
  const plan = planFrom(before, from(changes), new Set(suspects)) as LivePlan;
  return {
    remove: plan.remove,
    add: plan.add.map(({ tag }) => tag),
    accounts: Object.fromEntries(
      plan.accounts.map(({ inbound, remove, add }) => [inbound.tag, { remove: idsOf(remove), add: idsOf(add) }]),
    ),
    summary: summaryOf(plan, 0),
  };
}

const idsOf = (list: { id: string }[]) => list.map(({ id }) => id);
const everywhere = (changes: { remove: string[]; add: string[] }) => ({ s: changes, t: changes, v: changes });

test('[R3.4] nothing is done for the same configuration', () => {
  expect(planTo({})).toEqual({ remove: [], add: [], accounts: {}, summary: 'Nothing had to change in Xray' });
});

test('[R3.4] a user is added to and removed from every inbound', () => {
  expect(planTo({ users: [...users(2), user('x')] })).toEqual({
    remove: [],
    add: [],
    accounts: everywhere({ remove: ['u2'], add: ['x'] }),
    summary: '1 user added, 1 removed',
  });
});

test('[R3.4] an inbound that sees no difference in a user is left alone', () => {
  const { uuid } = user('other');
  expect(planTo({ users: [...users(2), { ...user('u2'), uuid }] }).accounts).toEqual({
    v: { remove: ['u2'], add: ['u2'] },
  });
});

test('[R3.4] an inbound that is made anew needs no change of its accounts', () => {
  const [v, ...others] = document.inbounds;
  const plan = planTo({ inbounds: [{ ...v!, port: 9 }, ...others, vmess('m', 4)], users: [...users(3), user('x')] });
  expect(plan).toEqual({
    remove: ['v'],
    add: ['m', 'v'],
    accounts: { s: { remove: [], add: ['x'] }, t: { remove: [], add: ['x'] } },
    summary: '1 user added, inbound m added, inbound v replaced',
  });
});

test('[R3.4] an inbound under suspicion is made anew', () => {
  expect(planTo({}, ['t'])).toMatchObject({ remove: ['t'], add: ['t'], accounts: {} });
});

test('[R3.4] many users of Shadowsocks are no work for single calls', () => {
  expect(planTo({ users: users(203) })).toMatchObject({ remove: [], add: [] });
  expect(planTo({ users: users(204) })).toMatchObject({ remove: ['s'], add: ['s'] });
});

test('[R3.4] another base needs a restart', () => {
  expect(planFrom(before, from({ base: {} }))).toEqual({ kind: 'restart' });
});
