import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { messageOf } from '../errors.js';
import type { XrayState } from '../gql/graphql.js';
import { findXray, xrayVersion } from './binary.js';
import type { BinarySearch } from './binary.js';
import { ConfigChoice } from './config-choice.js';
import { ConfigStore } from './config-store.js';
import { revisionOf } from './config.js';
import { XrayLogFile } from './log-file.js';
import { endOrphans } from './orphans.js';
import { XrayProcess, lastWords } from './process.js';
import { nextSupervisor, reportedState } from './supervisor.machine.js';
import type { SupervisorEffect, SupervisorEvent, SupervisorState } from './supervisor.machine.js';

const LOG_POLL_MS = 1_000;
const ROLLBACK_TIMEOUT_MS = 10_000;
const MAX_WORDS = 200;

interface SupervisorParts {
  search: BinarySearch;
  /** For Xray's processes. */
  environment: Record<string, string>;
  clock: Clock;
  log: Logger;
  onLogLine(line: string): void;
  /** Xray has come to rest in another state. */
  onChange(): void;
}

export interface XrayStatus {
  state: XrayState;
  version: string | undefined;
  startedAt: Date | undefined;
  configRevision: string | undefined;
  /** Why it does not run. */
  error: string | undefined;
}

/** Keeps Xray running, or stopped when the operator wants that. What follows what is decided in supervisor.machine.ts. */
export class Supervisor {
  private readonly store: ConfigStore;
  private readonly choice: ConfigChoice;
  private readonly logFile: XrayLogFile;
  private state: SupervisorState = { name: 'stopped' };
  private lastRest: SupervisorState['name'] = 'stopped';
  private process: XrayProcess | undefined;
  private version: string | undefined;
  /** The configuration of the present or last start. */
  private launched: string | undefined;
  private error: string | undefined;
  private words: string[] = [];
  private generation = 0;
  private ending = false;
  private hinted = false;
  private waiters: (() => void)[] = [];
  private cancelTimer = () => {};
  private cancelLogTimer = () => {};

  constructor(private readonly parts: SupervisorParts) {
    this.store = new ConfigStore(join(parts.search.dataDir, 'xray.d'));
    this.choice = new ConfigChoice(this.store, parts.environment, parts.log);
    this.logFile = new XrayLogFile(this.store.logPath);
  }

  get status(): XrayStatus {
    const running = this.state.name === 'running' || this.state.name === 'stopping';
    return {
      state: reportedState(this.state),
      version: this.version,
      startedAt: running ? this.process?.startedAt : undefined,
      configRevision: running && this.launched !== undefined ? revisionOf(this.launched) : undefined,
      error: running ? undefined : this.error,
    };
  }

