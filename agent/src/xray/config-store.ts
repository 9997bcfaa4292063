import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent, writeFileAtomically } from '../atomic-file.js';

const MAX_SOCKET_PATH = 107;

/**
 * The files of Xray in `<data dir>/xray.d`, apart from the configuration itself (config-files.ts):
 *
 *   candidate.json  a configuration that is being tested
 *   running.json    the one that was started, with the agent's own sections
 *   stopped         is there while the operator wants Xray stopped
 *   xray.log        its output
 */
export class ConfigStore {
  readonly runningPath: string;
  readonly candidatePath: string;
  readonly conversionPath: string;
  readonly logPath: string;

  constructor(readonly dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.runningPath = join(dir, 'running.json');
    this.candidatePath = join(dir, 'candidate.json');
    this.conversionPath = join(dir, 'conversion');
    this.logPath = join(dir, 'xray.log');
  }

  get stopWanted(): boolean {
    return readIfPresent(join(this.dir, 'stopped')) !== undefined;
  }

  set stopWanted(wanted: boolean) {
    if (wanted) writeFileAtomically(join(this.dir, 'stopped'), '');
    else rmSync(join(this.dir, 'stopped'), { force: true });
  }

  apiSocket(name: string): string {
    const path = join(this.dir, `api-${name}.sock`);
    if (Buffer.byteLength(path) > MAX_SOCKET_PATH)
      throw new Error(`The path of the data directory is too long for a socket: ${path}`);
    return path;
  }

  /** To be called while no Xray runs: a killed one leaves its sockets behind. */
  removeOldSockets(): void {
    for (const name of readdirSync(this.dir)) {
      if (/^api-.*\.sock(\.lock)?$/.test(name)) rmSync(join(this.dir, name), { force: true });
    }
  }
}
