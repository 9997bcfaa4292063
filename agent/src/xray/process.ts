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
/** Xray's own words, and those of a Go program that ends in the middle: what follows them is a list of its functions. */
const REASON = /^(Failed to start|panic: |fatal error: )/;
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
  /** Resolves with how it went when the process is gone, never rejects. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private gone = false;
  /** Why it was made to end. */
  private reason: string | undefined;

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
      const finish = (how: string) => {
        this.gone = true;
        this.api.close();
        resolve(this.reason ?? how);
      };
      this.child.once('exit', (code, signal) => finish(signal ? `killed by ${signal}` : `exited with code ${code}`));
      this.child.once('error', ({ message }) => this.child.pid === undefined && finish(`not started, ${message}`));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Milliseconds that its first answer took; undefined when it ended first or never answered and was told to end. */
  async ready(): Promise<number | undefined> {
    const { clock } = this.start;
    const deadlineMs = clock.monotonicMs() + READY_TIMEOUT_MS;
    while (!this.gone && clock.monotonicMs() < deadlineMs) {
      const latencyMs = await this.api.latencyMs(clock).catch(() => undefined);
      if (latencyMs !== undefined) return latencyMs;
      await sleep(clock, READY_POLL_MS);
    }
    this.reason ??= `ended, because its API had not answered within ${READY_TIMEOUT_MS / 1000} s`;
    this.end();
    return undefined;
  }

  /** SIGTERM, and SIGKILL if that does not help. */
  end(): void {
    if (this.gone) return;
    this.child.kill('SIGTERM');
    const cancel = this.start.clock.after(END_GRACE_MS, () => this.child.kill('SIGKILL'));
    void this.ended.then(cancel);
  }

  /** A process that hangs hears nothing else. */
  kill(reason: string): void {
    if (this.gone) return;
    this.reason = reason;
    this.child.kill('SIGKILL');
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

/** The line that says why Xray could not start or go on, else the last one that it wrote. */
export function lastWords(lines: string[]): string {
  const written = lines.filter((line) => line.trim() !== '');
  return (written.findLast((line) => REASON.test(line)) ?? written.at(-1) ?? '').trim();
}
