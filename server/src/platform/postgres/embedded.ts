import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../log.js';
import { chooseBinaries, findBinaries, type PostgresBinaries } from './binaries.js';
import { chooseIdentity, type Identity } from './identity.js';
import { isAlive, settleLeftovers, type RunningServer } from './leftovers.js';

const DEFAULT_SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';
const USER = 'vpanel';
const PORT = 5432;
/** Longest path of a unix socket (sun_path) that every platform takes, less the file's own name. */
const LONGEST_SOCKET_DIR = 107 - '/.s.PGSQL.5432'.length;
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 30_000;
const LONGEST_RESTART_DELAY_MS = 30_000;

export interface EmbeddedOptions {
  /** Folder of the cluster; made on the first start. Beside it: `<dir>.secret`, `<dir>.log`. */
  dir: string;
  /** PATH of the programs that are started, and where else a PostgreSQL is looked for. */
  searchPath?: string;
  log: Logger;
}

export interface Connection {
  host: string;
  port: number;
  user: string;
  password: string;
}

/**
 * A real PostgreSQL that the panel starts, supervises and stops.
 *
 * It listens on a unix socket inside its private data directory, so there is no port to collide and nothing to reach
 * from the network. When the panel is killed the server goes on and the next panel adopts it; when the server is
 * killed the panel starts it again.
 */
export class EmbeddedPostgres {
  readonly connection: Connection;
  private child: ChildProcess | undefined;
  private pid = 0;
  private stopping = false;
  private restartDelayMs = 0;
  private restarting: Promise<void> | undefined;

