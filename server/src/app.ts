import { createHash } from 'node:crypto';
import { printSchema, type GraphQLSchema } from 'graphql';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { AgentCertificates } from './agent-certificates.js';
import { AgentListener } from './api/agent-listener.js';
import { PublicListener } from './api/public-listener.js';
import { AGENT_RESOLVERS, buildView, PUBLIC_RESOLVERS } from './api/schema.js';
import type { Config } from './config.js';
import type { Context } from './context.js';
import { AccessTokens, ensureFirstAdmin, SessionResolver, SessionService } from './domains/access/index.js';
import {
  Alerts,
  AlertSender,
  ChannelService,
  Courier,
  NotificationChannelResolver,
  Outbound,
  Outbox,
} from './domains/alerts/index.js';
import {
  AgentAuthenticator,
  AgentConnections,
  AgentResolver,
  AgentWork,
  CommandResolver,
  CommandService,
  JoinTokens,
  LogService,
  NodeAgentResolver,
  ProbeMail,
  RegistrationService,
} from './domains/agents/index.js';
import {
  ConfigViews,
  DesiredConfigs,
  markForNewBuilder,
  NodeConfigResolver,
  NodeSyncStore,
  Reconciler,
} from './domains/configuration/index.js';
import { GroupResolver, GroupService } from './domains/groups/index.js';
import {
  ClusterGuardResolver,
  FailoverGuard,
  HealthEngine,
  HealthHistory,
  HealthResolver,
  HealthService,
  HealthStore,
  Prober,
} from './domains/health/index.js';
import {
  currentSamples,
  MetricHistory,
  MetricIngest,
  metricTables,
  MetricRollups,
  NodeHistoryResolver,
} from './domains/metrics/index.js';
import { ClusterResolver, ClusterService, NodeResolver, NodeService } from './domains/nodes/index.js';
import { ProxyResolver, ProxyService } from './domains/proxies/index.js';
import { PanelResolver, SettingsResolver, SettingsService, type Settings } from './domains/settings/index.js';
import { SubscriptionService } from './domains/subscriptions/index.js';
import { ClusterSyncResolver, ConfigChanges, SyncResolver, SyncService } from './domains/sync/index.js';
import {
  ClusterUsersResolver,
  CredentialStore,
  NodeUsersResolver,
  UserResolver,
  UserService,
} from './domains/users/index.js';
import { entities } from './entities.js';
import { Loaders } from './loaders.js';
import { migrations } from './migrations/index.js';
import { AGENT_DIR, DASHBOARD_DIR, VERSION } from './paths.js';
import { systemClock } from './platform/clock.js';
import { DataDir } from './platform/data-dir.js';
import { EventBus } from './platform/events/bus.js';
import { PostgresRelay } from './platform/events/postgres-relay.js';
import { JobRunner, type Job } from './platform/jobs.js';
import type { Logger } from './platform/log.js';
import { Partitions, type PartitionedTable } from './platform/postgres/partitions.js';
import { ShardLeases } from './platform/shard-leases.js';
import { PanelInstance } from './platform/panel-instance.js';
import { createDatabase, migrate, type DatabaseAddress } from './platform/postgres/database.js';
import { EmbeddedPostgres } from './platform/postgres/embedded.js';
import { SecretBox } from './platform/secret-box.js';
import { SecretStore } from './platform/secret-store.js';
import type { Services } from './services.js';

/** Parts of the fleet that the panels of a cluster share for their checks. */
const HEALTH_SHARDS = 16;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CERTIFICATE_CHECK_MS = 12 * HOUR_MS;

/** Undone in reverse order, each step even when another one failed. */
type Cleanup = () => unknown;

export interface RunningPanel {
  /** Where the dashboard is. */
  url: string;
  /** What nodes dial. */
  agentUrl: string;
  /** Shown once: the password made up for the first administrator; undefined when there was one, or it was chosen. */
  firstPassword: string | undefined;
  /** What holds the data, in words. */
  database: string;
  stop(): Promise<void>;
}

