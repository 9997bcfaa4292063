import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent, writeFileAtomically } from '../atomic-file.js';
import { MINIMAL_CONFIG, parseConfig, withAgentSections } from './config.js';

const MAX_SOCKET_PATH = 107;

/**
 * The files of Xray in `<data dir>/xray.d`:
 *
 *   config.json     what Xray is to run; whoever changes it asks the agent for RELOAD_CONFIG
 *   last-good.json  the newest of these with which Xray has come up
 *   candidate.json  one that is being tested
 *   running.json    the one that was started, with the agent's own sections
 *   stopped         is there while the operator wants Xray stopped
 */
export class ConfigStore {
  readonly runningPath: string;
  readonly candidatePath: string;
  readonly logPath: string;

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.runningPath = join(dir, 'running.json');
    this.candidatePath = join(dir, 'candidate.json');
    this.logPath = join(dir, 'xray.log');
  }

  wanted(): string {
    const path = join(this.dir, 'config.json');
    const text = readIfPresent(path);
    if (text !== undefined) return text;
    const minimal = JSON.stringify(MINIMAL_CONFIG, null, 2) + '\n';
    writeFileAtomically(path, minimal);
    return minimal;
  }

  lastGood(): string | undefined {
    return readIfPresent(join(this.dir, 'last-good.json'));
  }

  keepAsGood(config: string): void {
    if (config !== this.lastGood()) writeFileAtomically(join(this.dir, 'last-good.json'), config);
  }

  /** Throws when the text is no JSON object. */
  prepare(path: string, config: string, apiSocket: string): void {
    writeFileAtomically(path, JSON.stringify(withAgentSections(parseConfig(config), apiSocket)));
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
