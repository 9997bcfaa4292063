import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../testing/database.js';
import { seedNode } from '../../testing/seeds.js';
import { NodeHealth, NodeMode, NodeStatus, Severity, XrayState } from './node.enums.js';
import { nodeIssues, type NodeFacts } from './node.issues.js';
import { IS_PROBLEM, nodesByIds, STATUS } from './node.rows.js';

const SINCE = new Date('2026-01-01T00:00:00Z');
const FACTS: NodeFacts = {
  mode: NodeMode.ACTIVE,
  registered: true,
  connected: true,
  disconnectedAt: null,
  tokenRevokedAt: null,
  xrayState: XrayState.RUNNING,
  xrayStateSince: SINCE,
  sampledAt: SINCE,
  cpu: 0.1,
  memory: 0.1,
  disk: 0.1,
  health: NodeHealth.HEALTHY,
  healthSince: SINCE,
  healthReason: null,
  xrayError: null,
  syncError: null,
  syncFailedAt: null,
  driftSince: null,
};

const kindsOf = (facts: Partial<NodeFacts>): string[] => nodeIssues({ ...FACTS, ...facts }).map(({ kind }) => kind);

test.each<[what: string, facts: Partial<NodeFacts>, kinds: string[]]>([
  ['all is well', {}, []],
  ['nothing was reported yet', { cpu: null, memory: null, disk: null }, []],
  ['the agent is away', { connected: false }, ['AGENT_DISCONNECTED']],
  [
    'the agent is away: what was reported last does not count',
    { connected: false, cpu: 1, xrayState: XrayState.CRASHED },
    ['AGENT_DISCONNECTED'],
  ],
  ['its token was revoked', { connected: false, tokenRevokedAt: SINCE }, ['TOKEN_REVOKED', 'AGENT_DISCONNECTED']],
  ['Xray has crashed', { xrayState: XrayState.CRASHED }, ['XRAY_DOWN']],
  ['Xray is stopped', { xrayState: XrayState.STOPPED }, ['XRAY_DOWN']],
  ['there is no Xray', { xrayState: XrayState.UNKNOWN }, ['XRAY_DOWN']],
  ['Xray does not answer', { xrayError: 'the API of Xray has not answered for 6 s' }, ['XRAY_DOWN']],
  ['it is unhealthy', { health: NodeHealth.UNHEALTHY }, ['UNHEALTHY']],
  ['it is only suspect', { health: NodeHealth.SUSPECT }, []],
  ['it was not applied', { syncError: 'no', driftSince: SINCE }, ['SYNC_FAILED', 'CONFIG_DRIFT']],
  ['everything is full', { cpu: 0.9, memory: 0.95, disk: 1 }, ['DISK_FULL', 'HIGH_CPU', 'HIGH_MEMORY']],
  ['almost everything is full', { cpu: 0.899, memory: 0.899, disk: 0.899 }, []],
  ['it is switched off', { mode: NodeMode.DISABLED, connected: false, cpu: 1 }, []],
  ['it has never joined', { registered: false, connected: false }, []],
  ['it takes no new users, but is watched', { mode: NodeMode.DRAINING, xrayState: XrayState.CRASHED }, ['XRAY_DOWN']],
])('[R9.7] %s', (_what, facts, kinds) => {
  expect(kindsOf(facts)).toEqual(kinds);
});

test('the worst comes first', () => {
  const severities = nodeIssues({ ...FACTS, xrayState: XrayState.CRASHED, disk: 1, cpu: 1 }).map(
    ({ severity }) => severity,
  );
  expect(severities).toEqual([Severity.CRITICAL, Severity.WARNING, Severity.WARNING]);
});

describe('[R9.7] the filter of lists and the issues of a node', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(async () => database.drop());

  const product = <A, B>(as: readonly A[], bs: readonly B[]): [A, B][] =>
    as.flatMap((a) => bs.map((b): [A, B] => [a, b]));

  test('agree over all combinations', async () => {
    const { db } = database;
    const states = product(
      product(Object.values(NodeMode), [null, SINCE]),
      product([true, false], Object.values(XrayState)),
    );
    const loads = [null, 0, 0.8999, 0.9, 0.9001, 1];
    const pressures = loads.flatMap((value) => [
      { cpu: value, memory: 0.1, disk: 0.1 },
      { cpu: 0.1, memory: value, disk: 0.1 },
      { cpu: 0.1, memory: null, disk: value },
    ]);
    const ids: string[] = [];
    for (const [[mode, registered_at], [connected, xray_state]] of states) {
      for (const pressure of pressures) {
        ids.push(
          await seedNode(db, {
            node: { mode },
            status: { registered_at, connected, xray_state, sampled_at: SINCE, ...pressure },
          }),
        );
      }
    }
    const tokens = ids.flatMap((id, index) => (index % 2 === 0 ? [id] : []));
    await db.query(
      `INSERT INTO node_tokens (id, node_id, kind, secret_hash, revoked_at)
       SELECT 'token-' || id, id, 'NODE', '\\x00', CASE WHEN ordinality % 2 = 0 THEN now() END FROM unnest($1::uuid[]) WITH ORDINALITY t (id)`,
      [tokens],
    );
    const rows = await db.query<{ id: string; status: NodeStatus; problem: boolean | null }[]>(
      `SELECT n.id, ${STATUS} AS status, ${IS_PROBLEM} AS problem FROM nodes n JOIN node_status s ON s.node_id = n.id LEFT JOIN node_sync y ON y.node_id = n.id`,
    );
    const nodes = new Map((await nodesByIds(db, ids)).map((node) => [node.id, node]));
    expect(rows).toHaveLength(states.length * pressures.length);
    const disagreements = rows.flatMap(({ id, status, problem }) => {
      const node = nodes.get(id);
      const hasIssues = node?.issues.length !== 0;
      const shownAsProblem = status === NodeStatus.DEGRADED || status === NodeStatus.OFFLINE;
      const agree = hasIssues === (problem ?? false) && hasIssues === shownAsProblem && node?.status === status;
      return agree ? [] : [{ status, problem, node }];
    });
    expect(disagreements).toEqual([]);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(Object.values(NodeStatus)));
  });
});
