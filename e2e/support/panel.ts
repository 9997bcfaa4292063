import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Api } from './api.js';
import { freePort, isAlive, postgresPid, TestProcess, waitFor } from './processes.js';

export const PASSWORD = 'a password for tests';

/** A real panel as a process of its own, on its embedded PostgreSQL. */
export class Panel {
  readonly api: Api;
  private process: TestProcess | undefined;

  private constructor(
    readonly dataDir: string,
    readonly publicPort: number,
    readonly agentPort: number,
  ) {
    this.api = new Api(this.url, PASSWORD);
  }

  static async start(): Promise<Panel> {
    const dataDir = mkdtempSync(join(tmpdir(), 'vpanel-e2e-'));
    const panel = new Panel(dataDir, await freePort(), await freePort());
    await panel.run();
    await panel.api.signIn();
    return panel;
  }

  get url(): string {
    return `http://127.0.0.1:${this.publicPort}`;
  }

  get agentUrl(): string {
    return `https://localhost:${this.agentPort}`;
  }

  get pid(): number {
    if (!this.process) throw new Error('The panel does not run');
    return this.process.pid;
  }

  get output(): string {
    return this.process?.output ?? '';
  }

  get postgresPid(): number {
    const pid = postgresPid(this.dataDir);
    if (!pid) throw new Error('There is no PostgreSQL');
    return pid;
  }

  /** A connection to the embedded database, for what only time would bring about. */
  async database<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
    const host = join(this.dataDir, 'postgres');
    const password = readFileSync(`${host}.secret`, 'utf8').trim();
    const client = new pg.Client({ host, user: 'vpanel', password, database: 'postgres' });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }

  environment(): Record<string, string> {
    return {
      VPANEL_DATA_DIR: this.dataDir,
      VPANEL_PUBLIC_PORT: String(this.publicPort),
      VPANEL_AGENT_PORT: String(this.agentPort),
      VPANEL_AGENT_URL: this.agentUrl,
      VPANEL_ADMIN_PASSWORD: PASSWORD,
    };
  }

  /** Starts the process, again after an end. */
  async run(): Promise<void> {
    this.process = new TestProcess({
      command: process.execPath,
      args: ['--enable-source-maps', 'server/dist/main.js'],
      env: this.environment(),
    });
    await this.ready();
  }

  async ready(): Promise<void> {
    await waitFor(`the panel to be ready\n${this.output}`, async () => (await fetch(`${this.url}/readyz`)).ok);
  }

  /** As if the machine had taken it: no clean-up of any kind. */
  async kill(): Promise<void> {
    await this.process?.stop('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    const left = postgresPid(this.dataDir);
    if (left && isAlive(left)) process.kill(left, 'SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
