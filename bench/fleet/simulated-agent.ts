import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentServer } from './agent-server.js';
import { AgentSocket, type SocketClosed, type Traffic } from './agent-socket.js';
import type { Configurator } from './configurator.js';
import type { Gate } from './gate.js';
import type { NodeConfiguration } from './node-configuration.js';
import {
  AGENT_COMMANDS,
  COMPLETE_COMMAND,
  REGISTER_AGENT,
  REPORT_LOGS,
  REPORT_METRICS,
  type AgentCommand,
  type ApplyConfig,
  type ApplyUsers,
  type LogLine,
  type Outcome,
  type Registration,
  type Sample,
  type Task,
  type XrayState,
} from './operations.js';
import type { SampleWalk } from './sample-walk.js';

export const XRAY_VERSION = '26.7.28';
const AGENT_VERSION = '0.1.0';
const LONGEST_WAIT_MS = 30_000;
/** The token was refused, or another connection of the same node took over: no use in hurrying. */
const PATIENT_CODES = new Set([4403, 4410]);

export interface AgentParts {
  server: AgentServer;
  /** Shared by the fleet: bounds the handshakes that go on at the same time. */
  gate: Gate;
  /** Shared by the fleet as well. */
  configurator: Configurator;
  walk: SampleWalk;
  /** A join token, exchanged at the first connection, or a token of the node. */
  token: string;
  /** What the node runs before it has heard of a panel. */
  configuration?: NodeConfiguration;
}

/** Commands that concern the configuration, and what they and their answers took on the wire. */
export interface ConfigurationTraffic {
  whole: number;
  users: number;
  receivedBytes: number;
  sentBytes: number;
}

/** One node as the panel sees it: a socket that stays, samples, and commands that are carried out. */
export class SimulatedAgent {
  nodeId = '';
  name = '';
  xrayState: XrayState = 'RUNNING';
  xrayStartedAt: Date | null = new Date(Date.now() - Math.random() * 20 * 86_400_000);
  metricsIntervalSeconds = 10;
  /** Carries out what an operator wants; a plain fleet is asked for nothing. */
  onTask: (task: Task) => Promise<Outcome> = () => Promise.resolve({ ok: true });
  /** The panel has heard that the node runs this. */
  onInStep: (configuration: NodeConfiguration) => void = () => undefined;
  /** In words of an agent: no whole configuration is accepted as long as it is there. */
  refusal: string | undefined;
  lastReportMs = 0;
  readonly configurationTraffic: ConfigurationTraffic = { whole: 0, users: 0, receivedBytes: 0, sentBytes: 0 };
  private configuration: NodeConfiguration | undefined;
  private socket: AgentSocket | undefined;
  private readonly begun = new Set<string>();
  private leaving = false;
  private newestAt = 0;

  constructor(private readonly parts: AgentParts) {
    this.configuration = parts.configuration;
  }

  private get revision(): string | null {
    return this.configuration?.revision ?? null;
  }

  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** What the node runs; undefined before the first. */
  get running(): NodeConfiguration | undefined {
    return this.configuration;
  }

  /** Of the connection that there is now. */
  get traffic(): Traffic {
    return this.socket?.traffic ?? { receivedBytes: 0, sentBytes: 0 };
  }

  get walk(): SampleWalk {
    return this.parts.walk;
  }

  /** Trades the join token for the node's own; the connection goes on as the node. */
  async join(csr: string): Promise<void> {
    const input = {
      agentVersion: AGENT_VERSION,
      xrayVersion: XRAY_VERSION,
      hostname: 'simulated',
      csr,
      startedAt: new Date(),
      configRevision: this.revision,
    };
    await this.parts.gate.run(async () => {
      const socket = await this.open();
      const { registerAgent } = await socket.request<{ registerAgent: Registration }>(REGISTER_AGENT, { input });
      if (registerAgent.nodeToken === null) throw new Error('The panel answered no token for the node');
      this.parts.token = registerAgent.nodeToken;
      this.nodeId = registerAgent.nodeId;
      this.name = registerAgent.nodeName;
      this.metricsIntervalSeconds = registerAgent.metricsIntervalSeconds;
      this.use(socket);
    });
  }

  async connect(): Promise<void> {
    this.leaving = false;
    await this.parts.gate.run(async () => this.use(await this.open()));
  }

  disconnect(): void {
    this.leaving = true;
    this.socket?.close();
  }

