import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { within } from './until.js';

const here = dirname(fileURLToPath(import.meta.url));
/** Inside the repository, so that packages are found from there. */
const OUTPUT = join(here, '..', '..', '..', '.cache', 'test', 'children');

/** Makes a program of `children/<name>.ts` that plain Node runs; answers its file. */
export async function bundle(name: string): Promise<string> {
  mkdirSync(OUTPUT, { recursive: true });
  const outfile = join(OUTPUT, `${name}.${process.pid}.mjs`);
  await build({
    entryPoints: [join(here, 'children', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

/** A process of its own, for what only another process can show: being killed, or being there at the same time. */
export class Child {
  readonly exited: Promise<number | null>;
  private readonly lines: string[] = [];
  private readonly waiting: ((line: string) => void)[] = [];

  private constructor(readonly process: ChildProcess) {
    this.exited = new Promise((resolve) => process.once('exit', resolve));
    if (process.stdout) createInterface(process.stdout).on('line', (line) => this.receive(line));
  }

  static start(file: string, ...args: string[]): Child {
    return new Child(spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  /** The next line that it prints. */
  line(): Promise<string> {
    const line = this.lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return within('a line of a child', new Promise((resolve) => this.waiting.push(resolve)), 60_000);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal);
    await within('the end of a child', this.exited);
  }

  private receive(line: string): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(line);
    else this.lines.push(line);
  }
}
