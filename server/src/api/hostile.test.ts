import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, startTestPanel, type TestAgent, type TestPanel } from '../testing/panel.js';
import type { TestSocket } from '../testing/socket.js';
import { LIMITS } from './limits.js';

let panel: TestPanel;
let socket: TestSocket;
let agent: TestAgent;
beforeAll(async () => {
  panel = await startTestPanel();
  socket = await panel.socket();
  agent = await panel.joinAgent('hostile');
});
afterAll(async () => panel.stop());

const repeat = (times: number, text: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => text(index)).join(' ');

/** Field within field: edges of connections lead from node to command and back. */
function nested(depth: number): string {
  let inner = '__typename';
  for (let level = 0; level < depth; level += 1) inner = `node { commands(first: 1) { nodes { ${inner} } } }`;
  return `{ nodes(first: 1) { nodes { commands(first: 1) { nodes { ${inner} } } } } }`;
}

/** Each fragment spreads the next one twice: 2^60 fields, were it written out. */
const bomb = (field: (index: number) => string): string =>
  `{ node(id: "1") { ...F0 } } ${repeat(
    60,
    (index) => `fragment F${index} on Node { ${field(index)} ...F${index + 1} ... on Node { ...F${index + 1} } }`,
  )} fragment F60 on Node { __typename }`;

interface Hostile {
  what: string;
  query: string;
  variables?: Record<string, unknown>;
  code: 'QUERY_TOO_COMPLEX' | 'BAD_USER_INPUT';
  message: RegExp;
}

const HEAVY = `nodes(first: 100) { nodes { commands(first: 100) { nodes { id kind state } } } }`;

const DOCUMENTS: Hostile[] = [
  { what: 'too deep', query: nested(4), code: 'QUERY_TOO_COMPLEX', message: /^Depth: \d+, the limit is 10$/ },
  {
    what: 'too deep by way of fragments',
    query: `{ nodes(first: 1) { nodes { ...A } } }
      fragment A on Node { commands(first: 1) { nodes { node { ...B } } } }
      fragment B on Node { commands(first: 1) { nodes { node { commands(first: 1) { nodes { node { id } } } } } } }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Depth: /,
  },
  {
    what: 'too many aliases',
    query: `{ node(id: "1") { ${repeat(LIMITS.aliases + 1, (index) => `a${index}: name`)} } }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Aliases: 21, the limit is 20$/,
  },
  {
    what: 'too many aliases in one fragment',
    query: `{ ...A } fragment A on Query { ${repeat(LIMITS.aliases + 1, (index) => `a${index}: viewer { id }`)} }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Aliases: 21, the limit is 20$/,
  },
  {
    what: 'aliases of introspection, which costs nothing otherwise',
    query: `{ ...A } fragment A on Query { ${repeat(LIMITS.aliases + 1, (index) => `a${index}: __schema { types { name } }`)} }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Aliases: /,
  },
  {
    what: 'aliases within introspection, which multiply',
    query: `{ __schema { types { ${repeat(7, (a) => `a${a}: fields { type { ${repeat(7, (b) => `b${b}: fields { name }`)} } }`)} } } }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Aliases: /,
  },
  {
    what: 'introspection that goes round in circles',
    query: `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    code: 'BAD_USER_INPUT',
    message: /introspection depth/i,
  },
  {
    what: 'too many tokens',
    query: `{ viewer { ${'id '.repeat(LIMITS.tokens)} } }`,
    code: 'BAD_USER_INPUT',
    message: /more tha[nt] 2000 tokens/,
  },
  {
    what: 'too many root fields',
    query: `{ ${repeat(LIMITS.rootFields + 1, (index) => `a${index}: viewer { id }`)} }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Root fields: 11, the limit is 10$/,
  },
  { what: 'too costly', query: `{ ${HEAVY} }`, code: 'QUERY_TOO_COMPLEX', message: /^Cost: \d+, the limit is 20000$/ },
  {
    what: 'too costly by its variables',
    query: `query ($n: Int!) { nodes(first: $n) { nodes { commands(first: $n) { nodes { id kind state } } } } }`,
    variables: { n: 100 },
    code: 'QUERY_TOO_COMPLEX',
    message: /^Cost: /,
  },
  {
    what: 'too costly beside a field that fails before its cost is known',
    query: `query ($d: OrderDirection = ASC) { small: nodes(first: 1, orderBy: { field: NAME, direction: $d }) { nodes { id } } ${HEAVY} }`,
    variables: { d: null },
    code: 'BAD_USER_INPUT',
    message: /./,
  },
  {
    what: 'two sign-ins',
    query: `mutation { a: login(input: { username: "a", password: "b" }) { expiresAt } b: login(input: { username: "a", password: "c" }) { expiresAt } }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Sign-ins: 2, the limit is 1$/,
  },
  {
    what: 'two sign-ins in a fragment that is used once',
    query: `mutation { ...M } fragment M on Mutation { a: login(input: { username: "a", password: "b" }) { expiresAt } b: login(input: { username: "a", password: "c" }) { expiresAt } }`,
    code: 'QUERY_TOO_COMPLEX',
    message: /^Sign-ins: /,
  },
  { what: 'a bomb of fragments', query: bomb(() => ''), code: 'QUERY_TOO_COMPLEX', message: /^Fields: / },
  {
    what: 'a bomb of aliases',
    query: bomb((index) => `a${index}: name`),
    code: 'QUERY_TOO_COMPLEX',
    message: /^Aliases: /,
  },
  {
    what: 'fragments in a circle',
    query: `{ node(id: "1") { ...A } } fragment A on Node { ...B } fragment B on Node { ...A }`,
    code: 'BAD_USER_INPUT',
    message: /Cannot spread fragment "A" within itself/,
  },
  {
    what: 'a field that does not exist',
    query: `{ nodez { id } }`,
    code: 'BAD_USER_INPUT',
    message: /^Cannot query field "nodez" on type "Query"\.$/,
  },
  { what: 'no document at all', query: `{ nodes(`, code: 'BAD_USER_INPUT', message: /^Syntax Error/ },
  {
    what: 'two operations without a name',
    query: `query A { viewer { id } } query B { viewer { id } }`,
    code: 'BAD_USER_INPUT',
    message: /./,
  },
  {
    what: 'a page that is too long',
    query: `{ nodes(first: 101) { nodes { id } } }`,
    code: 'BAD_USER_INPUT',
    message: /^first: must be 1 to 100$/,
  },
  {
    what: 'a page of nothing',
    query: `{ nodes(first: 0) { nodes { id } } }`,
    code: 'BAD_USER_INPUT',
    message: /^first: /,
  },
  {
    what: 'a page of null',
    query: `{ nodes(first: null) { nodes { id } } }`,
    code: 'BAD_USER_INPUT',
    message: /^first: /,
  },
];

