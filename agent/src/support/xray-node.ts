import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { Applier } from '../apply/applier.js';
import { NodeState } from '../apply/node-state.js';
import { RemovedUsers } from '../apply/removed-users.js';
import { Sockets } from '../apply/sockets.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { NodeConfig } from '../configuration/node-config.js';
import { allPids, argumentsOf } from '../processes.js';
import { ConfigFiles } from '../xray/config-files.js';
import { ConfigStore } from '../xray/config-store.js';
import { Converter } from '../xray/convert.js';
import { Supervisor } from '../xray/supervisor.js';
import { temporaryDir } from './temporary-dir.js';
import { realXray } from './xray-binary.js';

interface Options {
  dataDir?: string;
  binary?: string;
  ss?: string;
  clock?: Clock;
  cleanup?: (end: () => Promise<void>) => void;
}

/** Everything of an agent that has to do with Xray, with the real Xray and without a panel. */
export class XrayNode {
  readonly logged: { level: number; msg: string }[] = [];
  readonly lines: string[] = [];
  readonly states: string[] = [];
  readonly dataDir: string;
  readonly files: ConfigFiles;
  readonly supervisor: Supervisor;
  readonly state: NodeState;

  constructor(options: Options = {}) {
    const {
      dataDir = temporaryDir(),
      binary = realXray(),
      ss,
      clock = systemClock,
      cleanup = onTestFinished,
    } = options;
    this.dataDir = dataDir;
    const log = pino({ level: 'debug' }, { write: (line) => void this.logged.push(JSON.parse(line)) });
    const store = new ConfigStore(join(dataDir, 'xray.d'));
    const files = (this.files = new ConfigFiles(store.dir, log));
    const environment = {};
    const xray = (this.supervisor = new Supervisor({
      store,
      files,
      search: { configured: binary, searchPath: '', dataDir },
      environment,
      clock,
      log,
      onLogLine: (line) => void this.lines.push(line),
      onChange: () => void this.states.push(this.supervisor.status.state),
    }));
    const converter = new Converter(store.conversionPath, environment);
    const removedUsers = new RemovedUsers(converter, new Sockets(log, ss), log);
    const applier = new Applier({ xray, files, converter, removedUsers, log });
    this.state = new NodeState({ xray, files, applier, clock, log });
    cleanup(() => this.supervisor.shutdown());
  }

  get revision(): string | undefined {
    return this.state.revision;
  }

  get pid(): number | undefined {
    return this.supervisor.pid;
  }

  processes(): number[] {
    return allPids().filter((pid) => argumentsOf(pid).includes(join(this.dataDir, 'xray.d/running.json')));
  }

  path(name: string): string {
    return join(this.dataDir, 'xray.d', name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name: string, content: unknown): void {
    writeFileSync(this.path(name), typeof content === 'string' ? content : JSON.stringify(content));
  }

  applyConfig(document: unknown): Promise<string> {
    return this.state.applyConfig({ revision: NodeConfig.from(document).revision, config: document });
  }

  applyUsers(add: unknown[], remove: string[]): Promise<string> {
    const revision = this.files.config!.withUsers(add, remove).revision;
    return this.state.applyUsers({ baseRevision: this.revision ?? '', revision, add, remove });
  }

  /** User ids by tag, as Xray has them. */
  async liveUsers(tag: string): Promise<string[]> {
    const users = (await this.supervisor.api?.users(tag)) ?? [];
    return users.map(({ email }) => email.slice(0, email.indexOf('.'))).toSorted();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
