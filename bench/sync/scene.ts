import { Fleet } from '../fleet/fleet.js';
import { untilInStep } from '../fleet/in-step.js';
import type { NodeConfiguration } from '../fleet/node-configuration.js';
import { plainNodes } from '../fleet/plain-nodes.js';
import type { ConfigurationTraffic } from '../fleet/simulated-agent.js';
import { freePort } from '../support/free-port.js';
import { busySecondsOfMachine, tellOfOthers } from '../support/cpu-meter.js';
import type { Panel } from '../support/panel.js';
import { cpuSeconds, familyCpuSeconds } from '../support/process-usage.js';
import { Client } from './client.js';
import { FleetWatch, trafficBetween } from './fleet-watch.js';
import { OpenConnections } from './open-connections.js';
import { RealNode } from './real-node.js';
import { createService, type Service } from './service.js';

const REPORT_EVERY_MS = 10_000;
const ASK_EVERY_MS = 50;

export interface SceneOptions {
  /** Simulated ones. */
  nodes: number;
  users: number;
  connections: number;
  binary: string;
  dir: string;
  echoPort: number;
  borrowed: string;
}

export interface Phase<Result> {
  result: Result;
  /** Of all simulated nodes together. */
  traffic: ConfigurationTraffic;
  /** Milliseconds of a processor. */
  cpuMs: Record<'panel' | 'PostgreSQL' | 'agent' | 'Xray', number>;
}

/** A panel whose nodes, many simulated and one real, run the same proxies for the same users; all of them are in step. */
export class Scene {
  readonly watch: FleetWatch;
  /** What every node ran at the beginning, and how long it was on the wire. */
  readonly configuration: NodeConfiguration;
  readonly configurationBytes: number;
  private readonly reports: NodeJS.Timeout;

  private constructor(
    readonly panel: Panel,
    readonly options: SceneOptions,
    readonly service: Service,
    readonly node: RealNode,
    private readonly fleet: Fleet,
    private readonly client: Client,
    /** Through the real node. */
    readonly connections: OpenConnections,
  ) {
    this.watch = new FleetWatch(fleet);
    this.configuration = runningOn(fleet);
    this.configurationBytes = this.watch.traffic().receivedBytes / fleet.agents.length;
    this.reports = reportForEver(fleet);
  }

  static async set(panel: Panel, options: SceneOptions): Promise<Scene> {
    const { api } = panel;
    const { nodes, echoPort, connections } = options;
    const service = await createService(api, options);
    const [first, ...others] = plainNodes(nodes + 1).map((spec) => ({ ...spec, groupIds: [service.groupId] }));
    const fleet = await Fleet.join({ api, nodes: others });
    const real = { ...first!, address: '127.0.0.1', agentPort: await freePort() };
    const node = await RealNode.join(api, real, options);
    try {
      await untilInStep(api, nodes + 1);
      const client = await Client.start(options, runningOn(fleet).inbounds, service.user);
      const held = await OpenConnections.open(client.ways, connections, echoPort);
      return new Scene(panel, options, service, node, fleet, client, held);
    } catch (error) {
      fleet.close();
      await node.stop();
      throw error;
    }
  }

  get tags(): string[] {
    return this.configuration.inbounds.map(({ tag }) => tag);
  }

  untilInStep(): Promise<void> {
    return untilInStep(this.panel.api, this.options.nodes + 1, ASK_EVERY_MS);
  }

  /** Does the work and says what it took. */
  async during<Result>(work: () => Promise<Result>): Promise<Phase<Result>> {
    const [trafficBefore, cpuBefore, othersBefore] = [this.watch.traffic(), this.cpuMs(), this.othersSeconds()];
    const startedMs = performance.now();
    const result = await work();
    const [traffic, cpuMs] = [trafficBetween(trafficBefore, this.watch.traffic()), this.cpuMs()];
    tellOfOthers((1_000 * (this.othersSeconds() - othersBefore)) / (performance.now() - startedMs));
    for (const party of Object.keys(cpuMs) as (keyof typeof cpuMs)[]) cpuMs[party] -= cpuBefore[party];
    return { result, traffic, cpuMs };
  }

  async leave(): Promise<void> {
    clearInterval(this.reports);
    this.connections.close();
    this.fleet.close();
    await this.client.stop();
    await this.node.stop();
  }

  /** Of programs that have nothing to do with the measurement: what is ours are children, and two kinds of grandchildren. */
  private othersSeconds(): number {
    const ours = familyCpuSeconds(process.pid) + familyCpuSeconds(this.panel.postgresPid) + this.node.xrayCpuSeconds();
    return busySecondsOfMachine() - ours;
  }

  private cpuMs(): Phase<unknown>['cpuMs'] {
    const { panel, node } = this;
    return {
      panel: 1_000 * cpuSeconds(panel.pid),
      PostgreSQL: 1_000 * familyCpuSeconds(panel.postgresPid),
      agent: 1_000 * node.agentCpuSeconds(),
      Xray: 1_000 * node.xrayCpuSeconds(),
    };
  }
}

function runningOn({ agents }: Fleet): NodeConfiguration {
  const running = agents[0]?.running;
  if (!running) throw new Error('The fleet runs nothing');
  return running;
}

/** What a fleet does all day long, spread evenly over time. */
function reportForEver({ agents }: Fleet): NodeJS.Timeout {
  let turn = 0;
  return setInterval(() => {
    agents[turn++ % agents.length]?.report().catch(() => undefined);
  }, REPORT_EVERY_MS / agents.length);
}
