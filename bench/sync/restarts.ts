import { join } from 'node:path';
import type { NodeConfiguration, NodeUser } from '../fleet/node-configuration.js';
import { emailOf, withClients } from './accounts.js';
import { Client } from './client.js';
import { OpenConnections } from './open-connections.js';
import { newCredentials } from './service.js';
import { until } from './until.js';
import { XrayApi } from './xray-api.js';
import { XrayProcess } from './xray-process.js';

const LOOK_EVERY_MS = 5;

export interface RestartFigures {
  /** From the wish for one more user until Xray accepts it, for each restart. */
  acceptedMs: number[];
  /** How many of the open connections each restart has ended. */
  dropped: number[];
}

interface Options {
  binary: string;
  dir: string;
  /** What the node would run. */
  configuration: NodeConfiguration;
  user: NodeUser;
  echoPort: number;
  connections: number;
  restarts: number;
}

/**
 * What is compared with: the Xray of a node is restarted with all of its users for each new one. No panel, no network and
 * no agent stands in between, nothing is tested before, and the machine has nothing else to do.
 */
export async function measureRestarts(options: Options): Promise<RestartFigures> {
  const server = new RestartedServer(options);
  const figures: RestartFigures = { acceptedMs: [], dropped: [] };
  try {
    await server.start();
    for (let index = 0; index < options.restarts; index += 1) {
      const client = await Client.start(options, options.configuration.inbounds, options.user);
      const connections = await OpenConnections.open(client.ways, options.connections, options.echoPort);
      figures.acceptedMs.push(await server.add({ id: `restart-${index}`, ...newCredentials() }));
      figures.dropped.push(await connections.dropped());
      connections.close();
      await client.stop();
    }
  } finally {
    await server.stop();
  }
  return figures;
}

class RestartedServer {
  private readonly xray: XrayProcess;
  private readonly users: NodeUser[];
  private starts = 0;

  constructor(private readonly options: Options) {
    this.xray = new XrayProcess(options.binary, options.dir, 'server');
    this.users = [...options.configuration.users.values()];
  }

  async start(): Promise<void> {
    await this.startWith(this.options.user);
  }

  /** Milliseconds until the new user is accepted. */
  async add(user: NodeUser): Promise<number> {
    const startedMs = performance.now();
    this.users.push(user);
    await this.xray.stop();
    await this.startWith(user);
    return performance.now() - startedMs;
  }

  stop(): Promise<void> {
    return this.xray.stop();
  }

  /** Resolves when every inbound listens and accepts this user. */
  private async startWith({ id }: NodeUser): Promise<void> {
    const { configuration, dir } = this.options;
    const socket = join(dir, `api-${(this.starts += 1)}.sock`);
    const { inbounds } = configuration;
    this.xray.start({
      ...configuration.base,
      log: { loglevel: 'none' },
      api: { tag: 'api', listen: socket, services: ['HandlerService'] },
      inbounds: inbounds.map((inbound) => withClients(inbound, this.users)),
    });
    await this.xray.untilListening(inbounds.map(({ port }) => port));
    const api = new XrayApi(socket);
    for (const { tag } of inbounds) {
      await until('Xray to accept the user', LOOK_EVERY_MS, () => api.accepts(tag, emailOf(id, tag)));
    }
    api.close();
  }
}
