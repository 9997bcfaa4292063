import { forEachBounded } from '../support/bounded.js';
import { certificateRequest } from '../support/certificates.js';
import type { PanelApi } from '../support/panel-api.js';
import { progress } from '../support/result.js';
import { AgentServer } from './agent-server.js';
import { Configurator } from './configurator.js';
import { createNodes, type NodeSpec } from './create-nodes.js';
import { Gate } from './gate.js';
import { untilInStep } from './in-step.js';
import { NodeConfiguration } from './node-configuration.js';
import { runAt, saturate, type LoadResult } from './load.js';
import { randomProfile, SampleWalk } from './sample-walk.js';
import { SimulatedAgent } from './simulated-agent.js';

const HANDSHAKES_IN_FLIGHT = 50;
const PROGRESS_EVERY = 1_000;

interface JoinOptions {
  api: PanelApi;
  nodes: readonly NodeSpec[];
  concurrency?: number;
}

interface ConnectOptions {
  server: AgentServer;
  tokens: readonly string[];
  concurrency?: number;
}

/** Many agents in one process, each with a TLS connection of its own. */
export class Fleet {
  private constructor(readonly agents: readonly SimulatedAgent[]) {}

  /** Adds the nodes to a panel, joins an agent for each, as a new machine would, and lets all get their configuration. */
  static async join({ api, nodes, concurrency = HANDSHAKES_IN_FLIGHT }: JoinOptions): Promise<Fleet> {
    const created = await createNodes(api, nodes, announce('nodes added', nodes.length));
    const server = await AgentServer.fromJoinToken(created[0]?.joinToken ?? '');
    const shared = { server, gate: new Gate(concurrency), configurator: new Configurator() };
    const agents = created.map(({ joinToken }, index) => {
      const walk = new SampleWalk(randomProfile(nodes[index]?.location.longitude));
      return new SimulatedAgent({ ...shared, walk, token: joinToken });
    });
    const csr = certificateRequest();
    await connectAll(agents, concurrency, (agent) => agent.join(csr));
    await untilInStep(api, agents.length);
    return new Fleet(agents);
  }

  /** Connects to anything that speaks the agents' frames, by tokens that it knows. */
  static async connect({ server, tokens, concurrency = HANDSHAKES_IN_FLIGHT }: ConnectOptions): Promise<Fleet> {
    const shared = { server, gate: new Gate(concurrency), configurator: new Configurator() };
    // Nobody configures them, but their reports shall be as long as those of a fleet that is in step.
    const configuration = NodeConfiguration.from({ base: {}, inbounds: [], users: [] });
    const agents = tokens.map(
      (token) => new SimulatedAgent({ ...shared, configuration, walk: new SampleWalk(randomProfile()), token }),
    );
    await connectAll(agents, concurrency, (agent) => agent.connect());
    return new Fleet(agents);
  }

  /** Open loop, spread evenly over the agents and over time. */
  runAt(reportsPerSecond: number, seconds: number): Promise<LoadResult> {
    return runAt(this.agents, reportsPerSecond, seconds);
  }

  /** Closed loop with so many unacknowledged reports at any time. */
  saturate(inFlight: number, seconds: number): Promise<LoadResult> {
    return saturate(this.agents, inFlight, seconds);
  }

  close(): void {
    for (const agent of this.agents) agent.disconnect();
  }
}

async function connectAll(
  agents: readonly SimulatedAgent[],
  concurrency: number,
  connect: (agent: SimulatedAgent) => Promise<void>,
): Promise<void> {
  const report = announce('agents connected', agents.length);
  let connected = 0;
  await forEachBounded(agents, concurrency, async (agent) => {
    await connect(agent);
    report((connected += 1));
  });
}

/** Says something each thousand and at the end. */
const announce =
  (what: string, total: number) =>
  (count: number): void => {
    if (count === total || count % PROGRESS_EVERY === 0) progress(`${count} of ${total} ${what}`);
  };
