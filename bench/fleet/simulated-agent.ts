import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentServer } from './agent-server.js';
import { AgentSocket, type SocketClosed } from './agent-socket.js';
import type { Gate } from './gate.js';
import {
  AGENT_COMMANDS,
  COMPLETE_COMMAND,
  REGISTER_AGENT,
  REPORT_LOGS,
  REPORT_METRICS,
  type AgentCommand,
  type LogLine,
  type Outcome,
  type Registration,
  type Sample,
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
  walk: SampleWalk;
  /** A join token, exchanged at the first connection, or a token of the node. */
  token: string;
}

/** One node as the panel sees it: a socket that stays, samples, and commands that are carried out. */
export class SimulatedAgent {
  nodeId = '';
  name = '';
  xrayState: XrayState = 'RUNNING';
  xrayStartedAt: Date | null = new Date(Date.now() - Math.random() * 20 * 86_400_000);
  metricsIntervalSeconds = 10;
  /** Carries out what is no change of settings; a plain fleet is asked for nothing. */
  onCommand: (command: AgentCommand) => Promise<Outcome> = () => Promise.resolve({ ok: true });
  lastReportMs = 0;
  private socket: AgentSocket | undefined;
  private readonly begun = new Set<string>();
  private leaving = false;
  private newestAt = 0;

  constructor(private readonly parts: AgentParts) {}

  get connected(): boolean {
    return this.socket !== undefined;
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
    socket.subscribe(AGENT_COMMANDS, ({ agentCommands }: { agentCommands: AgentCommand }) => {
      this.carryOut(agentCommands).catch(() => undefined); // the panel delivers it again
    });
  }

  private async carryOut(command: AgentCommand): Promise<void> {
    if (command.action.__typename === 'ChangeSettings') {
      this.metricsIntervalSeconds = command.action.metricsIntervalSeconds;
      return;
    }
    if (this.begun.has(command.id)) return;
    this.begun.add(command.id);
    const outcome = await this.onCommand(command);
    await this.ask(COMPLETE_COMMAND, { input: { commandId: command.id, ...outcome } });
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
