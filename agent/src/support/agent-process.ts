import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface LogLine {
  level: number;
  msg: string;
  [fact: string]: unknown;
}

/** The bundled agent as a process of its own, which can be killed like one. */
export class AgentProcess {
  readonly lines: LogLine[] = [];
  readonly exited: Promise<number | null>;
  stderr = '';
  private readonly child: ChildProcess;
  private readonly events = new EventEmitter();

  constructor(bundle: string, args: string[], env: Record<string, string> = {}) {
    // Not in the repository, so that no node_modules can help it.
    this.child = spawn(process.execPath, [bundle, ...args], { cwd: tmpdir(), env: { PATH: '/usr/bin:/bin', ...env } });
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
    this.child.stderr?.on('data', (data) => (this.stderr += String(data)));
    createInterface({ input: this.child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as LogLine;
      this.lines.push(line);
      this.events.emit('line', line);
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The first line that contains these words, whether it has been written or is still to come. */
  async logged(words: string): Promise<LogLine> {
    const earlier = this.lines.find(({ msg }) => msg.includes(words));
    if (earlier) return earlier;
    for await (const [line] of on(this.events, 'line', { signal: AbortSignal.timeout(20_000) })) {
      if ((line as LogLine).msg.includes(words)) return line as LogLine;
    }
    throw new Error(`never logged: ${words}`);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

export function bundlePath(dir: string): string {
  return join(dir, 'vpanel-agent.cjs');
}