  get api() {
    return this.state.name === 'running' ? this.process?.api : undefined;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts Xray unless the operator has stopped it; what an earlier agent left running is ended in either case. */
  async begin(): Promise<void> {
    this.pumpLog();
    await this.identify();
    if (this.store.stopWanted) await endOrphans(this.store.runningPath, this.parts.clock);
    else this.handle({ type: 'start' });
  }

  /** Stops Xray, but the next agent will start it again. */
  async shutdown(): Promise<void> {
    this.handle({ type: 'stop' });
    await this.settled();
    this.cancelLogTimer();
    this.readLog();
  }

  async start(): Promise<string> {
    this.store.stopWanted = false;
    if (this.state.name === 'running') return 'Xray was running already';
    this.handle({ type: 'start' });
    return this.started('Xray was started');
  }

  async stop(): Promise<string> {
    this.store.stopWanted = true;
    this.handle({ type: 'stop' });
    await this.settled();
    return 'Xray is stopped, and stays stopped until it is started';
  }

  async restart(): Promise<string> {
    this.store.stopWanted = false;
    this.handle({ type: 'restart' });
    return this.started('Xray was restarted');
  }

  /** The running Xray is left alone when the new file is not accepted. */
  async reload(): Promise<string> {
    const wanted = this.store.wanted();
    const binary = findXray(this.parts.search);
    const complaint = binary ? await this.choice.complaint(wanted, binary) : 'no Xray binary was found to test it with';
    if (complaint) throw new Error(`The configuration was not accepted and the former one stays: ${complaint}`);
    if (this.state.name === 'stopped') return 'The configuration is valid; Xray stays stopped';
    this.choice.giveAnotherChance();
    this.handle({ type: 'restart' });
    await this.settled();
    const { error } = this;
    if (this.at('running') && this.launched === wanted) return `Xray runs with configuration ${revisionOf(wanted)}`;
    const rolledBack = await this.runningWithin(ROLLBACK_TIMEOUT_MS);
    throw new Error(
      `Xray did not start with the new configuration (${error}); ${rolledBack ? 'the former one runs again' : 'it is down'}`,
    );
  }

  private async started(output: string): Promise<string> {
    await this.settled();
    if (!this.at('running')) throw new Error(this.error ?? 'Xray was stopped meanwhile');
    return output;
  }

  private at(name: SupervisorState['name']): boolean {
    return this.state.name === name;
  }

  private handle(event: SupervisorEvent): void {
    const before = this.state.name;
    const { state, effects } = nextSupervisor(this.state, event);
    this.state = state;
    for (const effect of effects) this.run(effect);
    if (state.name === before || state.name === 'starting' || state.name === 'stopping') return;
    const waiters = this.waiters.splice(0);
    for (const resolve of waiters) resolve();
    // A crash loop, or looking for a binary again and again, is no news; another start of Xray is.
    if (state.name !== this.lastRest || state.name === 'running') this.parts.onChange();
    this.lastRest = state.name;
  }

  private run(effect: SupervisorEffect): void {
    switch (effect.type) {
      case 'launch':
        return void this.launch();
      case 'end':
        this.ending = true;
        return this.process?.end();
      case 'wait':
        this.cancelTimer = this.parts.clock.after(effect.waitMs, () => this.handle({ type: 'timeUp' }));
        return;
      case 'cancelWait':
        return this.cancelTimer();
    }
  }

  /** From the search for the binary to the end of the process; the machine allows one at a time. */
  private async launch(): Promise<void> {
    this.ending = false;
    this.error = undefined;
    let outcome: SupervisorEvent['type'] & ('ended' | 'missing') = 'ended';
    try {
      const binary = await this.identify();
      if (binary) await this.runUntilEnd(binary);
      else outcome = 'missing';
    } catch (error) {
      this.fail(messageOf(error));
    }
    this.process = undefined;
    this.handle(outcome === 'missing' ? { type: 'missing' } : { type: 'ended', atMs: this.parts.clock.monotonicMs() });
  }

  private async runUntilEnd(binary: string): Promise<void> {
    const { clock, log } = this.parts;
    const orphans = await endOrphans(this.store.runningPath, clock);
    if (orphans.length > 0) log.warn({ pids: orphans }, 'Ended the Xray that an earlier agent had left behind');
    const config = await this.choice.choose(binary);
    if (this.ending) return;
    const xray = this.spawn(binary, config);
    const ready = await xray.ready();
    if (ready) {
      this.store.keepAsGood(config);
      log.info({ version: this.version, pid: xray.pid, revision: revisionOf(config) }, 'Xray is running');
      this.handle({ type: 'ready', atMs: clock.monotonicMs() });
    }
    await xray.ended;
    this.readLog();
    if (this.ending) {
      log.info('Xray has ended');
      return;
    }
    if (!ready) this.choice.reject(config);
    this.fail(`Xray ${ready ? 'ended unexpectedly' : 'did not start'}: ${lastWords(this.words) || 'it said nothing'}`);
  }

  private spawn(binary: string, config: string): XrayProcess {
    this.generation += 1;
    this.words = [];
    this.store.removeOldSockets();
    // A fresh path each time: a second Xray would wait silently for the lock of the first one's socket.
    const apiSocket = this.store.apiSocket(`${process.pid}-${this.generation}`);
    this.store.prepare(this.store.runningPath, config, apiSocket);
    this.launched = config;
    const { clock, environment } = this.parts;
    const { runningPath: configPath } = this.store;
    const outputFile = this.logFile.openForWriting();
    this.process = new XrayProcess({ binary, configPath, apiSocket, outputFile, environment, clock });
    return this.process;
  }

  private async identify(): Promise<string | undefined> {
    const binary = findXray(this.parts.search);
    try {
      this.version = binary && (await xrayVersion(binary));
    } catch (error) {
      this.parts.log.error({ binary }, `Xray cannot be asked for its version: ${messageOf(error)}`);
    }
    if (!binary) this.hint();
    else this.hinted = false;
    return binary;
  }

  private hint(): void {
    this.error = 'no Xray binary was found';
    if (this.hinted) return;
    this.hinted = true;
    const where = this.parts.search.configured ?? 'PATH, /usr/local/bin/xray and the data directory';
    this.parts.log.warn(
      `Xray was not found (${where}). Install it, or name it with --xray; the agent looks again every 30 s.`,
    );
  }

  private fail(error: string): void {
    this.error = error;
    this.parts.log.error(error);
  }

  /** Resolves as soon as Xray neither starts nor stops. */
  private async settled(): Promise<void> {
    if (this.at('starting') || this.at('stopping')) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private async runningWithin(limitMs: number): Promise<boolean> {
    const { clock } = this.parts;
    const deadlineMs = clock.monotonicMs() + limitMs;
    while (!this.at('running') && clock.monotonicMs() < deadlineMs) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(deadlineMs - clock.monotonicMs(), resolve);
        this.waiters.push(() => (cancel(), resolve()));
      });
    }
    return this.at('running');
  }

  private pumpLog(): void {
    this.readLog();
    this.cancelLogTimer = this.parts.clock.after(LOG_POLL_MS, () => this.pumpLog());
  }

  private readLog(): void {
    for (const line of this.logFile.readLines()) {
      this.words = [...this.words.slice(-MAX_WORDS), line];
      this.parts.onLogLine(line);
    }
  }
}
