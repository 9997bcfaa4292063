import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const START_PATIENCE_MS = 15_000;
const STOP_PATIENCE_MS = 3_000;

/** A program of this folder that says once by a message that it is ready, and ends when it is told to. */
export class Child<Ready> {
  private constructor(
    readonly process: ChildProcess,
    readonly ready: Ready,
  ) {}

  /** `program` is a compiled file, relative to bench/dist. */
  static async start<Ready>(program: string, args: string[] = []): Promise<Child<Ready>> {
    const child = fork(fileURLToPath(new URL(`../${program}`, import.meta.url)), args);
    const first = once(child, 'message') as Promise<[Ready]>;
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with code ${String(code)} before it was ready`);
    });
    const late = sleep(START_PATIENCE_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${program} was not ready in time`);
    });
    for (const loser of [failed, late]) loser.catch(() => undefined);
    try {
      const [ready] = await Promise.race([first, failed, late]);
      return new Child(child, ready);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }
}
