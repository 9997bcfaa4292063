import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { TestProcess } from './processes.js';

const BUNDLE = 'agent/dist/vpanel-agent.cjs';

/** A real agent with a real Xray, as processes of their own. */
export class Agent {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'vpanel-agent-e2e-'));
  private process: TestProcess | undefined;

  /** Starts it; with arguments only the first time, as an operator would. */
  run(...args: string[]): this {
    this.process = new TestProcess({
      command: process.execPath,
      args: [BUNDLE, ...args],
      env: { VPANEL_AGENT_DATA_DIR: this.dataDir, XRAY_BIN: inject('xray') },
    });
    return this;
  }

  join(token: string): this {
    return this.run('--join', token);
  }

  get pid(): number {
    if (!this.process) throw new Error('The agent does not run');
    return this.process.pid;
  }

  get output(): string {
    return this.process?.output ?? '';
  }

  exited(): Promise<number | null> {
    if (!this.process) throw new Error('The agent does not run');
    return this.process.exited();
  }

  async kill(): Promise<void> {
    await this.process?.stop('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