describe.each(DOCUMENTS)('a hostile document: $what', ({ query, variables, code, message }) => {
  test('is refused over HTTP', async () => {
    const refusal = await panel.refusal(query, variables);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('is refused over a WebSocket alike', async () => {
    const refusal = refusalOf(await socket.request(query, variables));
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test('the dashboard-sized document next to all this is answered', async () => {
  const query = `query ($n: Int = 50) { nodes(first: $n) { totalCount pageInfo { endCursor } nodes { id name status health load issues { kind } agent { connected } metrics { cpu } loadTrend } } }`;
  expect(await panel.data(query)).toHaveProperty('nodes.totalCount', 1);
});

test('the usual introspection is answered to who has signed in', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  expect(await panel.data(getIntrospectionQuery())).toHaveProperty('__schema.queryType.name', 'Query');
});

describe('introspection by nobody', () => {
  test.each([
    ['plain', `{ __schema { types { name } } }`],
    ['of one type', `{ __type(name: "Node") { name } }`],
    ['in a fragment', `{ ...A } fragment A on Query { __schema { types { name } } }`],
    ['in an inline fragment', `{ ... on Query { __schema { types { name } } } }`],
  ])('%s is refused on both listeners', async (_what, query) => {
    expect(await panel.refusal(query, {}, { token: null })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(refusalOf(await panel.agentGraphql(query))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

test('an agent is held to the same limits', async () => {
  const refusal = refusalOf(
    await agent.socket.request(`{ ${repeat(LIMITS.rootFields + 1, (index) => `a${index}: viewer { id }`)} }`),
  );
  expect(refusal).toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
});

describe('errors never repeat what was rejected', () => {
  const SECRET = 'hunter2-and-more';

  const LEAKS: [what: string, query: string, variables?: Record<string, unknown>][] = [
    [
      'a password in a list',
      `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
      { i: { username: 'a', password: [SECRET] } },
    ],
    [
      'a password that looks like the end of a message',
      `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
      { i: { username: 'a', password: { a: `x; ${SECRET}` } } },
    ],
    [
      'a password under a wrong name',
      `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`,
      { i: { username: 'a', passwort: SECRET, password: 'b' } },
    ],
    ['a secret instead of an object', `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`, { i: SECRET }],
    ['a secret instead of a number', `query ($n: Int) { nodes(first: $n) { totalCount } }`, { n: SECRET }],
    [
      'a secret instead of a number, with a semicolon',
      `query ($n: Int) { nodes(first: $n) { totalCount } }`,
      { n: `a; ${SECRET}` },
    ],
    [
      'a secret instead of an enum',
      `query ($f: NodeFilter) { nodes(filter: $f) { totalCount } }`,
      { f: { mode: [SECRET] } },
    ],
    [
      'a secret instead of an enum, with a semicolon',
      `query ($f: NodeFilter) { nodes(filter: $f) { totalCount } }`,
      { f: { mode: [`a; ${SECRET}`] } },
    ],
    [
      'a list of secrets instead of an enum',
      `query ($m: NodeMode!) { nodes(filter: { mode: [$m] }) { totalCount } }`,
      { m: { [SECRET]: SECRET } },
    ],
    [
      'a secret instead of a time',
      `query ($r: TimeRangeInput!) { node(id: "1") { metricsHistory(range: $r) { at } } }`,
      { r: { from: SECRET, to: `;  ${SECRET}` } },
    ],
    ['a secret in the document instead of a number', `{ nodes(first: "${SECRET}") { totalCount } }`],
    ['a secret in the document instead of an enum', `{ nodes(filter: { mode: ["${SECRET}"] }) { totalCount } }`],
    [
      'a secret in the document instead of a time',
      `{ node(id: "1") { metricsHistory(range: { from: "${SECRET}", to: "x" }) { at } } }`,
    ],
    ['a secret in the document instead of an object', `mutation { login(input: "${SECRET}") { expiresAt } }`],
    [
      'a secret where the document breaks off',
      `mutation { login(input: { username: "a" password "${SECRET}" }) { expiresAt } }`,
    ],
    [
      'a secret as an address',
      `mutation { createNode(input: { name: "x", address: "https://${SECRET}/" }) { joinToken } }`,
    ],
    ['a secret as a cursor', `{ nodes(after: "${SECRET}") { totalCount nodes { id } } }`],
    [
      'a secret with a character that PostgreSQL does not take',
      `query ($s: String) { nodes(filter: { search: $s }) { totalCount } }`,
      { s: `\0${SECRET}` },
    ],
  ];

  test.each(LEAKS)('%s', async (_what, query, variables) => {
    for (const answer of [await panel.graphql(query, variables), await socket.request(query, variables)]) {
      const text = JSON.stringify(answer);
      expect(text).not.toContain(SECRET);
      expect(text).not.toMatch(/\.js:|\.ts:|node_modules|stack/);
      expect(refusalOf(answer).code).toBe('BAD_USER_INPUT');
    }
  });

  test('but they name the field', async () => {
    const variables = { i: { username: 'a', password: [SECRET] } };
    const query = `mutation ($i: LoginInput!) { login(input: $i) { expiresAt } }`;
    const fields = [{ path: 'password', message: 'String cannot represent a non string value' }];
    expect((await panel.refusal(query, variables)).fields).toEqual(fields);
    expect(refusalOf(await socket.request(query, variables)).fields).toEqual(fields);
  });

  test('a body that is no JSON is not repeated either', async () => {
    const { send } = await import('../testing/http.js');
    const headers = { 'content-type': 'application/json' };
    const { status, text } = await send(`${panel.url}/graphql`, {
      method: 'POST',
      headers,
      body: `{"password": ${SECRET}`,
    });
    expect(status).toBe(400);
    expect(text).not.toContain(SECRET);
  });
});

test('none of this was a bug in the eyes of the panel', () => {
  expect(panel.errorsLogged()).toEqual([]);
});
