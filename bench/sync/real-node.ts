import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createNodes, type NodeSpec } from '../fleet/create-nodes.js';
import type { PanelApi } from '../support/panel-api.js';
import { fromRoot } from '../support/paths.js';
import { cpuSeconds, familyCpuSeconds, rssMib } from '../support/process-usage.js';
import { XrayApi } from './xray-api.js';

const STOP_PATIENCE_MS = 20_000;

/** A node as it is in earnest: our agent, and an Xray that it looks after. */
export class RealNode {
  private api: { socket: string; client: XrayApi } | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
  ) {}

  static async join(
    api: PanelApi,
    spec: NodeSpec,
    { binary, dir }: { binary: string; dir: string },
  ): Promise<RealNode> {
    const [created] = await createNodes(api, [spec]);
    const dataDir = join(dir, 'agent');
    const args = ['--join', created?.joinToken ?? '', '--listen-host', '127.0.0.1'];
    const child = spawn(process.execPath, [fromRoot('agent/dist/vpanel-agent.cjs'), ...args], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
        VPANEL_AGENT_DATA_DIR: dataDir,
        XRAY_BIN: binary,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGTERM'));
    return new RealNode(child, dataDir);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Processor time of the agent itself. */
  agentCpuSeconds(): number {
    return cpuSeconds(this.pid);
  }

  /** Of every Xray that it has started, those that only test a configuration included. */
  xrayCpuSeconds(): number {
    return familyCpuSeconds(this.pid) - cpuSeconds(this.pid);
  }

  rssMib(): number {
    return rssMib(this.pid);
  }

  /** Whether its Xray accepts the account now. */
  accepts(tag: string, email: string): Promise<boolean> {
    return this.currentApi()?.accepts(tag, email) ?? Promise.resolve(false);
  }

  async stop(): Promise<void> {
    this.api?.client.close();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The agent gives each Xray that it starts a socket of another name. */
  private currentApi(): XrayApi | undefined {
    const dir = join(this.dataDir, 'xray.d');
    const name = readdirSync(dir).find((file) => /^api-\d+-\d+\.sock$/.test(file));
    if (name === undefined) return undefined;
    const socket = join(dir, name);
    if (this.api?.socket !== socket) {
      this.api?.client.close();
      this.api = { socket, client: new XrayApi(socket) };
    }
    return this.api.client;
  }
}
