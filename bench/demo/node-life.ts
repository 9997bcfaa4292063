import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Task } from '../fleet/operations.js';
import { XRAY_VERSION, type SimulatedAgent } from '../fleet/simulated-agent.js';
import { LogJournal } from './log-journal.js';

const LEAST_LOG_GAP_MS = 8_000;
const MOST_LOG_GAP_MS = 40_000;

/** What happens on a node from then on: it reports, writes logs and does what it is told. */
export class NodeLife {
  private readonly journal = new LogJournal();

  constructor(private readonly agent: SimulatedAgent) {
    agent.onTask = (task) => this.carryOut(task);
  }

  start(): void {
    void this.reportForEver();
    void this.writeLogsForEver();
  }

  private async reportForEver(): Promise<void> {
    // Spread over the interval, as agents that were started at different times are.
    await sleep(Math.random() * this.agent.metricsIntervalSeconds * 1_000);
    for (;;) {
      await this.reportNow();
      await sleep(this.agent.metricsIntervalSeconds * 1_000);
    }
  }

  private async writeLogsForEver(): Promise<void> {
    for (;;) {
      await sleep(LEAST_LOG_GAP_MS + Math.random() * (MOST_LOG_GAP_MS - LEAST_LOG_GAP_MS));
      if (this.agent.xrayState !== 'RUNNING' || !this.agent.connected) continue;
      await this.agent.reportLogs(this.journal.chatter()).catch(() => undefined);
    }
  }

  /** What a lost connection loses is not made up for: this is no agent, it only plays one. */
  private async reportNow(): Promise<void> {
    if (this.agent.connected) await this.agent.report().catch(() => undefined);
  }

  private async carryOut(task: Task): Promise<Outcome> {
    if (task.__typename === 'CollectLogs') return { ok: true, logs: this.journal.last(task.last) };
    await sleep(300 + Math.random() * 1_200);
    const output = this.controlXray(task.kind);
    const line = this.journal.write('AGENT', output);
    await this.reportNow();
    await this.agent.reportLogs([line]).catch(() => undefined);
    return { ok: true, output };
  }

  private controlXray(kind: Extract<Task, { __typename: 'ControlXray' }>['kind']): string {
    const { agent } = this;
    const wasRunning = agent.xrayState === 'RUNNING';
    if (kind === 'STOP_XRAY') {
      agent.xrayState = 'STOPPED';
      agent.xrayStartedAt = null;
      return wasRunning ? 'Xray is stopped' : 'Xray was stopped already';
    }
    if (kind === 'START_XRAY' && wasRunning) return `Xray ${XRAY_VERSION} is running already`;
    agent.xrayState = 'RUNNING';
    agent.xrayStartedAt = new Date();
    const done = {
      START_XRAY: 'Xray was started',
      RESTART_XRAY: 'Xray was restarted',
      RELOAD_CONFIG: 'Configuration OK, Xray was restarted',
    };
    return `${done[kind]}: version ${XRAY_VERSION}, process ${1_000 + Math.floor(Math.random() * 60_000)}`;
  }
}
