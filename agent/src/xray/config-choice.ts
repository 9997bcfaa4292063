import type { Logger } from 'pino';
import { writeFileAtomically } from '../atomic-file.js';
import { messageOf } from '../errors.js';
import type { ConfigFiles } from './config-files.js';
import type { ConfigStore } from './config-store.js';
import { complaintAbout } from './process.js';
import type { XrayStart } from './start.js';

/** Which configuration Xray is started with: the wanted one, or the last good one when that cannot be had. */
export class ConfigChoice {
  /** With which Xray could not be started, and what it said. */
  private rejected: { fingerprint: string; words: string } | undefined;

  constructor(
    private readonly store: ConfigStore,
    private readonly files: ConfigFiles,
    private readonly environment: Record<string, string>,
    private readonly log: Logger,
  ) {}

  /** Throws Xray's own words when there is nothing that it accepts. */
  async choose(binary: string): Promise<XrayStart> {
    const wanted = this.files.wanted();
    const good = this.files.lastGood();
    if (wanted.fingerprint === good?.fingerprint) return wanted;
    if (good && this.complaintOf(wanted) !== undefined) return good;
    const complaint = await this.complaint(wanted, binary);
    if (!complaint) return wanted;
    if (!good) throw new Error(complaint);
    this.reject(wanted, complaint);
    this.log.error(`Xray does not accept config.json, the last good one is used instead: ${complaint}`);
    return good;
  }

  /** What is wrong with a configuration, undefined when Xray accepts it. A running Xray is not disturbed. */
  async complaint(start: XrayStart, binary: string): Promise<string | undefined> {
    try {
      writeFileAtomically(this.store.candidatePath, start.render(this.store.apiSocket('test')));
    } catch (error) {
      return `config.json: ${messageOf(error)}`;
    }
    return complaintAbout(this.store.candidatePath, binary, this.environment);
  }

  reject({ fingerprint }: XrayStart, words: string): void {
    this.rejected = { fingerprint, words };
  }

  /** Why Xray was not started with this one. */
  complaintOf({ fingerprint }: Pick<XrayStart, 'fingerprint'>): string | undefined {
    return this.rejected?.fingerprint === fingerprint ? this.rejected.words : undefined;
  }

  giveAnotherChance(): void {
    this.rejected = undefined;
  }
}
