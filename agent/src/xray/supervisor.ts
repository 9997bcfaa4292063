import type { Logger } from 'pino';
import { writeFileAtomically } from '../atomic-file.js';
import type { Clock } from '../clock.js';
import { messageOf } from '../errors.js';
import type { XrayState } from '../gql/graphql.js';
import { ApiWatch, HUNG_AFTER_MS } from './api-watch.js';
import type { ApiHealth } from './api-watch.js';
import { findXray, markOf, xrayVersion } from './binary.js';
import type { BinarySearch } from './binary.js';
import { ConfigChoice } from './config-choice.js';
import type { ConfigFiles } from './config-files.js';
import type { ConfigStore } from './config-store.js';
import { endOrphans } from './orphans.js';
import { XrayOutput } from './output.js';
import { XrayProcess, lastWords } from './process.js';
import type { XrayStart } from './start.js';
import { nextSupervisor, reportedState } from './supervisor.machine.js';
import type { SupervisorEffect, SupervisorEvent, SupervisorState } from './supervisor.machine.js';

const ROLLBACK_TIMEOUT_MS = 10_000;
const MAX_ERROR = 500;

interface SupervisorParts {
  search: BinarySearch;
  store: ConfigStore;
  files: ConfigFiles;
  /** For Xray's processes. */
  environment: Record<string, string>;
  clock: Clock;
  log: Logger;
  onLogLine(line: string): void;
  /** Xray has come to rest in another state or for another reason, or its API has fallen silent or answers again. */
  onChange(): void;
}

export interface XrayStatus {
  state: XrayState;
  version: string | undefined;
  startedAt: Date | undefined;
  /** Why it does not run, or does not answer, although it should: one line. */
  error: string | undefined;
  /** While its process runs. */
  api: ApiHealth | undefined;
}

/** A process of Xray and what it runs. */
export interface Running {
  start: XrayStart;
  binary: string;
  /** Of the file that was started: its format of messages is the only one that the process surely understands. */
  binaryMark: string;
  /** Counts the starts. */
  generation: number;
}

/** Keeps Xray running, or stopped when the operator wants that. What follows what is decided in supervisor.machine.ts. */
export class Supervisor {
  private readonly choice: ConfigChoice;
  private readonly output: XrayOutput;
  private readonly watch: ApiWatch;
  private state: SupervisorState = { name: 'stopped' };
  private lastRest = '';
  private process: XrayProcess | undefined;
  private version: string | undefined;
  private running: Running | undefined;
  private error: string | undefined;
  private generation = 0;
  private ending = false;
  private hinted = false;
  private waiters: (() => void)[] = [];
  private cancelTimer = () => {};

  constructor(private readonly parts: SupervisorParts) {
    const { store, files, environment, clock, log, onLogLine } = parts;
    this.choice = new ConfigChoice(store, files, environment, log);
    this.output = new XrayOutput(store.logPath, clock, onLogLine);
    const onHung = () => this.process?.kill(`killed, because its API had not answered for ${HUNG_AFTER_MS / 1000} s`);
    this.watch = new ApiWatch({ clock, log, onChange: () => parts.onChange(), onHung });
  }

  get status(): XrayStatus {
    const running = this.state.name === 'running' || this.state.name === 'stopping';
    const state = reportedState(this.state);
    const { health: api } = this.watch;
    return {
      state,
      version: this.version,
      startedAt: running ? this.process?.startedAt : undefined,
      error: running ? api?.error : state === 'STOPPED' ? undefined : this.error,
      api,
    };
  }

  get at(): SupervisorState['name'] {
    return this.state.name;
  }

  /** What the running Xray was started with, or has become through its API since. */
  get live(): Running | undefined {
    return this.at === 'running' ? this.running : undefined;
  }

