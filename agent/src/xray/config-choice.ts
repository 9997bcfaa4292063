import type { Logger } from 'pino';
import { messageOf } from '../errors.js';
import type { ConfigStore } from './config-store.js';
import { revisionOf } from './config.js';
import { complaintAbout } from './process.js';

/** Which configuration Xray is started with: the wanted one, or the last good one when that cannot be had. */
export class ConfigChoice {
  /** Revision with which Xray could not be started. */
  private rejected: string | undefined;

  constructor(
    private readonly store: ConfigStore,
    private readonly environment: Record<string, string>,
    private readonly log: Logger,
  ) {}

  /** Throws Xray's own words when there is nothing that it accepts. */
  async choose(binary: string): Promise<string> {
    const wanted = this.store.wanted();
    const good = this.store.lastGood();
    if (wanted === good) return wanted;
    if (good !== undefined && revisionOf(wanted) === this.rejected) return good;
    const complaint = await this.complaint(wanted, binary);
    if (!complaint) return wanted;
    if (good === undefined) throw new Error(complaint);
    this.reject(wanted);
    this.log.error(`Xray does not accept config.json, the last good one is used instead: ${complaint}`);
    return good;
  }

  /** What is wrong with a configuration, undefined when Xray accepts it. A running Xray is not disturbed. */
  async complaint(config: string, binary: string): Promise<string | undefined> {
    try {
      this.store.prepare(this.store.candidatePath, config, this.store.apiSocket('test'));
    } catch (error) {
      return `config.json: ${messageOf(error)}`;
    }
    return complaintAbout(this.store.candidatePath, binary, this.environment);
  }

  reject(config: string): void {
    this.rejected = revisionOf(config);
  }

  giveAnotherChance(): void {
    this.rejected = undefined;
  }
}
