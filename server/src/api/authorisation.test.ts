import 'reflect-metadata';
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  isCompositeType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdminRole } from '../domains/access/index.js';
import { refusalOf, startTestPanel, type TestAgent, type TestPanel } from '../testing/panel.js';
import type { TestSocket } from '../testing/socket.js';
import { AGENT_RESOLVERS, buildView, PUBLIC_RESOLVERS } from './schema.js';

const VIEWS = {
  public: buildView(PUBLIC_RESOLVERS, new Map()),
  agent: buildView(AGENT_RESOLVERS, new Map()),
};
/** What nobody may do, and everybody may call. */
const OPEN_FIELDS = ['mutation login', 'mutation refreshSession'];

interface RootField {
  kind: 'query' | 'mutation' | 'subscription';
  field: GraphQLField<unknown, unknown>;
}

function rootFields(schema: GraphQLSchema): RootField[] {
  const roots: [RootField['kind'], GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ];
  return roots.flatMap(([kind, type]) => Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field })));
}

/** A literal that fits the type: what is called has to get as far as the authorisation. */
function literal(type: GraphQLInputType): string {
  if (type instanceof GraphQLNonNull) return literal(type.ofType);
  if (type instanceof GraphQLList) return `[${literal(type.ofType)}]`;
  if (type instanceof GraphQLEnumType) return type.getValues()[0]?.name ?? '';
  if (type instanceof GraphQLInputObjectType) {
    const required = Object.values(type.getFields()).filter((field) => field.type instanceof GraphQLNonNull);
    return `{ ${required.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  return { Int: '1', Float: '0.5', Boolean: 'true', DateTime: '"2026-01-01T00:00:00Z"' }[type.name] ?? '"text"';
}

function call({ kind, field }: RootField): string {
  const required = field.args.filter(({ type }) => type instanceof GraphQLNonNull);
  const args =
    required.length > 0 ? `(${required.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ')})` : '';
  return `${kind} { ${field.name}${args}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''} }`;
}

const nameOf = ({ kind, field }: RootField): string => `${kind} ${field.name}`;

let panel: TestPanel;
let agent: TestAgent;
let viewerToken: string;
let viewerSocket: TestSocket;
beforeAll(async () => {
  panel = await startTestPanel();
  agent = await panel.joinAgent('authorised');
  viewerToken = await panel.addAdmin('looks-only', AdminRole.VIEWER);
  viewerSocket = await panel.socket(viewerToken);
});
afterAll(async () => panel.stop());

const publicFields = rootFields(VIEWS.public);
const agentFields = rootFields(VIEWS.agent);
const operations = (fields: RootField[]) => fields.map((field) => ({ name: nameOf(field), field }));

describe('[R10.1] nobody', () => {
  test.each(operations(publicFields.filter(({ kind }) => kind !== 'subscription')))(
    'may not call: $name',
    async ({ name, field }) => {
      const answer = await panel.graphql(call(field), {}, { token: null });
      if (name === 'mutation login') expect(refusalOf(answer).message).toBe('The user name or the password is wrong');
      else if (name === 'mutation refreshSession')
        expect(refusalOf(answer).message).toBe('The session is over, sign in again');
      else expect(refusalOf(answer)).toMatchObject({ code: 'UNAUTHENTICATED', message: 'Sign in first' });
      expect(Object.values(answer.data ?? {}).every((value) => value === null)).toBe(true);
    },
  );

  test.each(operations(agentFields.filter(({ kind }) => kind !== 'subscription')))(
    'may not call on the agent listener: $name',
    async ({ field }) => {
      expect(refusalOf(await panel.agentGraphql(call(field)))).toMatchObject({
        code: 'UNAUTHENTICATED',
        message: 'Sign in first',
      });
    },
  );

  test.each(['public', 'agent'] as const)('gets no WebSocket of the %s listener', async (listener) => {
    const socket = await panel.openSocket(listener);
    expect(await socket.init()).toBe(4403);
  });
});

describe('a VIEWER', () => {
  const own = [...OPEN_FIELDS, 'mutation logout'];
  const writes = publicFields.filter((field) => field.kind === 'mutation' && !own.includes(nameOf(field)));

  test.each(operations(writes))('may not change anything: $name', async ({ field }) => {
    const refusal = await panel.refusal(call(field), {}, { token: viewerToken });
    expect(refusal).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/^This needs the permission [A-Z]+_WRITE$/),
    });
    expect(refusalOf(await viewerSocket.request(call(field)))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('may look', async () => {
    const { viewer, nodes } = await panel.data<{
      viewer: { role: string; scopes: string[] };
      nodes: { totalCount: number };
    }>('{ viewer { role scopes } nodes { totalCount } }', {}, { token: viewerToken });
    expect(viewer.role).toBe('VIEWER');
    expect(viewer.scopes.every((scope) => scope.endsWith('_READ'))).toBe(true);
    expect(nodes.totalCount).toBe(1);
  });
});

test('an OPERATOR may add nodes but not touch their tokens', async () => {
  const token = await panel.addAdmin('operates', AdminRole.OPERATOR);
  await panel.data(
    `mutation { createNode(input: { name: "of-operator", address: "operator.test" }) { joinToken } }`,
    {},
    { token },
  );
  const revoke = `mutation ($id: ID!) { revokeNodeToken(id: $id) { node { id } } }`;
  expect(await panel.refusal(revoke, { id: agent.nodeId }, { token })).toMatchObject({ code: 'FORBIDDEN' });
});

describe('a join token', () => {
  test.each(operations(agentFields.filter(({ kind, field }) => kind === 'mutation' && field.name !== 'registerAgent')))(
    'is not good for: $name',
    async ({ field }) => {
      const { joinToken } = await panel.createNode({ name: `joining-${field.field.name}` });
      expect(refusalOf(await panel.agentGraphql(call(field), {}, joinToken))).toMatchObject({ code: 'FORBIDDEN' });
      const socket = await panel.openSocket('agent');
      await socket.init(joinToken);
      expect(refusalOf(await socket.request(call(field)))).toMatchObject({ code: 'FORBIDDEN' });
    },
  );

  test('is not good for commands', async () => {
    const { joinToken } = await panel.createNode({ name: 'joining-commands' });
    const socket = await panel.openSocket('agent');
    await socket.init(joinToken);
    expect(refusalOf(await socket.request('subscription { agentCommands { id } }'))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('[R10.1] tokens are good on their own listener only', () => {
  test("a node's token is refused on the public listener", async () => {
    expect(await panel.refusal('{ viewer { id } }', {}, { token: agent.token })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const socket = await panel.openSocket('public');
    expect(await socket.init(agent.token)).toBe(4403);
  });

  test("an administrator's token is refused on the agent listener", async () => {
    expect(refusalOf(await panel.agentGraphql('{ viewer { id } }', {}, panel.adminToken))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const socket = await panel.openSocket('agent');
    expect(await socket.init(panel.adminToken)).toBe(4403);
  });

  test.each(operations(agentFields.filter(({ field }) => field.name !== 'viewer')))(
    'agents’ operation does not exist on the public listener: $name',
    async ({ field }) => {
      const text = call(field);
      expect(await panel.refusal(text)).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^Cannot query field/),
      });
    },
  );

  test.each(operations(publicFields.filter(({ field }) => field.name !== 'viewer')))(
    'administrators’ operation does not exist on the agent listener: $name',
    async ({ field }) => {
      const refusal = refusalOf(await panel.agentGraphql(call(field), {}, agent.token));
      expect(refusal).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^Cannot query field|Unknown argument/),
      });
    },
  );
});

test('both views have the fields that this test expects to find', () => {
  expect(agentFields.map(nameOf).toSorted()).toEqual([
    'mutation completeCommand',
    'mutation registerAgent',
    'mutation reportLogs',
    'mutation reportMetrics',
    'query viewer',
    'subscription agentCommands',
  ]);
  expect(publicFields.map(nameOf)).toEqual(
    expect.arrayContaining([...OPEN_FIELDS, 'query nodes', 'subscription nodeChanged']),
  );
});