  private constructor(
    private readonly options: EmbeddedOptions,
    private readonly binaries: PostgresBinaries,
    private readonly identity: Identity,
    connection: Connection,
  ) {
    this.connection = connection;
  }

  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const { dir } = options;
    const versionFile = join(dir, 'PG_VERSION');
    const dataMajor = existsSync(versionFile) ? Number(readFileSync(versionFile, 'utf8')) : undefined;
    const binaries = chooseBinaries(findBinaries(options.searchPath ?? DEFAULT_SEARCH_PATH), dataMajor);
    const identity = chooseIdentity(binaries.dir, dir);
    const connection = { ...(await chooseAddress(dir)), user: USER, password: ownSecret(`${dir}.secret`) };
    const server = new EmbeddedPostgres(options, binaries, identity, connection);
    if (dataMajor === undefined) await server.initialise();
    await server.adoptOrRun();
    return server;
  }

  /** What runs, for the log and the start-up message. */
  get description(): string {
    return `PostgreSQL ${this.binaries.major} (${this.binaries.origin}, as ${this.identity.description})`;
  }

  get processId(): number {
    return this.pid;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    if (!isAlive(this.pid)) return;
    process.kill(this.child?.pid ?? this.pid, 'SIGINT');
    for (let waitedMs = 0; isAlive(this.pid) && waitedMs < STOP_PATIENCE_MS; waitedMs += 20) await delay(20);
  }

  private async initialise(): Promise<void> {
    // Into a folder of its own, then renamed: an initdb that is killed never leaves half a cluster.
    // Of its own name, too: the initdb of a panel that was killed may still be at work in its folder.
    const { dir } = this.options;
    for (const name of readdirSync(dirname(dir)).filter((entry) => entry.startsWith(`${basename(dir)}.init`))) {
      rmSync(join(dirname(dir), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    }
    const temporary = `${dir}.init-${randomBytes(4).toString('hex')}`;
    const passwordFile = `${temporary}.pw`;
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, `${this.connection.password}\n`, { mode: 0o600 });
    if (this.identity.ids) {
      for (const path of [temporary, passwordFile]) chownSync(path, this.identity.ids.uid, this.identity.ids.gid);
    }
    const locale = this.binaries.major >= 17 ? ['--locale-provider=builtin', '--locale=C.UTF-8'] : ['--locale=C.UTF-8'];
    const args = ['-D', temporary, '-U', USER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '-k'];
    try {
      await this.runToEnd('initdb', [...args, ...locale]);
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(temporary, dir);
  }

  private async adoptOrRun(): Promise<void> {
    const running = await settleLeftovers(this.options.dir, (server) => this.answers(server));
    if (running) {
      this.pid = running.pid;
      // On the loopback the port is another one at each start; an adopted server goes on with its own.
      this.connection.port = running.port;
      this.options.log.info({ pid: running.pid }, 'adopted the PostgreSQL of an earlier run');
      this.watchAdopted();
      return;
    }
    await this.run();
  }

  private async run(): Promise<void> {
    const logFile = openSync(`${this.options.dir}.log`, 'a', 0o600);
    const settings = Object.entries(serverSettings(this.connection)).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const args = ['-D', this.options.dir, '-p', String(this.connection.port), ...settings];
    const child = this.spawn('postgres', args, { stdio: ['ignore', logFile, logFile] });
    closeSync(logFile);
    child.unref();
    this.child = child;
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    child.once('exit', (code, signal) => {
      failure = new Error(`PostgreSQL ended (${signal ?? code}); its log is ${this.options.dir}.log`);
      if (this.child === child) this.child = undefined;
      this.restartUnlessStopping();
    });
    for (let waitedMs = 0; ; waitedMs += 15) {
      if (failure) throw failure;
      if (await this.answers({ pid: child.pid ?? 0, port: this.connection.port })) break;
      if (waitedMs > START_PATIENCE_MS)
        throw new Error(`PostgreSQL does not come up; its log is ${this.options.dir}.log`);
      await delay(15);
    }
    this.pid = this.postmasterPid() ?? child.pid ?? 0;
    this.restartDelayMs = 0;
    this.ready = true;
  }

  private ready = false;

  /** Called when the server has ended by itself; the first start reports its failure to the caller instead. */
  private restartUnlessStopping(): void {
    if (this.stopping || !this.ready) return;
    this.ready = false;
    const delayMs = this.restartDelayMs;
    this.restartDelayMs = Math.min(LONGEST_RESTART_DELAY_MS, Math.max(250, delayMs * 2));
    this.options.log.error({ delayMs }, 'PostgreSQL has ended, starting it again');
    setTimeout(() => {
      if (this.stopping) return;
      this.restarting = this.adoptOrRun().catch((error: unknown) => {
        this.options.log.error({ err: error }, 'PostgreSQL did not start');
        this.ready = true;
        this.restartUnlessStopping();
      });
    }, delayMs);
  }

  /** An adopted server is no child of ours: its end has to be looked for. */
  private watchAdopted(): void {
    this.ready = true;
    const timer = setInterval(() => {
      if (!this.stopping && isAlive(this.pid)) return;
      clearInterval(timer);
      this.restartUnlessStopping();
    }, 250);
    timer.unref();
  }

  private postmasterPid(): number | undefined {
    try {
      return Number(readFileSync(join(this.options.dir, 'postmaster.pid'), 'utf8').split('\n')[0]) || undefined;
    } catch {
      return undefined;
    }
  }

  private async answers({ port }: RunningServer): Promise<boolean> {
    const client = new pg.Client({ ...this.connection, port, database: 'postgres', connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private spawn(program: string, args: string[], options: SpawnOptions): ChildProcess {
    const [command = '', ...rest] = [...this.identity.prefix, join(this.binaries.dir, program), ...args];
    return spawn(command, rest, {
      ...this.identity.ids,
      // A fixed locale and zone; detached, so that Ctrl-C in a terminal reaches the panel first, which then stops us.
      env: { PATH: this.options.searchPath ?? DEFAULT_SEARCH_PATH, LC_ALL: 'C', TZ: 'UTC' },
      cwd: '/',
      detached: true,
      ...options,
    });
  }

  private async runToEnd(program: string, args: string[]): Promise<void> {
    const child = this.spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`${program} failed: ${output.trim()}`);
  }
}

function ownSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The data directory as the socket's folder; a free port of the loopback where that path is too long (or Windows). */
async function chooseAddress(dir: string): Promise<{ host: string; port: number }> {
  if (process.platform !== 'win32' && dir.length <= LONGEST_SOCKET_DIR) return { host: dir, port: PORT };
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return { host: '127.0.0.1', port };
}

/** Measured for this load; wal_compression stays off, its only method in the packaged build is slow. */
function serverSettings({ host }: Connection): Record<string, string> {
  const quarterOfMemoryMiB = Math.floor(totalmem() / 2 ** 20 / 4);
  const socket = host.startsWith('/');
  return {
    listen_addresses: socket ? '' : host,
    unix_socket_directories: socket ? host : '',
    unix_socket_permissions: '0700',
    shared_buffers: `${Math.max(128, Math.min(512, quarterOfMemoryMiB))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    max_connections: '60',
    timezone: 'UTC',
  };
}
