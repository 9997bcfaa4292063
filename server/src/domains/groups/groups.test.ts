import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../platform/graphql/paging.js';
import { Fleet } from '../../testing/fleet.js';
import { HOSTILE_TEXTS } from '../../testing/hostile-texts.js';
import { startTestPanel, type TestPanel } from '../../testing/panel.js';
import { ONLINE, seedNode } from '../../testing/seeds.js';
import { until } from '../../testing/until.js';

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

type Fields = Record<string, unknown>;
interface Group {
  id: string;
  name: string;
  nodes: { totalCount: number; nodes: { id: string }[] };
}

const GROUP = `id name description region createdAt updatedAt nodes { totalCount nodes { id } }`;
const CREATE = `mutation ($input: CreateNodeGroupInput!) { createNodeGroup(input: $input) { group { ${GROUP} } } }`;
const UPDATE = `mutation ($input: UpdateNodeGroupInput!) { updateNodeGroup(input: $input) { group { ${GROUP} } } }`;
const REMOVE = `mutation ($id: ID!) { deleteNodeGroup(id: $id) { deletedId unassignedNodes } }`;
const READ = `query ($id: ID!) { nodeGroup(id: $id) { ${GROUP} } }`;
const LIST = `query ($first: Int, $after: String, $search: String) {
  nodeGroups(first: $first, after: $after, search: $search) { nodes { id name } totalCount pageInfo { endCursor hasNextPage } } }`;
const CREATE_NODE = `mutation ($input: CreateNodeInput!) { createNode(input: $input) { node { id groups { id } } } }`;
const UPDATE_NODE = `mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { node { id groups { id name } } } }`;

const create = async (input: Fields): Promise<Group> =>
  (await panel.data<{ createNodeGroup: { group: Group } }>(CREATE, { input })).createNodeGroup.group;
const update = async (input: Fields): Promise<Group> =>
  (await panel.data<{ updateNodeGroup: { group: Group } }>(UPDATE, { input })).updateNodeGroup.group;
const read = async (id: string): Promise<Group | null> =>
  (await panel.data<{ nodeGroup: Group | null }>(READ, { id })).nodeGroup;
const idsOf = ({ nodes }: Group): string[] => nodes.nodes.map(({ id }) => id);
const groupsOfNode = async (id: string): Promise<string[]> => {
  const { node } = await panel.data<{ node: { groups: { id: string }[] } }>(
    'query ($id: ID!) { node(id: $id) { groups { id } } }',
    { id },
  );
  return node.groups.map((group) => group.id);
};

describe('making a group', () => {
  test('[R6.1] [R6.2] it has the name, description, region and nodes that it was given', async () => {
    const [a, b] = [await fleet.node({ name: 'made-a' }), await fleet.node({ name: 'made-b' })];
    const input = { name: 'Europe - west', description: 'near users', region: 'EU', nodeIds: [b, a] };
    const group = await create(input);
    expect(group).toMatchObject({ name: 'Europe - west', description: 'near users', region: 'EU' });
    expect(idsOf(group)).toEqual([a, b]);
    expect(await read(group.id)).toEqual(group);
  });

  test('[R6.2] description and region may be left out', async () => {
    expect(await create({ name: fleet.unique('bare') })).toMatchObject({
      description: '',
      region: null,
      nodes: { totalCount: 0 },
    });
    expect(await create({ name: fleet.unique('bare'), description: null, region: null, nodeIds: null })).toMatchObject({
      description: '',
      region: null,
      nodes: { totalCount: 0 },
    });
  });

  test('[R6.1] a name that another group has is a conflict that names the field', async () => {
    const name = fleet.unique('taken');
    await create({ name });
    const expected = { code: 'CONFLICT', fields: [{ path: 'name', message: 'is the name of another group' }] };
    expect(await panel.refusal(CREATE, { input: { name } })).toMatchObject(expected);
    const other = await fleet.group();
    expect(await panel.refusal(UPDATE, { input: { id: other, name } })).toMatchObject(expected);
  });

  test('[R6.1] one name at the same moment: one group is made', async () => {
    const name = fleet.unique('racing');
    const answers = await Promise.all(Array.from({ length: 5 }, () => panel.graphql(CREATE, { input: { name } })));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    for (const { errors } of answers.filter(({ data }) => !data)) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    }
  });

  test.each(['', ' ', 'ends with a space ', '-begins', 'a/b', 'a\nb', 'x'.repeat(65)])(
    'the name %j is refused, naming the field',
    async (name) => {
      expect(await panel.refusal(CREATE, { input: { name } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'name' }],
      });
    },
  );

  test('all wrong fields are told at once', async () => {
    const input = { name: '!', description: 'd'.repeat(501), region: 'r'.repeat(65), nodeIds: [] };
    const { code, fields } = await panel.refusal(CREATE, { input });
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map(({ path }) => path)).toEqual(['name', 'description', 'region']);
  });

  test('nodes that do not exist are named one by one, and nothing is stored', async () => {
    const name = fleet.unique('unknown');
    const node = await fleet.node();
    const input = { name, nodeIds: [randomUUID(), node, 'nonsense', 'a\0b'] };
    const { code, fields } = await panel.refusal(CREATE, { input });
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map(({ path }) => path)).toEqual(['nodeIds.0', 'nodeIds.2', 'nodeIds.3']);
    expect(await panel.data(LIST, { search: name })).toMatchObject({ nodeGroups: { totalCount: 0 } });
  });

  test('a node that is named twice, in whatever case, is in it once', async () => {
    const node = await fleet.node();
    const group = await create({ name: fleet.unique('twice'), nodeIds: [node, node, node.toUpperCase()] });
    expect(idsOf(group)).toEqual([node]);
  });
});

