import { join } from 'node:path';
import type { Logger } from 'pino';
import { Applier } from './apply/applier.js';
import { NodeState } from './apply/node-state.js';
import { RemovedUsers } from './apply/removed-users.js';
import { Sockets } from './apply/sockets.js';
import { renewalTime } from './certificate.js';
import type { Clock } from './clock.js';
import { Commands } from './commands.js';
import type { Config } from './config.js';
import { messageOf } from './errors.js';
import type { Identity, IdentityStore, Settings } from './identity.js';
import { Link } from './link.js';
import { LocalApi } from './local-api.js';
import type { Health } from './local-api.js';
import { Sampler } from './metrics/sampler.js';
import { RegisterAgent } from './operations.js';
import { CommandJournal } from './outbox/command-journal.js';
import type { LogOutbox } from './outbox/log-outbox.js';
import { MetricOutbox } from './outbox/metric-outbox.js';
import { PanelSocket } from './panel-socket.js';
import { Prober } from './probe/prober.js';
import { registrationInput, renewed, settingsOf } from './registration.js';
import { Reporter } from './reporter.js';
import { AGENT_VERSION } from './version.js';
import { ConfigFiles } from './xray/config-files.js';
import { ConfigStore } from './xray/config-store.js';
import { Converter } from './xray/convert.js';
import { Supervisor } from './xray/supervisor.js';

const RENEWAL_CHECK_MS = 60 * 60_000;
const LAST_REPORT_MS = 1_000;

interface AgentParts {
  config: Config;
  identity: Identity;
  store: IdentityStore;
  logs: LogOutbox;
  clock: Clock;
  log: Logger;
}

/** Joins the parts: who runs, who is told what. Each part knows only its own business. */
export class Agent {
  private identity: Identity;
  private readonly startedAt: Date;
  private readonly metrics = new MetricOutbox();
  private readonly sampler: Sampler;
  private readonly xray: Supervisor;
  private readonly node: NodeState;
  private readonly link: Link;
  private readonly reporter: Reporter;
  private readonly commands: Commands;
  private readonly journal: CommandJournal;
  private readonly localApi: LocalApi;
  private cancelSampling = () => {};
  private cancelRenewal = () => {};

  constructor(private readonly parts: AgentParts) {
    const { config, clock, log, logs } = parts;
    this.identity = parts.identity;
    this.startedAt = new Date(clock.now());
    this.sampler = new Sampler(clock);
    this.journal = new CommandJournal(join(config.dataDir, 'commands.ndjson'));
    this.reporter = new Reporter({ metrics: this.metrics, logs, clock, log });
    this.localApi = new LocalApi({ host: config.listenHost, health: () => this.health(), clock, log });
    const xrayStore = new ConfigStore(join(config.dataDir, 'xray.d'));
    const files = new ConfigFiles(xrayStore.dir, log);
    this.xray = new Supervisor({
      store: xrayStore,
      files,
      search: { configured: config.xrayBinary, searchPath: config.searchPath, dataDir: config.dataDir },
      environment: config.xrayEnvironment,
      clock,
      log,
      onLogLine: (line) => logs.add('XRAY', line),
      onChange: () => void this.sample(),
    });
    const converter = new Converter(xrayStore.conversionPath, config.xrayEnvironment);
    const removedUsers = new RemovedUsers(converter, new Sockets(log), log);
    const applier = new Applier({ xray: this.xray, files, converter, removedUsers, log });
    this.node = new NodeState({ xray: this.xray, files, applier, clock, log });
    const applySettings = (settings: Settings) => this.applySettings(settings);
    const { journal, xray, node } = this;
    const prober = new Prober(clock);
    this.commands = new Commands({ journal, xray, node, prober, logs, applySettings, clock, log });
    this.link = this.createLink();
  }

  async start(): Promise<void> {
    await this.localApi.use(this.identity, this.identity.settings.agentPort);
    await this.xray.begin();
    this.node.begin();
    this.link.start();
    await this.sample(); // the base of the first rates
    this.scheduleSample();
    this.scheduleRenewal();
  }

  /** Xray first, so that the panel hears its last state over the connection that is still there. */
  async stop(): Promise<void> {
    this.cancelSampling();
    this.cancelRenewal();
    this.node.end();
    await this.commands.finish();
    await this.xray.shutdown();
    await this.lastReport();
    this.link.stop();
    await this.localApi.close();
    this.journal.close();
  }

