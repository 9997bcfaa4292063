import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { PanelApi } from './panel-api.js';
import { fromRoot } from './paths.js';

const START_PATIENCE_MS = 90_000;
const STOP_PATIENCE_MS = 30_000;

/** A throw-away panel in a process of its own, with its own PostgreSQL. */
export class Panel {
  private constructor(
    readonly api: PanelApi,
    readonly agentUrl: string,
    readonly dataDir: string,
    private readonly home: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<Panel> {
    const home = await mkdtemp(join(tmpdir(), 'vpb-'));
    // A panel run by root gives its database to another account, which must be able to get to its folder.
    await chmod(home, 0o711);
    const dataDir = join(home, 'data');
    const [publicPort, agentPort] = [await freePort(), await freePort()];
    const password = randomBytes(18).toString('base64url');
    const agentUrl = `https://127.0.0.1:${agentPort}`;
    const child = spawn(process.execPath, [...nodeFlags(), fromRoot('server/dist/main.js')], {
      env: {
        // As npm start does.
        NODE_ENV: 'production',
        ...withoutOwnPanel(process.env),
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
        VPANEL_DATA_DIR: dataDir,
        VPANEL_PUBLIC_HOST: '127.0.0.1',
        VPANEL_PUBLIC_PORT: String(publicPort),
        VPANEL_AGENT_HOST: '127.0.0.1',
        VPANEL_AGENT_PORT: String(agentPort),
        VPANEL_AGENT_URL: agentUrl,
        VPANEL_ADMIN_PASSWORD: password,
        // Behind the addresses of simulated nodes there is nothing to be checked.
        VPANEL_HEALTH_CHECKS: '0',
      },
      // What it prints is for people; ours goes to programs.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // Should this process end in the middle, the panel still gets to stop its database.
    process.once('exit', () => child.kill('SIGTERM'));
    const panel = new Panel(new PanelApi(`http://127.0.0.1:${publicPort}`, password), agentUrl, dataDir, home, child);
    try {
      await panel.untilReady();
    } catch (error) {
      await panel.stop();
      throw error;
    }
    return panel;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get postgresPid(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.home, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
      if (this.child.exitCode !== null) throw new Error(`The panel ended with code ${this.child.exitCode}`);
      const response = await fetch(`${this.api.url}/readyz`).catch(() => undefined);
      if (response?.ok) return;
    }
    throw new Error('The panel was not ready in time');
  }
}

/** Runs the work with a fresh panel and leaves nothing of it behind. */
export async function withPanel<Result>(work: (panel: Panel) => Promise<Result>): Promise<Result> {
  const panel = await Panel.start();
  const leave = () => void panel.stop().then(() => process.exit(130));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    return await work(panel);
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    await panel.stop();
  }
}

/** VPANEL_BENCH_PANEL_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/prof" makes Node write a profile of the panel. */
const nodeFlags = (): string[] => [
  '--enable-source-maps',
  ...(process.env['VPANEL_BENCH_PANEL_FLAGS'] ?? '').split(' ').filter(Boolean),
];

/** A benchmark must never write to a real panel's database. */
function withoutOwnPanel(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VPANEL_|DATABASE_URL)/.test(name)));
}