describe('editing a group', () => {
  test('[R6.1] an absent field stays as it is', async () => {
    const node = await fleet.node();
    const made = await create({ name: fleet.unique('kept'), description: 'stays', region: 'EU', nodeIds: [node] });
    const name = fleet.unique('renamed');
    expect(await update({ id: made.id, name })).toMatchObject({
      name,
      description: 'stays',
      region: 'EU',
      nodes: { nodes: [{ id: node }] },
    });
    expect(await update({ id: made.id })).toMatchObject({ name, description: 'stays', region: 'EU' });
  });

  test('[R6.1] null clears all but the name', async () => {
    const node = await fleet.node();
    const { id } = await create({ name: fleet.unique('cleared'), description: 'x', region: 'x', nodeIds: [node] });
    expect(await update({ id, description: null, region: null, nodeIds: null })).toMatchObject({
      description: '',
      region: null,
      nodes: { totalCount: 0 },
    });
    expect(await panel.refusal(UPDATE, { input: { id, name: null } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'name' }],
    });
  });

  test('a refusal changes nothing', async () => {
    const node = await fleet.node();
    const made = await create({ name: fleet.unique('whole'), description: 'before', nodeIds: [node] });
    const input = { id: made.id, description: 'after', nodeIds: [randomUUID()] };
    expect(await panel.refusal(UPDATE, { input })).toMatchObject({ fields: [{ path: 'nodeIds.0' }] });
    expect(await read(made.id)).toEqual(made);
  });

  test.each([randomUUID(), 'nonsense', '', 'a\0b'])('of the id %j, which there is not, is refused', async (id) => {
    expect(await panel.refusal(UPDATE, { input: { id, description: 'x' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await panel.refusal(REMOVE, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await read(id)).toBeNull();
  });

  test('that is deleted at the same moment ends in one of both, never in a fault', async () => {
    const nodeIds = [await fleet.node(), await fleet.node()];
    for (let round = 0; round < 5; round += 1) {
      const id = await fleet.group({ nodeIds: nodeIds.slice(0, 1) });
      const answers = await Promise.all([
        panel.graphql(REMOVE, { id }),
        ...Array.from({ length: 4 }, () => panel.graphql(UPDATE, { input: { id, nodeIds } })),
      ]);
      for (const { errors } of answers) expect(errors?.[0]?.extensions?.['code'] ?? 'NOT_FOUND').toBe('NOT_FOUND');
      expect(await read(id)).toBeNull();
    }
  });
});

test('nodes that leave a group and nodes that join it are locked in one order, as whoever brings them in step does', async () => {
  const [low, high] = [await fleet.node(), await fleet.node()].toSorted() as [string, string];
  const id = await fleet.group({ nodeIds: [high] });
  const other = panel.db.createQueryRunner();
  const lock = (nodeId: string) => other.query('SELECT FROM node_sync WHERE node_id = $1 FOR UPDATE', [nodeId]);
  await other.startTransaction();
  await lock(low);
  const edited = panel.graphql(UPDATE, { input: { id, nodeIds: [low] } });
  await until('the edit to wait', async () => {
    const [row] = (await panel.db.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database()
       AND wait_event_type = 'Lock' AND query LIKE '%UPDATE node_sync y SET wanted_version%'`,
    )) as [{ waiting: number }];
    return row.waiting > 0;
  });
  await lock(high);
  await other.commitTransaction();
  await other.release();
  expect((await edited).errors).toBeUndefined();
});

describe('nodes and their groups', () => {
  test('[R6.3] a node may be in many groups, which it shows by name', async () => {
    const node = await fleet.node();
    const [b, a] = [
      await create({ name: 'many-b', nodeIds: [node] }),
      await create({ name: 'many-a', nodeIds: [node] }),
    ];
    expect(await groupsOfNode(node)).toEqual([a.id, b.id]);
    await update({ id: a.id, nodeIds: [] });
    expect(await groupsOfNode(node)).toEqual([b.id]);
  });

  test('[R6.3] the form of a node says its groups as well', async () => {
    const [a, b, c] = [await fleet.group(), await fleet.group(), await fleet.group()];
    const { createNode } = await panel.data<{ createNode: { node: { id: string; groups: { id: string }[] } } }>(
      CREATE_NODE,
      { input: { name: fleet.unique('placed'), address: 'placed.test', groupIds: [a, b, a, b.toUpperCase()] } },
    );
    const { id, groups } = createNode.node;
    expect(groups).toEqual([{ id: a }, { id: b }]);
    await panel.data(UPDATE_NODE, { input: { id, groupIds: [b, c] } });
    expect(await groupsOfNode(id)).toEqual([b, c]);
    await panel.data(UPDATE_NODE, { input: { id, weight: 5 } });
    expect(await groupsOfNode(id)).toEqual([b, c]);
    await panel.data(UPDATE_NODE, { input: { id, groupIds: null } });
    expect(await groupsOfNode(id)).toEqual([]);
  });

  test('groups that do not exist are named one by one, and nothing is stored', async () => {
    const group = await fleet.group();
    const name = fleet.unique('nowhere');
    const groupIds = [randomUUID(), group, 'nonsense'];
    const { code, fields } = await panel.refusal(CREATE_NODE, { input: { name, address: 'nowhere.test', groupIds } });
    expect([code, ...fields.map(({ path }) => path)]).toEqual(['BAD_USER_INPUT', 'groupIds.0', 'groupIds.2']);
    expect(await panel.data(`{ nodes(filter: { search: "${name}" }) { totalCount } }`)).toEqual({
      nodes: { totalCount: 0 },
    });
    const id = await fleet.node({ name });
    const change = { id, name: fleet.unique('never'), groupIds };
    expect(await panel.refusal(UPDATE_NODE, { input: change })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await panel.data('query ($id: ID!) { node(id: $id) { name groups { id } } }', { id })).toEqual({
      node: { name, groups: [] },
    });
  });

  test('a list of nodes is filtered by groups, any of those given', async () => {
    const [a, b, c] = [await fleet.node(), await fleet.node(), await fleet.node()];
    const [one, two] = [await fleet.group({ nodeIds: [a, b] }), await fleet.group({ nodeIds: [b, c] })];
    const found = async (groupIds: string[]): Promise<string[]> => {
      const { nodes } = await panel.data<{ nodes: { nodes: { id: string }[]; totalCount: number } }>(
        'query ($ids: [ID!]) { nodes(filter: { groupIds: $ids }) { nodes { id } totalCount } }',
        { ids: groupIds },
      );
      expect(nodes.totalCount).toBe(nodes.nodes.length);
      return nodes.nodes.map(({ id }) => id);
    };
    expect(await found([one])).toEqual([a, b]);
    expect(await found([one, two])).toEqual([a, b, c]);
    for (const ids of [[], [randomUUID()], ['nonsense'], ['a\0b']]) expect(await found(ids)).toEqual([]);
    expect(await found(['nonsense', two])).toEqual([b, c]);
  });

  test('the nodes of a group come page by page, by name', async () => {
    const nodeIds: string[] = [];
    for (let index = 0; index < 7; index += 1) nodeIds.push(await fleet.node({ name: `paged-${index}` }));
    const id = await fleet.group({ nodeIds });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: { nodeGroup: { nodes: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } } =
        await panel.data(
          `query ($id: ID!, $after: String) { nodeGroup(id: $id) { nodes(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } } }`,
          { id, after },
        );
      const { nodes, pageInfo } = answer.nodeGroup.nodes;
      seen.push(...nodes.map((node) => node.id));
      after = pageInfo.endCursor;
    } while (after);
    expect(seen).toEqual(nodeIds);
  });
});

describe('the totals of a group', () => {
  const stats = async (id: string): Promise<Fields> => {
    const { nodeGroup } = await panel.data<{ nodeGroup: { stats: Fields } }>(
      `query ($id: ID!) { nodeGroup(id: $id) { stats { totalNodes healthyNodes totalUsers capacity connections uplinkRate downlinkRate } } }`,
      { id },
    );
    return nodeGroup.stats;
  };
  const seeded = (capacity: number | null, status: Fields): Promise<string> =>
    seedNode(panel.db, { node: { capacity }, status: { ...ONLINE, ...status } });

  test('[R6.4] are those of its nodes: figures of such as are connected only', async () => {
    const busy = { uplink_rate: 1_000.5, downlink_rate: 10 };
    const nodeIds = [
      await seeded(10, { ...busy, health: 'HEALTHY', connections: 5 }),
      await seeded(20, { ...busy, health: 'HEALTHY', connections: 7 }),
      await seeded(30, { ...busy, health: 'UNHEALTHY', connections: 100, connected: false }),
    ];
    const id = await fleet.group({ nodeIds });
    const other = await fleet.group({ nodeIds: nodeIds.slice(0, 1) });
    await fleet.user([id]);
    await fleet.user([id, other]);
    expect(await stats(id)).toEqual({
      totalNodes: 3,
      healthyNodes: 2,
      totalUsers: 2,
      capacity: 60,
      connections: 12,
      uplinkRate: 2_001,
      downlinkRate: 20,
    });
    expect(await stats(other)).toMatchObject({ totalNodes: 1, totalUsers: 1, capacity: 10, connections: 5 });
  });

  test('[R6.4] have no capacity to name as soon as one node is unlimited', async () => {
    const nodeIds = [await seeded(10, {}), await seeded(null, {})];
    expect(await stats(await fleet.group({ nodeIds }))).toMatchObject({ totalNodes: 2, capacity: null });
  });

  test('[R6.4] are nothing for an empty group: there is no room in it', async () => {
    expect(await stats(await fleet.group())).toEqual({
      totalNodes: 0,
      healthyNodes: 0,
      totalUsers: 0,
      capacity: 0,
      connections: 0,
      uplinkRate: 0,
      downlinkRate: 0,
    });
  });

  test('[R6.4] end at the largest number that there is rather than in a fault', async () => {
    const most = 2_147_483_647;
    const nodeIds = [await seeded(most, { connections: most }), await seeded(most, { connections: most })];
    expect(await stats(await fleet.group({ nodeIds }))).toMatchObject({ capacity: most, connections: most });
  });
});

describe('deleting a group', () => {
  test('[R6.6] deletes neither its nodes nor its users, nor touches other groups', async () => {
    const nodeIds = [await fleet.node(), await fleet.node()];
    const [gone, stays] = [await fleet.group({ nodeIds }), await fleet.group({ nodeIds })];
    const user = await fleet.user([gone, stays]);
    const lonely = await fleet.user([gone]);
    expect(await panel.data(REMOVE, { id: gone })).toEqual({
      deleteNodeGroup: { deletedId: gone, unassignedNodes: 2 },
    });
    expect(await read(gone)).toBeNull();
    for (const id of nodeIds) expect(await groupsOfNode(id)).toEqual([stays]);
    const groups = async (id: string) =>
      (
        await panel.data<{ user: { groups: { id: string }[] } }>(
          'query ($id: ID!) { user(id: $id) { groups { id } } }',
          { id },
        )
      ).user.groups;
    expect(await groups(user)).toEqual([{ id: stays }]);
    expect(await groups(lonely)).toEqual([]);
  });

  test('[R6.6] takes its users from the nodes that had them only through it', async () => {
    const [gone, stays] = [await fleet.group(), await fleet.group()];
    const agent = await fleet.agent([gone, stays]);
    const [both, one] = [await fleet.user([gone, stays]), await fleet.user([gone])];
    await fleet.inStep(agent);
    expect(agent.userIds).toEqual([both, one].toSorted());
    await panel.data(REMOVE, { id: gone });
    await fleet.inStep(agent);
    expect(agent.userIds).toEqual([both]);
  });
});

describe('the list of groups', () => {
  interface Page {
    nodeGroups: {
      nodes: { id: string; name: string }[];
      totalCount: number;
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  }
  const page = async (variables: Fields): Promise<Page['nodeGroups']> =>
    (await panel.data<Page>(LIST, variables)).nodeGroups;

  test('is found by a part of name, description or region, whatever the case, and without wild cards', async () => {
    await create({ name: 'Searched-Alpha' });
    await create({ name: fleet.unique('plain'), description: 'has searched-alpha in it' });
    await create({ name: fleet.unique('plain'), region: 'SEARCHED-ALPHA' });
    await create({ name: 'searchedXalpha' });
    expect(await page({ search: ' searched-ALPHA ' })).toMatchObject({ totalCount: 3, nodes: [{}, {}, {}] });
    for (const search of ['searched_alpha', 'searched%alpha', '\\', "'; DROP TABLE users; --"]) {
      expect((await page({ search })).totalCount).toBe(0);
    }
    expect((await page({ search: '  ' })).totalCount).toBe((await page({})).totalCount);
  });

  test('[R6.4] is read page by page without a gap or a repetition, also where all say the same', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `equal-${String(index).padStart(2, '0')}`);
    for (const name of names.toReversed()) await create({ name, description: 'all the same', region: 'same' });
    const seen: string[] = [];
    let after: string | null = null;
    for (let number = 0; ; number += 1) {
      const { nodes, pageInfo } = await page({ first: 4, after, search: 'all the same' });
      seen.push(...nodes.map(({ name }) => name));
      // What comes and goes in front of the cursor does not move what is behind it.
      if (number === 2) {
        await create({ name: 'equal-', description: 'all the same' }).catch(() => undefined);
        await create({ name: 'equal-00a', description: 'all the same' });
        await panel.data(REMOVE, { id: nodes[0]!.id });
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(names);
  });

  test.each([0, -1, 101])('is not answered with %i entries', async (first) => {
    expect(await panel.refusal(LIST, { first })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] });
  });

  test.each([
    ['nonsense', 'nonsense'],
    ['not an id', encodeCursor(['x', 'nonsense'])],
    ['an id with the character U+0000', encodeCursor(['x', 'a\0b'])],
    ['three parts', Buffer.from(JSON.stringify(['x', randomUUID(), 1])).toString('base64url')],
    ['a thousand levels', Buffer.from('['.repeat(1_000)).toString('base64url')],
    ['a name with the character U+0000', encodeCursor(['a\0b', randomUUID()])],
  ])('refuses a cursor that is %s', async (_what, after) => {
    expect(await panel.refusal(LIST, { after })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test.each([[null], [7], [true], [{ a: 1 }], [['x']], ['a'.repeat(100_000)], ['\ud800']])(
    'survives a cursor whose name is %j',
    async (name) => {
      const after = encodeCursor([name as string, randomUUID()]);
      const { errors } = await panel.graphql(LIST, { after });
      expect(errors?.[0]?.extensions?.['code'] ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
    },
  );
});

describe.each(HOSTILE_TEXTS)('%s', (what, text) => {
  test.each(['name', 'description', 'region'])('is no fault as the %s of a group', async (field) => {
    const input = { name: fleet.unique('hostile'), [field]: text };
    const { errors } = await panel.graphql(CREATE, { input });
    // Half a pair is stored as the sign that stands for it, where any text may stand.
    if (what === 'half of a surrogate pair' && field !== 'name') expect(errors).toBeUndefined();
    else {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: field }] });
      const { id } = await create({ name: fleet.unique('good') });
      expect(await panel.refusal(UPDATE, { input: { id, [field]: text } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: field }],
      });
    }
  });

  test('is no fault in a search', async () => {
    const { errors } = await panel.graphql(LIST, { search: text });
    expect(errors?.[0]?.extensions?.['code'] ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
  });
});