  private async lastReport(): Promise<void> {
    if (!this.link.liveSocket) return;
    const timeout = new Promise<void>((resolve) => this.parts.clock.after(LAST_REPORT_MS, resolve));
    await Promise.race([this.sample().then(() => this.reporter.sendMetrics()), timeout]);
  }

  private createLink(): Link {
    const { clock, log } = this.parts;
    return new Link({
      dial: (events) => {
        const { ca, nodeToken: token } = this.identity;
        return new PanelSocket({ panelUrl: this.panelUrl, ca, token }, events);
      },
      register: (socket) => this.register(socket),
      startWork: (socket) => {
        this.reporter.start(socket);
        this.commands.start(socket);
      },
      stopWork: () => {
        this.reporter.stop();
        this.commands.stop();
      },
      clock,
      random: Math.random,
      log,
    });
  }

  private get panelUrl(): string {
    return this.parts.config.panelUrl ?? this.identity.panelUrl;
  }

  private async register(socket: PanelSocket): Promise<void> {
    const xray = { xrayVersion: this.xray.status.version, configRevision: this.node.revision };
    const input = registrationInput(this.identity.privateKey, this.startedAt, xray);
    const { registerAgent } = await socket.request(RegisterAgent, { input });
    await this.change(renewed(this.identity, registerAgent));
    this.parts.log.info({ node: registerAgent.nodeName }, 'Registered with the panel');
  }

  private async applySettings(settings: Settings): Promise<void> {
    await this.change({ ...this.identity, settings: settingsOf(settings) });
  }

  private async change(identity: Identity): Promise<void> {
    const intervalChanged = identity.settings.metricsIntervalSeconds !== this.identity.settings.metricsIntervalSeconds;
    if (JSON.stringify(identity) === JSON.stringify(this.identity)) return;
    this.identity = identity;
    this.parts.store.save(identity);
    if (intervalChanged) this.scheduleSample();
    await this.localApi.use(identity, identity.settings.agentPort);
  }

  private scheduleSample(): void {
    this.cancelSampling();
    this.cancelSampling = this.parts.clock.after(this.identity.settings.metricsIntervalSeconds * 1000, () => {
      this.scheduleSample();
      void this.sample();
    });
  }

  private async sample(): Promise<void> {
    try {
      const onlineUsers = await this.onlineUsers(); // may take a while: the rest is how things are after it
      const host = await this.sampler.sample();
      const { state, version, startedAt, error } = this.xray.status;
      this.metrics.add({
        ...host,
        onlineUsers,
        xrayState: state,
        xrayError: error ?? null,
        configRevision: this.node.revision ?? null,
        xrayVersion: version ?? null,
        xrayStartedAt: startedAt?.toISOString() ?? null,
      });
      await this.reporter.sendMetrics();
    } catch (error) {
      this.parts.log.error(`No metrics this time: ${messageOf(error)}`);
    }
  }

  private async onlineUsers(): Promise<number> {
    if (this.xray.status.error !== undefined) return 0;
    return (await this.xray.api?.onlineUsers().catch(() => 0)) ?? 0;
  }

  private scheduleRenewal(): void {
    this.cancelRenewal = this.parts.clock.after(RENEWAL_CHECK_MS, () => {
      this.scheduleRenewal();
      void this.renewIfDue();
    });
  }

  private async renewIfDue(): Promise<void> {
    const { liveSocket } = this.link;
    if (!liveSocket || this.parts.clock.now() < renewalTime(this.identity.certificate)) return;
    await this.register(liveSocket).catch((error: unknown) => {
      this.parts.log.warn(`The certificate was not renewed, trying again in an hour: ${messageOf(error)}`);
    });
  }

  /** Waits for nothing: neither for Xray, nor for the panel, nor for what is being applied. */
  private health(): Health {
    const { state, version, startedAt, error, api } = this.xray.status;
    const xray: Health['xray'] = { state };
    if (version !== undefined) xray.version = version;
    if (startedAt) xray.uptimeSeconds = this.secondsSince(startedAt);
    if (api?.latencyMs !== undefined) xray.apiLatencyMs = Math.round(api.latencyMs * 10) / 10;
    if (api) xray.checkedMsAgo = Math.round(api.checkedMsAgo);
    if (state !== 'RUNNING' || error !== undefined) xray.error = error ?? `Xray is ${state}`;
    return { agentVersion: AGENT_VERSION, uptimeSeconds: this.secondsSince(this.startedAt), xray };
  }

  private secondsSince(time: Date): number {
    return Math.max(0, Math.floor((this.parts.clock.now() - time.getTime()) / 1000));
  }
}
