import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigAgent } from '../../../testing/config-agent.js';
import { TestLocalApi } from '../../../testing/local-api.js';
import { freePort, startTestPanel, type TestPanel } from '../../../testing/panel.js';
import { sampleInput } from '../../../testing/seeds.js';
import { until } from '../../../testing/until.js';

/** Of the checks' settings the fastest: what takes seconds here takes as many times longer with the usual ones. */
const SETTINGS = {
  healthCheckIntervalSeconds: 5,
  healthCheckTimeoutSeconds: 1,
  unhealthyAfter: 1,
  healthyAfter: 1,
  metricsIntervalSeconds: 1,
};

interface Health {
  health: string;
  healthReason: string | null;
  damped: boolean;
  latencyMs: number | null;
  healthChecks: {
    nodes: { ok: boolean; healthAfter: string; probes: { kind: string; ok: boolean }[] }[];
    totalCount: number;
  };
  healthTransitions: { from: string; to: string; reason: string }[];
}

class Node {
  private beat: NodeJS.Timeout | undefined;
  xray: Record<string, unknown> = { xrayState: 'RUNNING' };

  constructor(
    readonly config: ConfigAgent,
    readonly api: TestLocalApi,
    readonly port: number,
  ) {}

  get id(): string {
    return this.config.nodeId;
  }

  /** Reports as agents do, until it is told to be silent. */
  live(): void {
    this.beat = setInterval(() => void this.report().catch(() => undefined), 400);
  }

  report(): Promise<unknown> {
    return this.config.agent.report([sampleInput(new Date(), { configRevision: this.config.revision, ...this.xray })]);
  }

  silent(): void {
    clearInterval(this.beat);
  }

  /** As if the machine were gone. */
  async die(): Promise<void> {
    this.silent();
    await this.config.leave();
    await this.api.stop();
  }
}

let panel: TestPanel;
let number = 0;
const nodes: Node[] = [];

beforeAll(async () => {
  panel = await startTestPanel();
  await panel.data(
    `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { unhealthyAfter } } }`,
    {
      input: SETTINGS,
    },
  );
});

afterAll(async () => {
  for (const node of nodes) {
    node.silent();
    await node.api.stop().catch(() => undefined);
  }
  expect(panel.errorsLogged()).toEqual([]);
  await panel.stop();
});

async function join(): Promise<Node> {
  const port = await freePort();
  const agent = await panel.joinAgent(`checked-${(number += 1)}`, { address: '127.0.0.1', agentPort: port });
  const config = new ConfigAgent(agent);
  config.listen();
  const node = new Node(config, await TestLocalApi.start(panel, agent, port), port);
  node.live();
  nodes.push(node);
  return node;
}

async function healthOf({ id }: Node): Promise<Health> {
  const { node } = await panel.data<{ node: Health }>(
    `query ($id: ID!) { node(id: $id) { health healthReason damped latencyMs
       healthChecks(first: 5) { totalCount nodes { ok healthAfter probes { kind ok } } }
       healthTransitions(first: 20) { from to reason } } }`,
    { id },
  );
  return node;
}

const becomes = (node: Node, health: string, patienceMs = 60_000): Promise<Health> =>
  until(
    health,
    async () => {
      const found = await healthOf(node);
      return found.health === health && found;
    },
    patienceMs,
  );

test('[R2.1] [R2.2] [R2.6] [R2.8] a node that joins is checked, becomes HEALTHY, and each check is kept with its latency', async () => {
  const node = await join();
  const health = await becomes(node, 'HEALTHY');
  const kept = await until('checks', async () => {
    const { healthChecks, latencyMs } = await healthOf(node);
    return latencyMs !== null && latencyMs > 0 && healthChecks.totalCount > 0 && healthChecks;
  });
  expect(kept.nodes[0]).toMatchObject({
    ok: true,
    probes: [
      { kind: 'API', ok: true },
      { kind: 'XRAY', ok: true },
    ],
  });
  expect(health.healthTransitions.at(-1)).toMatchObject({ from: 'UNKNOWN', to: 'HEALTHY' });
}, 90_000);

const pathOf = ({ healthTransitions }: Health): string[] => healthTransitions.map(({ to }) => to).toReversed();

test('[R2.4] [R2.5] an Xray that dies is known within seconds, with its last words; the node recovers when it runs again', async () => {
  const node = await join();
  await becomes(node, 'HEALTHY');
  const socket = await panel.socket();
  const stream = socket.subscribe<{ nodeHealthChanged: { from: string; to: string; reason: string | null } }>(
    `subscription ($ids: [ID!]) { nodeHealthChanged(nodeIds: $ids) { from to reason node { id } } }`,
    { ids: [node.id] },
  );
  expect((await stream.data()).nodeHealthChanged).toMatchObject({ from: 'HEALTHY', to: 'HEALTHY' });
  node.xray = { xrayState: 'CRASHED', xrayError: 'exited with code 255: address already in use' };
  node.api.xray = { state: 'CRASHED', error: 'exited with code 255: address already in use' };
  await node.report();
  const sick = await becomes(node, 'UNHEALTHY');
  expect(sick.healthReason).toContain('address already in use');
  const seen = [(await stream.data()).nodeHealthChanged, (await stream.data()).nodeHealthChanged];
  expect(seen.map(({ from, to }) => [from, to])).toEqual([
    ['HEALTHY', 'SUSPECT'],
    ['SUSPECT', 'UNHEALTHY'],
  ]);
  stream.stop();
  const { node: shown } = await panel.data<{ node: { issues: { kind: string; message: string }[] } }>(
    `query ($id: ID!) { node(id: $id) { issues { kind message } } }`,
    { id: node.id },
  );
  expect(shown.issues.map(({ kind }) => kind)).toEqual(['UNHEALTHY', 'XRAY_DOWN']);

  node.xray = { xrayState: 'RUNNING' };
  node.api.xray = { state: 'RUNNING' };
  const well = await becomes(node, 'HEALTHY');
  expect(pathOf(well)).toEqual(['HEALTHY', 'SUSPECT', 'UNHEALTHY', 'RECOVERING', 'HEALTHY']);
}, 150_000);

test('[R2.4] a node that is gone is UNHEALTHY only when others do not reach it either', async () => {
  const [lost, ...others] = [await join(), await join(), await join(), await join()];
  for (const node of [lost, ...others]) await becomes(node, 'HEALTHY');
  for (const { config } of others) config.sees = 'ok';
  await lost.die();
  // Others reach it: what is broken is the panel's own way to it, and its users are served.
  const detached = await becomes(lost, 'DETACHED');
  expect(pathOf(detached)).toEqual(['HEALTHY', 'SUSPECT', 'DETACHED']);
  for (const { config } of others) config.sees = 'ECONNREFUSED';
  const gone = await becomes(lost, 'UNHEALTHY');
  expect(gone.healthReason).toContain('refused');
  expect(others.some(({ config }) => config.asked > 0)).toBe(true);
}, 200_000);

test('[R2.3] a switched off node is not looked at, and is again when it is switched on', async () => {
  const node = await join();
  await becomes(node, 'HEALTHY');
  const setMode = (mode: string) =>
    panel.data(`mutation ($input: UpdateNodeInput!) { updateNode(input: $input) { node { id } } }`, {
      input: { id: node.id, mode },
    });
  await setMode('DISABLED');
  await becomes(node, 'UNKNOWN');
  const { looks } = node.api;
  await setMode('ACTIVE');
  await becomes(node, 'HEALTHY');
  expect(node.api.looks).toBeGreaterThan(looks);
}, 120_000);
