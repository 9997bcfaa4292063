import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import { messageOf } from './errors.js';
import { ReportLogs, ReportMetrics } from './operations.js';
import type { LogOutbox } from './outbox/log-outbox.js';
import type { MetricOutbox } from './outbox/metric-outbox.js';
import { PanelError } from './panel-error.js';
import type { PanelSocket } from './panel-socket.js';

const LOG_INTERVAL_MS = 1_000;

interface ReporterParts {
  metrics: MetricOutbox;
  logs: LogOutbox;
  clock: Clock;
  log: Logger;
}

/** Empties the outboxes into a live connection. What is not acknowledged stays for the next connection. */
export class Reporter {
  private socket: PanelSocket | undefined;
  private sending: Promise<void> | undefined;
  private sendingLogs = false;
  private cancelTimer = () => {};

  constructor(private readonly parts: ReporterParts) {}

  start(socket: PanelSocket): void {
    this.socket = socket;
    void this.sendMetrics();
    this.scheduleLogs();
  }

  stop(): void {
    this.socket = undefined;
    this.cancelTimer();
  }

  /** One report at a time; samples that arrive meanwhile go with the next one. */
  sendMetrics(): Promise<void> {
    this.sending ??= this.drainMetrics().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async drainMetrics(): Promise<void> {
    const { metrics } = this.parts;
    for (let samples = metrics.pending(); this.socket && samples.length > 0; samples = metrics.pending()) {
      const accepted = await this.deliver('samples', () => this.socket?.request(ReportMetrics, { samples }));
      if (!accepted) return;
      metrics.delivered(samples);
    }
  }

  private scheduleLogs(): void {
    this.cancelTimer = this.parts.clock.after(LOG_INTERVAL_MS, () => {
      void this.sendLogs();
      this.scheduleLogs();
    });
  }

  private async sendLogs(): Promise<void> {
    const { logs } = this.parts;
    const lines = this.sendingLogs ? [] : logs.batch();
    if (lines.length === 0) return;
    this.sendingLogs = true;
    if (await this.deliver('log lines', () => this.socket?.request(ReportLogs, { lines }))) logs.delivered(lines);
    this.sendingLogs = false;
  }

  /** True when the panel is done with them, be it that it will never take them: else they would block what follows. */
  private async deliver(what: string, send: () => Promise<unknown> | undefined): Promise<boolean> {
    try {
      const answer = send();
      await answer;
      return answer !== undefined;
    } catch (error) {
      const permanent = error instanceof PanelError && error.permanent;
      if (permanent)
        this.parts.log.error(`The panel does not take these ${what}, they are dropped: ${messageOf(error)}`);
      else this.parts.log.debug(`${what} were not delivered: ${messageOf(error)}`);
      return permanent;
    }
  }
}