/** Puts a panel together and starts it. Whatever fails half-way, what was started is stopped again. */
export async function startPanel(config: Config, log: Logger): Promise<RunningPanel> {
  const cleanups: Cleanup[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).toReversed()) {
      try {
        await cleanup();
      } catch (error) {
        log.error({ err: error }, 'a step of stopping failed');
      }
    }
  };
  try {
    return { ...(await start(config, log, cleanups)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(config: Config, log: Logger, cleanups: Cleanup[]): Promise<Omit<RunningPanel, 'stop'>> {
  const dataDir = DataDir.open(config.dataDir);
  cleanups.push(() => dataDir.close());
  const { db, address, description } = await openDatabase(config, dataDir, log, cleanups);
  const clock = systemClock;
  const events = new EventBus(log);
  const panelId = dataDir.panelId();

  const box = new SecretBox(config.secretKey ?? dataDir.secretKey());
  const secrets = new SecretStore(db, box);
  const certificates = await AgentCertificates.load(secrets, config.agent.url, clock);
  const caFile = certificates.authority.certificate;
  const firstPassword = await ensureFirstAdmin(db, config.adminPassword);

  const sessions = new SessionService(db, await AccessTokens.load(secrets, clock), events, clock, log);
  const changes = new ConfigChanges(events);
  const settings = new SettingsService(db, events, changes);
  const joinTokens = new JoinTokens({
    agentUrl: config.agent.url,
    pin: certificates.authority.pin,
    caFileHash: createHash('sha256').update(caFile).digest('hex'),
  });
  const identity = async () => ({ ca: caFile, client: await certificates.client() });
  const healthHistory = new HealthHistory(db);
  const health = new HealthService(db, events, identity, clock, healthHistory);
  const credentials = new CredentialStore(box);
  const proxies = new ProxyService(db, changes, box, clock);
  const groups = new GroupService(db, events, changes, proxies);
  const users = new UserService(db, changes, credentials, clock);
  const sync = new SyncService(db, events);
  const nodes = new NodeService(db, events, joinTokens, health, groups, {
    begin: (manager) => changes.begin(manager),
    assertPortsFree: (manager) => proxies.assertPortsFree(manager),
    announce: () => changes.announce(),
  });
  const clusters = new ClusterService(db);
  const logs = new LogService(db, events);
  const commands = new CommandService(db, events, logs);
  const configs = new DesiredConfigs(db, proxies, credentials);
  const store = new NodeSyncStore(db, panelId);
  const reconciler = new Reconciler({ store, configs, events, logs, log, random: Math.random });
  const subscriptions = new SubscriptionService(db, proxies, credentials, settings, log);
  const connections = new AgentConnections(db, events, panelId, log);
  const probeMail = new ProbeMail(events, connections);
  const agentWork = new AgentWork(db, events, commands, settings, reconciler, probeMail);
  const registration = new RegistrationService(db, events, certificates.authority, settings, clock);
  const ingest = new MetricIngest(db, events, clock);
  const history = new MetricHistory(db, clock, async () => (await settings.read()).metricsRetentionDays);
  const services: Services = { events, commands, logs, agentWork, currentSamples: currentSamples(db), sync, health };
  const info = { version: VERSION, agentUrl: config.agent.url, demo: config.demo };

  let publicUrl = (): string => config.public.url ?? '';
  const alerts = new Alerts(db, events, clock);
  const outbound = new Outbound({ privateTargets: config.alertPrivateTargets });
  const courier = new Courier({ box, outbound, clock, publicUrl: () => publicUrl() });
  const channels = new ChannelService({ db, box, outbound, courier });
  const alertSender = new AlertSender({ outbox: new Outbox(db), courier, events, clock, log, random: Math.random });
  const nowMs = () => performance.now();
  const cluster = { panels: 1 };
  const shards = new ShardLeases({
    name: 'health',
    shards: HEALTH_SHARDS,
    panelId,
    db,
    log,
    panels: () => cluster.panels,
    changed: () => void engine.shardsChanged().catch((err: unknown) => log.error({ err }, 'shards were not taken up')),
  });
  const prober = new Prober(identity, nowMs);
  const engine: HealthEngine = new HealthEngine({
    db,
    events,
    proxies,
    settings,
    prober,
    store: new HealthStore(db, events, alerts, log),
    shards,
    log,
    random: Math.random,
    nowMs,
  });
  const instances = new Map<unknown, object>([
    [SessionResolver, new SessionResolver(sessions)],
    [NodeResolver, new NodeResolver(nodes)],
    [ClusterResolver, new ClusterResolver(clusters)],
    [NodeHistoryResolver, new NodeHistoryResolver(history)],
    [CommandResolver, new CommandResolver(commands)],
    [NodeAgentResolver, new NodeAgentResolver(commands, logs)],
    [HealthResolver, new HealthResolver(health, healthHistory)],
    [
      ClusterGuardResolver,
      new ClusterGuardResolver(() => (config.healthChecks ? FailoverGuard[engine.guard] : FailoverGuard.PAUSED)),
    ],
    [SettingsResolver, new SettingsResolver(settings)],
    [PanelResolver, new PanelResolver(info)],
    [NotificationChannelResolver, new NotificationChannelResolver(channels)],
    [GroupResolver, new GroupResolver(groups, nodes)],
    [ProxyResolver, new ProxyResolver(proxies)],
    [UserResolver, new UserResolver(users, () => publicUrl())],
    [NodeUsersResolver, new NodeUsersResolver(users)],
    [ClusterUsersResolver, new ClusterUsersResolver(users)],
    [SyncResolver, new SyncResolver(sync)],
    [ClusterSyncResolver, new ClusterSyncResolver(sync)],
    [NodeConfigResolver, new NodeConfigResolver(new ConfigViews(configs))],
    [AgentResolver, new AgentResolver(registration, ingest, logs, commands, reconciler, probeMail)],
  ]);
  const baseContext = (): Context => ({
    principal: undefined,
    cookies: undefined,
    remoteAddress: '',
    loaders: new Loaders(db, history),
    services,
    streamPart: 'both',
    agent: undefined,
  });

  await startCluster(panelId, db, address, events, log, cleanups, (peers) => (cluster.panels = 1 + peers));
  await connections.forgetEarlierLife();
  const partitions = new Partitions(db, clock);
  await partitions.maintain(partitionedTables(await settings.read()));
  const rollups = new MetricRollups(db, clock);
  const jobs = new JobRunner(panelId, db, log);
  jobs.start(
    panelJobs({
      commands,
      connections,
      logs,
      sessions,
      rollups,
      partitions,
      settings,
      users,
      reconciler,
      alerts,
    }),
  );
  cleanups.push(() => jobs.stop());
  cleanups.push(() => ingest.drain());
  cleanups.push(() => connections.closeAll());
  await markForNewBuilder(db, changes);
  reconciler.start();
  cleanups.push(() => reconciler.stop());
  if (config.healthChecks) {
    await shards.start();
    cleanups.push(() => shards.stop());
    await engine.start();
    cleanups.push(() => prober.stop());
    cleanups.push(() => engine.stop());
  }

  const agentListener = await AgentListener.start({
    config: config.agent,
    certificate: await certificates.server(),
    caCertificate: caFile,
    schema: buildView(AGENT_RESOLVERS, instances),
    authenticator: new AgentAuthenticator(db, events, log),
    connections,
    log,
    baseContext,
    agentDir: AGENT_DIR,
  });
  cleanups.push(() => agentListener.stop());
  renewCertificate(certificates, agentListener, log, cleanups);
  const publicListener = await PublicListener.start({
    config: config.public,
    schema: buildView(PUBLIC_RESOLVERS, instances),
    sessions,
    events,
    log,
    baseContext,
    isReady: () => answers(db),
    subscriptions,
    schemaText: printSchema(wholeSchema()),
    dashboardDir: DASHBOARD_DIR,
  });
  cleanups.push(() => publicListener.stop());
  publicUrl = () => publicListener.url;
  // Not before it is known where its links lead.
  alertSender.start();
  cleanups.push(() => alertSender.stop());
  return { url: publicListener.url, agentUrl: config.agent.url, firstPassword, database: description };
}

/** Both views in one: what schema.graphql shows, and what the code of agent and dashboard is generated from. */
export const wholeSchema = (): GraphQLSchema => buildView([...PUBLIC_RESOLVERS, ...AGENT_RESOLVERS], new Map());

async function openDatabase(config: Config, dataDir: DataDir, log: Logger, cleanups: Cleanup[]) {
  let address: DatabaseAddress;
  let description = 'the PostgreSQL of DATABASE_URL';
  if (config.databaseUrl) {
    address = { url: config.databaseUrl };
  } else {
    const embedded = await EmbeddedPostgres.start({
      dir: dataDir.file('postgres'),
      searchPath: config.searchPath,
      log,
    });
    cleanups.push(() => embedded.stop());
    address = { ...embedded.connection, database: 'postgres' };
    description = embedded.description;
  }
  const db = await createDatabase({ address, entities, migrations }).initialize();
  cleanups.push(() => db.destroy());
  await migrate(db);
  return { db, address, description };
}

async function startCluster(
  panelId: string,
  db: DataSource,
  address: DatabaseAddress,
  events: EventBus,
  log: Logger,
  cleanups: Cleanup[],
  onPeers: (peers: number) => void,
): Promise<void> {
  const connection: pg.ClientConfig = 'url' in address ? { connectionString: address.url } : address;
  const lookAgain = (): void => {
    events.deliver('settingsChanged', {});
    events.deliver('agentPoked', { nodeId: null });
  };
  const relay = new PostgresRelay(panelId, connection, events, log, lookAgain);
  await relay.start();
  cleanups.push(() => relay.stop());
  const instance = new PanelInstance(panelId, db, log, (peers) => {
    relay.hasPeers = peers > 0;
    onPeers(peers);
  });
  await instance.start();
  cleanups.push(() => instance.stop());
}

/** Everything that is partitioned by day, and how long it is kept. */
const partitionedTables = (settings: Settings): PartitionedTable[] => [
  ...metricTables(settings),
  { table: 'health_checks', keptDays: settings.healthRetentionDays },
];

interface JobParts {
  commands: CommandService;
  connections: AgentConnections;
  logs: LogService;
  sessions: SessionService;
  rollups: MetricRollups;
  partitions: Partitions;
  settings: SettingsService;
  users: UserService;
  reconciler: Reconciler;
  alerts: Alerts;
}

const panelJobs = (parts: JobParts): Job[] => [
  { name: 'expire-commands', everyMs: 5_000, run: () => parts.commands.expire() },
  { name: 'expire-users', everyMs: 2_000, run: () => parts.users.expire() },
  { name: 'plan-configurations', everyMs: 3_000, run: () => parts.reconciler.planAway() },
  { name: 'release-held-alerts', everyMs: 30_000, run: () => parts.alerts.releaseCalm() },
  { name: 'forget-dead-panels', everyMs: 10_000, run: () => parts.connections.forgetDeadPanels() },
  { name: 'roll-up-metrics', everyMs: MINUTE_MS, run: () => parts.rollups.run() },
  {
    name: 'partitions',
    everyMs: HOUR_MS,
    run: async () => parts.partitions.maintain(partitionedTables(await parts.settings.read())),
  },
  {
    name: 'retention',
    everyMs: HOUR_MS,
    run: async () => {
      for (const part of [parts.logs, parts.commands, parts.sessions, parts.users, parts.alerts])
        await part.removeOld();
    },
  },
];

function renewCertificate(
  certificates: AgentCertificates,
  listener: AgentListener,
  log: Logger,
  cleanups: Cleanup[],
): void {
  const timer = setInterval(() => {
    certificates
      .server()
      .then((certificate) => listener.useCertificate(certificate))
      .catch((error: unknown) => log.error({ err: error }, "the agent listener's certificate could not be renewed"));
  }, CERTIFICATE_CHECK_MS);
  timer.unref();
  cleanups.push(() => clearInterval(timer));
}

async function answers(db: DataSource): Promise<boolean> {
  try {
    await db.query('SELECT 1');
    return true;
  } catch {
    return false;
  }
}