  get api() {
    return this.at === 'running' ? this.process?.api : undefined;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts Xray unless the operator has stopped it; what an earlier agent left running is ended in either case. */
  async begin(): Promise<void> {
    const { store } = this.parts;
    this.output.begin();
    await this.identify();
    if (store.stopWanted) await endOrphans(store.runningPath, this.parts.clock);
    else this.handle({ type: 'start' });
  }

  /** Stops Xray, but the next agent will start it again. */
  async shutdown(): Promise<void> {
    this.handle({ type: 'stop' });
    await this.settled();
    this.output.end();
  }

  async start(): Promise<string> {
    this.parts.store.stopWanted = false;
    if (this.at === 'running') return 'Xray was running already';
    this.handle({ type: 'start' });
    return this.started('Xray was started');
  }

  async stop(): Promise<string> {
    this.parts.store.stopWanted = true;
    this.handle({ type: 'stop' });
    await this.settled();
    return 'Xray is stopped, and stays stopped until it is started';
  }

  async restart(): Promise<string> {
    this.parts.store.stopWanted = false;
    this.handle({ type: 'restart' });
    return this.started('Xray was restarted');
  }

  /** The running Xray is left alone when the new file is not accepted. */
  async reload(): Promise<string> {
    const wanted = this.parts.files.wanted();
    const complaint = await this.complaint(wanted);
    if (complaint) throw new Error(`The configuration was not accepted and the former one stays: ${complaint}`);
    if (this.at === 'stopped') return 'The configuration is valid; Xray stays stopped';
    const reason = await this.restartInto(wanted);
    if (reason === undefined) return `Xray runs with configuration ${nameOf(wanted)}`;
    const rolledBack = await this.runningWithin(ROLLBACK_TIMEOUT_MS);
    throw new Error(
      `Xray did not start with the new configuration (${reason}); ${rolledBack ? 'the former one runs again' : 'it is down'}`,
    );
  }

  /** What the node's Xray says against a configuration; undefined when it accepts it. */
  async complaint(start: XrayStart): Promise<string | undefined> {
    const binary = findXray(this.parts.search);
    return binary ? this.choice.complaint(start, binary) : 'no Xray binary was found to test it with';
  }

  /** Restarts with what is on disk now; answers why Xray does not run with it. */
  async restartInto(wanted: Pick<XrayStart, 'fingerprint'>): Promise<string | undefined> {
    this.choice.giveAnotherChance();
    this.handle({ type: 'restart' });
    await this.settled();
    if (this.live?.start.fingerprint === wanted.fingerprint) return undefined;
    return this.error ?? this.choice.complaintOf(wanted) ?? 'Xray was stopped meanwhile';
  }

  /** The API has made this of the running Xray. */
  nowRuns(start: XrayStart): void {
    if (!this.running || this.at !== 'running') return;
    this.running = { ...this.running, start };
    this.parts.files.keepAsGood(start);
  }

  /** Resolves as soon as Xray neither starts nor stops. */
  async settled(): Promise<void> {
    if (this.at === 'starting' || this.at === 'stopping')
      await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private async started(output: string): Promise<string> {
    await this.settled();
    if (this.at !== 'running') throw new Error(this.error ?? 'Xray was stopped meanwhile');
    return output;
  }

  private handle(event: SupervisorEvent): void {
    const before = this.state.name;
    const { state, effects } = nextSupervisor(this.state, event);
    this.state = state;
    for (const effect of effects) this.run(effect);
    if (state.name === before || state.name === 'starting' || state.name === 'stopping') return;
    const waiters = this.waiters.splice(0);
    for (const resolve of waiters) resolve();
    // A crash loop, or looking for a binary again and again, is no news; another reason or another start of Xray is.
    const rest = `${state.name} ${this.status.error}`;
    if (rest !== this.lastRest || state.name === 'running') this.parts.onChange();
    this.lastRest = rest;
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
    if (this.state.name === 'starting' && this.state.failures === 0) this.error = undefined;
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
    const { clock, log, store, files } = this.parts;
    const orphans = await endOrphans(store.runningPath, clock);
    if (orphans.length > 0) log.warn({ pids: orphans }, 'Ended the Xray that an earlier agent had left behind');
    const start = await this.choice.choose(binary);
    if (this.ending) return;
    const xray = this.spawn(binary, start);
    const latencyMs = await xray.ready();
    const ready = latencyMs !== undefined;
    if (ready) {
      this.error = undefined;
      this.watch.begin(xray.api, latencyMs);
      files.keepAsGood(start);
      log.info({ version: this.version, pid: xray.pid, configuration: nameOf(start) }, 'Xray is running');
      this.handle({ type: 'ready', atMs: clock.monotonicMs() });
    }
    const how = await xray.ended;
    this.watch.end();
    this.output.read();
    if (this.ending) {
      log.info('Xray has ended');
      return;
    }
    const words = lastWords(this.output.words) || 'it said nothing';
    if (!ready) this.choice.reject(start, words);
    this.fail(`${how}: ${words}`);
  }

  private spawn(binary: string, start: XrayStart): XrayProcess {
    const { clock, environment, store } = this.parts;
    this.generation += 1;
    store.removeOldSockets();
    // A fresh path each time: a second Xray would wait silently for the lock of the first one's socket.
    const apiSocket = store.apiSocket(`${process.pid}-${this.generation}`);
    writeFileAtomically(store.runningPath, start.render(apiSocket));
    this.running = { start, binary, binaryMark: markOf(binary), generation: this.generation };
    const outputFile = this.output.openForWriting();
    this.process = new XrayProcess({
      binary,
      configPath: store.runningPath,
      apiSocket,
      outputFile,
      environment,
      clock,
    });
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
    this.error = inOneLine(error);
    this.parts.log.error(`Xray is down: ${this.error}`);
  }

  private async runningWithin(limitMs: number): Promise<boolean> {
    const { clock } = this.parts;
    const deadlineMs = clock.monotonicMs() + limitMs;
    while (this.at !== 'running' && clock.monotonicMs() < deadlineMs) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(deadlineMs - clock.monotonicMs(), resolve);
        this.waiters.push(() => (cancel(), resolve()));
      });
    }
    return this.at === 'running';
  }
}

function nameOf({ config, fingerprint }: XrayStart): string {
  return config?.revision ?? fingerprint.slice(0, 16);
}

/** What is too long loses its middle: Xray begins with where it was and ends with what went wrong there. */
function inOneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= MAX_ERROR ? line : `${line.slice(0, 200)} … ${line.slice(3 + 200 - MAX_ERROR)}`;
}
