import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fromRoot } from '../support/paths.js';
import { until } from './until.js';

const LOOK_EVERY_MS = 10;

/** XRAY_BIN, one on the path, or the one in .cache/xray. */
export async function findXray(): Promise<string> {
  const { ensureXray } = (await import(
    fromRoot('scripts/lib/xray.mjs')
  )) as typeof import('../../scripts/lib/xray.mjs');
  return (await ensureXray()).path;
}

/** An Xray of the benchmark's own: a client, or a server that no agent looks after. */
export class XrayProcess {
  private child: ChildProcess | undefined;
  private readonly configPath: string;

  constructor(
    private readonly binary: string,
    dir: string,
    name: string,
  ) {
    this.configPath = join(dir, `${name}.json`);
  }

  start(config: object): void {
    writeFileSync(this.configPath, JSON.stringify(config));
    this.child = spawn(this.binary, ['run', '-c', this.configPath], { stdio: 'ignore' });
    process.once('exit', this.kill);
  }

  /** Resolves when something listens on each of the ports. */
  async untilListening(ports: readonly number[]): Promise<void> {
    for (const port of ports) await until(`port ${port}`, LOOK_EVERY_MS, () => isOpen(port));
  }

  async stop(): Promise<void> {
    const { child } = this;
    process.off('exit', this.kill);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  private readonly kill = (): void => void this.child?.kill('SIGKILL');
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
