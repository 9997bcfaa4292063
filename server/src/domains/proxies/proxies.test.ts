import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../platform/graphql/paging.js';
import { dumpAllTables } from '../../testing/database.js';
import { Fleet, shadowsocks } from '../../testing/fleet.js';
import { HOSTILE_TEXTS } from '../../testing/hostile-texts.js';
import { startTestPanel, type TestPanel } from '../../testing/panel.js';
import { until } from '../../testing/until.js';
import { MASK } from './inbound.mask.js';
import { ProxyTemplate } from './proxy-templates.js';

let panel: TestPanel;
let fleet: Fleet;
beforeAll(async () => {
  panel = await startTestPanel();
  fleet = new Fleet(panel);
});
afterAll(async () => {
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

type Input = Record<string, unknown>;
interface Proxy {
  id: string;
  name: string;
  port: number;
  enabled: boolean;
  everywhere: boolean;
  inbound: Input;
  targetNodes: { id: string }[];
  targetGroups: { id: string }[];
}
interface Built {
  protocol: string;
  port: number;
  inbound: Input;
}

const PROXY = `id name protocol port enabled everywhere inbound targetNodes { id } targetGroups { id } createdAt updatedAt`;
const CREATE = `mutation ($input: CreateProxyInput!) { createProxy(input: $input) { proxy { ${PROXY} } affectedNodes } }`;
const UPDATE = `mutation ($input: UpdateProxyInput!) { updateProxy(input: $input) { proxy { ${PROXY} } affectedNodes } }`;
const REMOVE = `mutation ($id: ID!) { deleteProxy(id: $id) { deletedId } }`;
const VALIDATE = `mutation ($input: CreateProxyInput!) { validateProxy(input: $input) { valid inbound problems { path message } warnings { path } } }`;
const BUILD = `mutation ($input: BuildProxyInput!) { buildProxy(input: $input) { protocol port inbound } }`;
const READ = `query ($id: ID!) { proxy(id: $id) { ${PROXY} } }`;
const LIST = `query ($first: Int, $after: String, $search: String) {
  proxies(first: $first, after: $after, search: $search) { nodes { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
const UPDATE_GROUP = `mutation ($input: UpdateNodeGroupInput!) { updateNodeGroup(input: $input) { group { id } } }`;
const UPDATE_NODE = `mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { node { id } } }`;
const CREATE_NODE = `mutation ($input: CreateNodeInput!) { createNode(input: $input) { node { id } } }`;

/** On a node of its own unless said otherwise, so that nothing stands in the way of another test. */
async function input(more: Input = {}): Promise<Input> {
  const where = 'targetNodeIds' in more || 'targetGroupIds' in more ? {} : { targetNodeIds: [await fleet.node()] };
  const name = fleet.unique('proxy');
  return { name, protocol: 'SHADOWSOCKS', port: fleet.port(), inbound: shadowsocks(), ...where, ...more };
}
const create = async (more: Input = {}): Promise<Proxy & { affectedNodes: number }> => {
  const { createProxy } = await panel.data<{ createProxy: { proxy: Proxy; affectedNodes: number } }>(CREATE, {
    input: await input(more),
  });
  return { ...createProxy.proxy, affectedNodes: createProxy.affectedNodes };
};
const update = async (change: Input): Promise<Proxy & { affectedNodes: number }> => {
  const { updateProxy } = await panel.data<{ updateProxy: { proxy: Proxy; affectedNodes: number } }>(UPDATE, {
    input: change,
  });
  return { ...updateProxy.proxy, affectedNodes: updateProxy.affectedNodes };
};
const read = async (id: string): Promise<Proxy | null> =>
  (await panel.data<{ proxy: Proxy | null }>(READ, { id })).proxy;
const build = async (template: string, more: Input = {}): Promise<Built> =>
  (await panel.data<{ buildProxy: Built }>(BUILD, { input: { template, ...more } })).buildProxy;
const validate = async (candidate: Input) =>
  (
    await panel.data<{
      validateProxy: { valid: boolean; inbound: Input | null; problems: { path: string; message: string }[] };
    }>(VALIDATE, { input: candidate })
  ).validateProxy;
const remove = (id: string): Promise<unknown> => panel.data(REMOVE, { id });

const TEMPLATES = Object.values(ProxyTemplate);

/** Every text that stands where a private key does. */
function keysIn(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysIn(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => keysIn(child, key));
  }
  return typeof value === 'string' && ['privateKey', 'password', 'key'].includes(name) ? [value] : [];
}

describe('[R7.2] [R7.7] every template', () => {
  test.each(TEMPLATES)('%s is built with fresh keys, stored, shown masked, and kept secret', async (template) => {
    const [one, two] = [await build(template), await build(template)];
    const secrets = keysIn(one.inbound);
    expect(keysIn(two.inbound).filter((key) => secrets.includes(key) && !key.startsWith('-----'))).toEqual([]);
    const candidate = await input({ ...one, port: fleet.port() });
    candidate['inbound'] = { ...one.inbound, port: candidate['port'] };
    expect(await validate(candidate)).toMatchObject({ valid: true, problems: [] });
    const { createProxy } = await panel.data<{ createProxy: { proxy: Proxy } }>(CREATE, { input: candidate });
    const { proxy } = createProxy;
    expect(keysIn(proxy.inbound).every((key) => key === MASK)).toBe(true);
    expect(keysIn(proxy.inbound).length > 0).toBe(secrets.length > 0);
    expect(await read(proxy.id)).toEqual(proxy);
    const { nodes } = await panel.data<{ nodes: { nodes: { config: unknown }[] } }>(
      'query ($ids: [ID!]) { nodes(filter: { groupIds: $ids }) { nodes { config } } }',
      { ids: [await fleet.group({ nodeIds: proxy.targetNodes.map(({ id }) => id) })] },
    );
    const places = {
      tables: await dumpAllTables(panel.db),
      log: JSON.stringify(panel.logEntries),
      answers: JSON.stringify([proxy, await panel.graphql(LIST), nodes, await validate(candidate)]),
    };
    expect(JSON.stringify(nodes)).toContain(proxy.id);
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets.filter((line) => !line.startsWith('-----'))) {
        const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64').toString('hex')];
        for (const form of forms) expect(text.includes(form), `a key in the ${place}`).toBe(false);
      }
    }
  });

  test('is built with what is asked for', async () => {
    const built = await build('VLESS_WS_TLS', { port: 8_443, serverName: 'cdn.example.com', path: '/here' });
    expect(built).toMatchObject({
      protocol: 'VLESS',
      port: 8_443,
      inbound: { streamSettings: { wsSettings: { path: '/here' }, tlsSettings: { serverName: 'cdn.example.com' } } },
    });
    expect(await panel.refusal(BUILD, { input: { template: 'TROJAN_TLS', certificate: 'x' } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'key' }],
    });
  });

  test('the schema of inbounds is one, for editors', async () => {
    const { proxyInboundSchema: schema } = await panel.data<{ proxyInboundSchema: Input }>('{ proxyInboundSchema }');
    expect(schema['$schema']).toMatch(/^http:\/\/json-schema\.org\/draft-07\/schema/);
    for (const protocol of ['vless', 'vmess', 'trojan', 'shadowsocks']) {
      expect(JSON.stringify(schema)).toContain(`"const":"${protocol}"`);
    }
  });
});

describe('making a proxy', () => {
  test('[R7.7] all that is wrong with it is told at once, by paths, and nothing is stored', async () => {
    const name = fleet.unique('!');
    const candidate = await input({
      name,
      protocol: 'VLESS',
      port: 70_000,
      inbound: {
        decryption: 'none',
        settings: { decryption: 'none', flow: 'nonsense' },
        streamSettings: { network: 'ws', wsSettings: { path: 'no-slash' }, security: 'tls' },
      },
    });
    const { code, fields, message } = await panel.refusal(CREATE, { input: candidate });
    expect(code).toBe('CONFIG_INVALID');
    const paths = fields.map(({ path }) => path);
    for (const path of [
      'name',
      'port',
      'inbound.decryption',
      'inbound.settings.flow',
      'inbound.streamSettings.wsSettings.path',
      'inbound.streamSettings.tlsSettings',
    ]) {
      expect(paths).toContain(path);
      expect(message).toContain(path);
    }
    const verdict = await validate(candidate);
    expect(verdict).toMatchObject({ valid: false, inbound: null });
    expect(verdict.problems).toEqual(fields);
    expect(await panel.data(LIST, { search: name })).toMatchObject({ proxies: { totalCount: 0 } });
  });

  test('[R7.7] a key that is refused is not repeated', async () => {
    const password = 'c2hvcnQgc2VjcmV0';
    const candidate = await input({ inbound: { settings: { method: '2022-blake3-aes-256-gcm', password } } });
    for (const query of [CREATE, VALIDATE]) {
      expect(JSON.stringify(await panel.graphql(query, { input: candidate }))).not.toContain(password);
    }
    const wrong = { ...candidate, port: 'x' };
    expect(JSON.stringify(await panel.graphql(CREATE, { input: wrong }))).not.toContain(password);
  });

  test('a mask is no key', async () => {
    const { code, fields } = await panel.refusal(CREATE, {
      input: await input({ inbound: { settings: { method: '2022-blake3-aes-128-gcm', password: MASK } } }),
    });
    expect([code, ...fields.map(({ path }) => path)]).toEqual(['CONFIG_INVALID', 'inbound.settings.password']);
  });

  test('a name that another proxy has is a conflict that names the field, and validateProxy knows it', async () => {
    const { name } = await create();
    const candidate = await input({ name });
    const taken = { path: 'name', message: 'is the name of another proxy' };
    expect(await panel.refusal(CREATE, { input: candidate })).toMatchObject({ code: 'CONFLICT', fields: [taken] });
    expect(await validate(candidate)).toMatchObject({ valid: false, problems: [taken] });
    const other = await create();
    expect(await panel.refusal(UPDATE, { input: { id: other.id, name } })).toMatchObject({
      code: 'CONFLICT',
      fields: [taken],
    });
  });

  test('[R7.2] targets that do not exist are named one by one, by validateProxy as well', async () => {
    const node = await fleet.node();
    const candidate = await input({
      targetNodeIds: [node, randomUUID(), 'nonsense'],
      targetGroupIds: ['a\0b', randomUUID()],
    });
    const expected = ['targetNodeIds.1', 'targetNodeIds.2', 'targetGroupIds.0', 'targetGroupIds.1'];
    const { code, fields } = await panel.refusal(CREATE, { input: candidate });
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map(({ path }) => path)).toEqual(expected);
    const verdict = await validate(candidate);
    expect(verdict.valid).toBe(false);
    expect(verdict.problems.map(({ path }) => path)).toEqual(expected);
    const { id } = await create();
    expect(await panel.refusal(UPDATE, { input: { id, targetNodeIds: [randomUUID()] } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'targetNodeIds.0' }],
    });
  });

  test('[R7.2] a target that is named twice, in whatever case, is one', async () => {
    const [node, group] = [await fleet.node(), await fleet.group()];
    const proxy = await create({
      targetNodeIds: [node, node, node.toUpperCase()],
      targetGroupIds: [group, group.toUpperCase()],
    });
    expect(proxy).toMatchObject({ targetNodes: [{ id: node }], targetGroups: [{ id: group }], affectedNodes: 1 });
  });

  test('validateProxy stores nothing and marks nothing', async () => {
    const candidate = await input({ targetNodeIds: [] });
    const stored = (): Promise<unknown> =>
      panel.db.query(
        `SELECT (SELECT count(*) FROM proxies) AS proxies, (SELECT version FROM config_clock) AS version,
           (SELECT max(wanted_version) FROM node_sync) AS wanted`,
      );
    const before = await stored();
    const { valid, inbound } = await validate(candidate);
    expect([valid, keysIn(inbound)]).toEqual([true, [MASK]]);
    expect(await stored()).toEqual(before);
  });
});

describe('[R7.7] a port of a node', () => {
  const refusedFor = async (more: Input): Promise<string> => {
    const candidate = await input(more);
    const { code, fields } = await panel.refusal(CREATE, { input: candidate });
    expect([code, ...fields.map(({ path }) => path)]).toEqual(['CONFIG_INVALID', 'port']);
    expect((await validate(candidate)).problems).toEqual(fields);
    return fields[0]!.message;
  };

  test('belongs to one proxy, however the two come to the node', async () => {
    const node = await fleet.node();
    const group = await fleet.group({ nodeIds: [node] });
    const other = await fleet.group({ nodeIds: [node] });
    for (const targets of [{ targetNodeIds: [node] }, { targetGroupIds: [group] }, { targetNodeIds: [] }]) {
      const taken = await create(targets);
      const { port, name } = taken;
      for (const more of [
        { targetNodeIds: [node] },
        { targetGroupIds: [other] },
        { targetNodeIds: [await fleet.node()], targetGroupIds: [group] },
        { targetNodeIds: [] },
      ]) {
        expect(await refusedFor({ ...more, port })).toContain(`"${name}"`);
      }
      const mover = await create({ targetNodeIds: [node] });
      expect(await panel.refusal(UPDATE, { input: { id: mover.id, port } })).toMatchObject({
        code: 'CONFIG_INVALID',
        fields: [{ path: 'port' }],
      });
      // A proxy is not in its own way.
      await update({ id: taken.id, port });
      await remove(taken.id);
      await update({ id: mover.id, port });
    }
  });

  test('is free where the two share no node', async () => {
    const port = fleet.port();
    const groups = [await fleet.group({ nodeIds: [await fleet.node()] }), await fleet.group()];
    for (const targets of [
      { targetNodeIds: [await fleet.node()] },
      { targetGroupIds: groups.slice(0, 1) },
      { targetGroupIds: groups.slice(1) },
    ]) {
      await create({ ...targets, port });
    }
  });

  test('is blocked by a proxy that is switched off, whatever changes', async () => {
    const node = await fleet.node();
    const off = await create({ targetNodeIds: [node], enabled: false });
    await refusedFor({ targetNodeIds: [node], port: off.port });
    const group = await fleet.group();
    await create({ targetGroupIds: [group], port: off.port });
    expect(await panel.refusal(UPDATE_GROUP, { input: { id: group, nodeIds: [node] } })).toMatchObject({
      code: 'CONFLICT',
    });
    expect(await update({ id: off.id, enabled: true })).toMatchObject({ enabled: true });
  });

  test('keeps a node out of a group that would bring another proxy to it; nothing is changed then', async () => {
    const node = await fleet.node();
    const { port, name } = await create({ targetNodeIds: [node] });
    const group = await fleet.group();
    const other = await create({ targetGroupIds: [group], port });
    const before = await panel.data(`query ($id: ID!) { nodeGroup(id: $id) { name nodes { totalCount } } }`, {
      id: group,
    });
    const refusals = [
      await panel.refusal(UPDATE_GROUP, { input: { id: group, name: fleet.unique('never'), nodeIds: [node] } }),
      await panel.refusal(UPDATE_NODE, { input: { id: node, name: fleet.unique('never'), groupIds: [group] } }),
    ];
    for (const { code, message } of refusals) {
      expect(code).toBe('CONFLICT');
      expect([name, other.name].some((known) => message.includes(`"${known}"`))).toBe(true);
    }
    expect(
      await panel.data(`query ($id: ID!) { nodeGroup(id: $id) { name nodes { totalCount } } }`, { id: group }),
    ).toEqual(before);
    expect(await panel.data(`{ nodes(filter: { search: "never" }) { totalCount } }`)).toEqual({
      nodes: { totalCount: 0 },
    });
    // Another node may join.
    await panel.data(UPDATE_GROUP, { input: { id: group, nodeIds: [await fleet.node()] } });
  });

  test("is not that of the node's agent, neither of a new node nor after a change", async () => {
    const node = await fleet.node({ agentPort: 9_100 });
    expect(await refusedFor({ targetNodeIds: [node], port: 9_100 })).toContain('agent');
    const { port } = await create({ targetNodeIds: [node] });
    expect(await panel.refusal(UPDATE_NODE, { input: { id: node, agentPort: port } })).toMatchObject({
      code: 'CONFLICT',
    });
    const everywhere = await create({ targetNodeIds: [] });
    const candidate = { name: fleet.unique('never'), address: 'never.test', agentPort: everywhere.port };
    expect(await panel.refusal(CREATE_NODE, { input: candidate })).toMatchObject({ code: 'CONFLICT' });
    expect(await panel.data(`query { nodes(filter: { search: "${candidate.name}" }) { totalCount } }`)).toEqual({
      nodes: { totalCount: 0 },
    });
    await remove(everywhere.id);
    await panel.data(CREATE_NODE, { input: candidate });
  });

  test('is free again once the proxy is deleted or has moved', async () => {
    const node = await fleet.node();
    const { id, port } = await create({ targetNodeIds: [node] });
    await update({ id, port: fleet.port() });
    const next = await create({ targetNodeIds: [node], port });
    await remove(next.id);
    await create({ targetNodeIds: [node], port });
  });
});

describe('changing a proxy', () => {
  test('an absent field stays as it is, and what cannot be cleared is said', async () => {
    const { affectedNodes: _, ...proxy } = await create();
    const { updatedAt: __, ...same } = proxy as Proxy & { updatedAt: string };
    expect(await update({ id: proxy.id })).toMatchObject(same);
    for (const field of ['name', 'port', 'inbound', 'enabled']) {
      expect(await panel.refusal(UPDATE, { input: { id: proxy.id, [field]: null } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: field }],
      });
    }
  });

  test.each([randomUUID(), 'nonsense', '', 'a\0b'])('of the id %j, which there is not, is refused', async (id) => {
    expect(await panel.refusal(UPDATE, { input: { id, name: 'x' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await panel.refusal(REMOVE, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await read(id)).toBeNull();
  });

  test('[R7.7] to what is wrong is refused with all problems, and changes nothing', async () => {
    const { affectedNodes: _, ...proxy } = await create();
    const inbound = { settings: { method: 'nonsense', password: MASK }, nonsense: 1 };
    const { code, fields } = await panel.refusal(UPDATE, { input: { id: proxy.id, name: '!', port: 0, inbound } });
    expect(code).toBe('CONFIG_INVALID');
    expect(fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'port', 'inbound.settings.method', 'inbound.nonsense']),
    );
    expect(await read(proxy.id)).toEqual(proxy);
  });

  test.each([
    ['a text', '8443'],
    ['half a number', 8_443.5],
    ['nothing', null],
  ])('[R7.7] a port in the inbound that is %s is refused and not passed over', async (_what, port) => {
    const proxy = await create();
    expect(await panel.refusal(UPDATE, { input: { id: proxy.id, inbound: { ...proxy.inbound, port } } })).toMatchObject(
      {
        code: 'CONFIG_INVALID',
      },
    );
    expect((await read(proxy.id))?.port).toBe(proxy.port);
  });

  test('the port is said beside the inbound or in it', async () => {
    const { id, inbound } = await create();
    const [first, second] = [fleet.port(), fleet.port()];
    expect(await update({ id, port: first })).toMatchObject({ port: first, inbound: { port: first } });
    expect(await update({ id, inbound: { ...inbound, port: second } })).toMatchObject({
      port: second,
      inbound: { port: second },
    });
    const { port: _, ...without } = inbound;
    expect(await update({ id, inbound: without })).toMatchObject({ port: second });
  });

  test.each(TEMPLATES)('%s goes on with its keys when masks are sent back with other changes', async (template) => {
    const agent = await fleet.agent();
    const built = await build(template);
    const port = fleet.port();
    const proxy = await create({ ...built, port, inbound: { ...built.inbound, port }, targetNodeIds: [agent.nodeId] });
    const changed = await update({
      id: proxy.id,
      name: fleet.unique('renamed'),
      inbound: { ...proxy.inbound, listen: '192.0.2.1', sniffing: { enabled: false } },
    });
    expect(keysIn(changed.inbound)).toEqual(keysIn(proxy.inbound));
    expect(changed.inbound).toMatchObject({ listen: '192.0.2.1', sniffing: { enabled: false } });
    await until('the change', () => {
      const [inbound] = (agent.document?.inbounds ?? []) as unknown as Input[];
      return inbound?.['listen'] === '192.0.2.1' && inbound;
    });
    const [inbound] = agent.document!.inbounds as unknown as Input[];
    expect(keysIn(inbound)).toEqual(keysIn(built.inbound));
    expect(keysIn(inbound)).not.toContain(MASK);
  });

  test('[R7.2] [R7.7] one that is switched off leaves its nodes and comes back', async () => {
    const agent = await fleet.agent();
    const { id } = await create({ targetNodeIds: [agent.nodeId] });
    await until('the proxy', () => agent.tags.includes(id));
    expect(await update({ id, enabled: false })).toMatchObject({ enabled: false, affectedNodes: 1 });
    await until('the proxy gone', () => !agent.tags.includes(id));
    await update({ id, enabled: true });
    await until('the proxy back', () => agent.tags.includes(id));
    await remove(id);
    await until('the proxy gone for good', () => !agent.tags.includes(id));
    await fleet.inStep(agent);
    expect(await read(id)).toBeNull();
  });
});

describe('[R7.2] where a proxy is served', () => {
  test('is everywhere without targets, and where its targets are with some', async () => {
    const agents = [await fleet.agent(), await fleet.agent()];
    const [one, two] = agents as [(typeof agents)[0], (typeof agents)[0]];
    const group = await fleet.group({ nodeIds: [two.nodeId] });
    const { id, everywhere, affectedNodes } = await create({ targetNodeIds: [] });
    const { nodes } = await panel.data<{ nodes: { totalCount: number } }>('{ nodes { totalCount } }');
    expect([everywhere, affectedNodes]).toEqual([true, nodes.totalCount]);
    for (const agent of agents) await until('the proxy everywhere', () => agent.tags.includes(id));
    // A node that joins later as well.
    const third = await fleet.agent();
    await until('the proxy on a new node', () => third.tags.includes(id));
    expect(await update({ id, targetGroupIds: [group] })).toMatchObject({
      everywhere: false,
      targetNodes: [],
      targetGroups: [{ id: group }],
    });
    await until('the proxy in the group alone', () => !one.tags.includes(id) && !third.tags.includes(id));
    expect(two.tags).toContain(id);
    expect(await update({ id, targetNodeIds: [one.nodeId], name: fleet.unique('moved') })).toMatchObject({
      targetNodes: [{ id: one.nodeId }],
      targetGroups: [{ id: group }],
      affectedNodes: 2,
    });
    await until('the proxy on both', () => one.tags.includes(id) && two.tags.includes(id));
    expect(await update({ id, targetNodeIds: null, targetGroupIds: [] })).toMatchObject({ everywhere: true });
    await until('the proxy everywhere again', () => third.tags.includes(id));
    await remove(id);
  });

  test('is nowhere after the last target was deleted, also after other changes', async () => {
    const node = await fleet.node();
    const { id } = await create({ targetNodeIds: [node] });
    await panel.data(`mutation ($id: ID!) { deleteNode(id: $id) { deletedId } }`, { id: node });
    expect(await update({ id, name: fleet.unique('lonely') })).toMatchObject({
      everywhere: false,
      targetNodes: [],
      affectedNodes: 0,
    });
  });
});

describe('the list of proxies', () => {
  test('is found by a part of the name, the protocol or the port, in order, page by page', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `listed-${index}`);
    const made: Proxy[] = [];
    for (const name of names.toReversed()) made.push(await create({ name }));
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const answer: {
        proxies: { nodes: { id: string; name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      } = await panel.data(LIST, { first: 2, after, search: 'LISTED-' });
      seen.push(...answer.proxies.nodes.map(({ name }) => name));
      if (page === 1) {
        await create({ name: 'listed-0a' });
        await remove(answer.proxies.nodes[0]!.id);
      }
      if (!answer.proxies.pageInfo.hasNextPage) break;
      after = answer.proxies.pageInfo.endCursor;
    }
    expect(seen).toEqual(names);
    const [last] = made;
    expect(await panel.data(LIST, { search: String(last!.port) })).toMatchObject({
      proxies: { nodes: [{ id: last!.id }], totalCount: 1 },
    });
    expect(await panel.data(LIST, { search: 'no_such%' })).toMatchObject({ proxies: { totalCount: 0 } });
    const { proxies } = await panel.data<{ proxies: { totalCount: number } }>(LIST, { search: 'hadowSOCKS' });
    expect(proxies.totalCount).toBeGreaterThan(8);
  });

  test.each([
    ['nonsense', 'nonsense'],
    ['not an id', encodeCursor(['x', 'nonsense'])],
    ['a name with the character U+0000', encodeCursor(['a\0b', randomUUID()])],
  ])('refuses a cursor that is %s', async (_what, after) => {
    expect(await panel.refusal(LIST, { after })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe.each(HOSTILE_TEXTS)('%s', (_what, text) => {
  test.each([
    ['the name', { name: text }],
    ['a path', { protocol: 'VMESS', inbound: { streamSettings: { network: 'ws', wsSettings: { path: `/${text}` } } } }],
    ['a key', { inbound: { settings: { method: '2022-blake3-aes-128-gcm', password: text } } }],
    ['the name of a setting', { inbound: { ...shadowsocks(), [text]: 1 } }],
    ['the inbound', { inbound: text }],
    ['a target', { targetNodeIds: [text] }],
  ])('is no fault as %s of a proxy', async (_place, more) => {
    const candidate = await input(more);
    const { errors } = await panel.graphql(CREATE, { input: candidate });
    expect(['CONFIG_INVALID', 'BAD_USER_INPUT']).toContain(errors?.[0]?.extensions?.['code']);
    const { data } = await panel.graphql<{ validateProxy: { valid: boolean } }>(VALIDATE, { input: candidate });
    expect(data?.validateProxy.valid).toBe(false);
  });

  test('is no fault in a change or a search', async () => {
    const proxy = await create();
    const changes = [{ name: text }, { inbound: { ...proxy.inbound, listen: text } }, { targetGroupIds: [text] }];
    for (const change of changes) {
      const { code } = await panel.refusal(UPDATE, { input: { id: proxy.id, ...change } });
      expect(['CONFIG_INVALID', 'BAD_USER_INPUT']).toContain(code);
    }
    const { errors } = await panel.graphql(LIST, { search: text });
    expect(errors?.[0]?.extensions?.['code'] ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
  });
});
