import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { sleep } from '../clock.js';
import type { Clock } from '../clock.js';
import { XrayApi } from './api.js';

const READY_TIMEOUT_MS = 10_000;
const READY_POLL_MS = 50;
const END_GRACE_MS = 5_000;
const TEST_TIMEOUT_MS = 30_000;
const SETTINGS = {
  // Without it the kernel moves the bytes of some connections, and they are counted only when those end.
  XRAY_BUF_SPLICE: 'disable',
};

interface Start {
  binary: string;
  configPath: string;
  apiSocket: string;
  /** Taken over and closed. */
  outputFile: number;
  environment: Record<string, string>;
  clock: Clock;
}

/** One process of Xray, from its start to its end. */
export class XrayProcess {
  readonly startedAt: Date;
  readonly api: XrayApi;
  /** Resolves when the process is gone, never rejects. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private gone = false;

  constructor(private readonly start: Start) {
    this.startedAt = new Date(start.clock.now());
    this.api = new XrayApi(start.apiSocket);
    const { binary, configPath, outputFile, environment } = start;
    try {
      this.child = spawn(binary, ['run', '-c', configPath], {
        stdio: ['ignore', outputFile, outputFile],
        env: { ...environment, ...SETTINGS },
      });
    } finally {
      closeSync(outputFile);
    }
    this.ended = new Promise((resolve) => {
      const finish = () => {
        this.gone = true;
        this.api.close();
        resolve();
      };
      this.child.once('exit', finish);
      this.child.once('error', () => this.child.pid === undefined && finish()); // it was never started
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** False when it ended first or never answered; then it has been told to end. */
  async ready(): Promise<boolean> {
    const { clock } = this.start;
    const deadlineMs = clock.monotonicMs() + READY_TIMEOUT_MS;
    while (!this.gone && clock.monotonicMs() < deadlineMs) {
      if (
        await this.api.uptimeSeconds().then(
          () => true,
          () => false,
        )
      )
        return true;
      await sleep(clock, READY_POLL_MS);
    }
    this.end();
    return false;
  }

  /** SIGTERM, and SIGKILL if that does not help. */
  end(): void {
    if (this.gone) return;
    this.child.kill('SIGTERM');
    const cancel = this.start.clock.after(END_GRACE_MS, () => this.child.kill('SIGKILL'));
    void this.ended.then(cancel);
  }
}

/** Xray's own words when it does not accept the file, undefined when it does. Nothing is bound or served meanwhile. */
export function complaintAbout(
  configPath: string,
  binary: string,
  environment: Record<string, string>,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: TEST_TIMEOUT_MS, env: { ...environment, ...SETTINGS } };
    execFile(binary, ['run', '-test', '-c', configPath], options, (error, stdout, stderr) => {
      resolve(error ? complaintIn(`${stdout}\n${stderr}`) || error.message : undefined);
    });
  });
}

export function complaintIn(output: string): string {
  return lastWords(output.split('\n'));
}

/** The line that says why Xray could not start, else the last one that it wrote. */
export function lastWords(lines: string[]): string {
  const written = lines.filter((line) => line.trim() !== '');
  return (written.findLast((line) => line.startsWith('Failed to start')) ?? written.at(-1) ?? '').trim();
}