  /** The present moment; answers the milliseconds until the panel has said that it is durable. */
  async report(): Promise<number> {
    const startedMs = performance.now();
    this.lastReportMs = startedMs;
    // Two samples of the same millisecond would be one to the panel.
    this.newestAt = Math.max(this.newestAt + 1, Date.now());
    await this.send([this.sample(new Date(this.newestAt))]);
    return performance.now() - startedMs;
  }

  sample(at: Date): Sample {
    const values = this.parts.walk.next(at);
    const xray = {
      xrayState: this.xrayState,
      xrayVersion: XRAY_VERSION,
      xrayStartedAt: this.xrayStartedAt?.toISOString() ?? null,
      configRevision: this.revision,
    };
    if (this.xrayState === 'RUNNING') return { ...values, ...xray };
    return { ...values, ...xray, cpu: 0.02, uplinkRate: 900, downlinkRate: 1_100, connections: 4, onlineUsers: 0 };
  }

  async send(samples: Sample[]): Promise<void> {
    await this.ask(REPORT_METRICS, { samples });
  }

  async reportLogs(lines: LogLine[]): Promise<void> {
    await this.ask(REPORT_LOGS, { lines });
  }

  private ask(query: string, variables: object): Promise<unknown> {
    return this.socket?.request(query, variables) ?? Promise.reject(new Error('not connected'));
  }

  private open(): Promise<AgentSocket> {
    return AgentSocket.open(this.parts.server, this.parts.token, (closed) => this.closed(closed));
  }

  private use(socket: AgentSocket): void {
    this.socket = socket;
    socket.subscribe(AGENT_COMMANDS, ({ agentCommands }: { agentCommands: AgentCommand }, bytes) => {
      this.carryOut(agentCommands, bytes).catch(() => undefined); // the panel delivers it again
    });
  }

  private async carryOut({ id, action }: AgentCommand, bytes: number): Promise<void> {
    switch (action.__typename) {
      case 'ChangeSettings':
        this.metricsIntervalSeconds = action.metricsIntervalSeconds;
        return;
      case 'ApplyConfig':
      case 'ApplyUsers':
        return this.configure(id, action, bytes);
      case 'ControlXray':
      case 'CollectLogs':
        if (this.begun.has(id)) return;
        this.begun.add(id);
        return this.complete(id, await this.onTask(action));
    }
  }

  private async configure(id: string, action: ApplyConfig | ApplyUsers, bytes: number): Promise<void> {
    const traffic = this.configurationTraffic;
    traffic[action.__typename === 'ApplyConfig' ? 'whole' : 'users'] += 1;
    traffic.receivedBytes += bytes;
    const error = this.apply(action);
    const sentBefore = this.traffic.sentBytes;
    const answered = this.complete(id, { ok: error === undefined, error, appliedRevision: this.revision });
    traffic.sentBytes += this.traffic.sentBytes - sentBefore;
    const configuration = this.configuration;
    await answered;
    if (configuration && error === undefined) this.onInStep(configuration);
  }

  /** Answers what is wrong; nothing has changed then. */
  private apply(action: ApplyConfig | ApplyUsers): string | undefined {
    if (this.refusal !== undefined && action.__typename === 'ApplyConfig') return this.refusal;
    try {
      this.configuration = this.parts.configurator.apply(this.configuration, action);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async complete(commandId: string, outcome: Outcome): Promise<void> {
    await this.ask(COMPLETE_COMMAND, { input: { commandId, ...outcome } });
  }

  private closed({ code }: SocketClosed): void {
    // Nothing to come back to while the join token is being exchanged: join() reports the failure.
    const wasNode = this.socket !== undefined;
    this.socket = undefined;
    if (wasNode && !this.leaving) void this.comeBack(PATIENT_CODES.has(code) ? 2 * LONGEST_WAIT_MS : 0);
  }

  /** Full jitter: a random time below a limit that doubles. */
  private async comeBack(firstWaitMs: number): Promise<void> {
    await sleep(firstWaitMs, undefined, { ref: false });
    for (let limitMs = 1_000; !this.leaving && !this.socket; limitMs = Math.min(LONGEST_WAIT_MS, limitMs * 2)) {
      await sleep(500 + Math.random() * (limitMs - 500), undefined, { ref: false });
      if (!this.leaving) await this.connect().catch(() => undefined);
    }
  }
}
