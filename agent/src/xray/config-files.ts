import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { linkFileAtomically, readIfPresent, writeFileAtomically } from '../atomic-file.js';
import { sha256 } from '../configuration/canonical.js';
import { NodeConfig } from '../configuration/node-config.js';
import { render } from '../configuration/render.js';
import { messageOf } from '../errors.js';
import { MINIMAL_CONFIG } from './config.js';
import type { XrayStart } from './start.js';
import { startOf, startOfText } from './start.js';

/** What the panel has given, and the SHA-256 of what was made of it. */
interface Applied {
  config: NodeConfig;
  rendered: string;
}

/** Both files as they were before a change. */
export interface Before {
  applied: Applied | undefined;
  /** Of config.json, when it was not what the agent had put there. */
  text: string | undefined;
}

interface Writing {
  write: typeof writeFileAtomically;
  link: typeof linkFileAtomically;
}

/**
 * The configuration on disk, in `<data dir>/xray.d`:
 *
 *   desired.json    what the panel wants; SHA-256 of the config.json that belongs to it (`rendered`) and of the one that
 *                   it replaces (`replaced`)
 *   config.json     what Xray would be started from
 *   last-good.json  the newest with which Xray has come up: a desired.json, or a config.json that somebody has made
 *
 * desired.json is written first, and that is when the change has happened. An agent that finds config.json as it was
 * before (`replaced`), or not at all, was killed in between and makes it anew. Any other content is somebody's work: the
 * node has drifted from what the panel knows.
 */
export class ConfigFiles {
  private applied: Applied | undefined;
  private readonly configPath: string;
  private readonly desiredPath: string;
  private readonly goodPath: string;
  /** The content of config.json at the last look, so that it is read again only after a change. */
  private seen = { mark: '', hash: '' };
  private goodFingerprint: string | undefined;

  constructor(
    dir: string,
    private readonly log: Logger,
    private readonly files: Writing = { write: writeFileAtomically, link: linkFileAtomically },
  ) {
    this.configPath = join(dir, 'config.json');
    this.desiredPath = join(dir, 'desired.json');
    this.goodPath = join(dir, 'last-good.json');
    this.recover();
  }

  /** The panel's configuration on disk; undefined before the first. */
  get config(): NodeConfig | undefined {
    return this.applied?.config;
  }

  /** SHA-256 of config.json when it is not what the agent has put there. */
  get foreignHash(): string | undefined {
    const hash = this.currentHash();
    return hash === this.applied?.rendered ? undefined : hash;
  }

  /** What config.json says now. One that is gone is made anew. */
  wanted(): XrayStart {
    const text = readIfPresent(this.configPath);
    if (text === undefined) return this.replaceMissing();
    const hash = sha256(text);
    return hash === this.applied?.rendered ? startOf(this.applied.config, hash) : startOfText(text, hash);
  }

  lastGood(): XrayStart | undefined {
    try {
      const text = readIfPresent(this.goodPath);
      const good = text === undefined ? undefined : startFrom(text);
      this.goodFingerprint = good?.fingerprint;
      return good;
    } catch (error) {
      this.log.error(`last-good.json cannot be used: ${messageOf(error)}`);
      return undefined;
    }
  }

  keepAsGood(start: XrayStart): void {
    if (start.fingerprint === (this.goodFingerprint ?? this.lastGood()?.fingerprint)) return;
    try {
      if (start.config === undefined) this.files.write(this.goodPath, start.render());
      else if (start.config === this.applied?.config) this.files.link(this.desiredPath, this.goodPath);
      else return; // it was replaced on disk while Xray started
      this.goodFingerprint = start.fingerprint;
    } catch (error) {
      this.log.error(`last-good.json was not written: ${messageOf(error)}`);
    }
  }

  /** From now on the node is to run this. The answer puts everything back. */
  replace(config: NodeConfig, text = render(config), rendered = sha256(text)): Before {
    const hash = this.currentHash();
    const foreign = this.applied === undefined || hash !== this.applied.rendered;
    const before = { applied: this.applied, text: foreign ? readIfPresent(this.configPath) : undefined };
    try {
      this.save({ config, rendered }, text, rendered);
    } catch (error) {
      this.putBack(before); // a disk that is full has room for what was there
      throw error;
    }
    return before;
  }

  putBack({ applied, text }: Before): void {
    if (applied) {
      const former = text ?? render(applied.config);
      return this.save(applied, former, sha256(former));
    }
    if (text === undefined) rmSync(this.configPath, { force: true });
    else this.writeConfig(text, sha256(text));
    rmSync(this.desiredPath, { force: true });
    this.applied = undefined;
  }

  private save(applied: Applied, text: string, hash: string): void {
    const { config, rendered } = applied;
    const desired = { document: config, rendered, replaced: this.currentHash() };
    this.files.write(this.desiredPath, JSON.stringify(desired));
    this.applied = applied;
    this.writeConfig(text, hash);
  }

  private writeConfig(text: string, hash: string): void {
    this.files.write(this.configPath, text);
    this.seen = { mark: markOf(this.configPath), hash };
  }

  private recover(): void {
    const desired = readIfPresent(this.desiredPath);
    if (desired === undefined) return;
    try {
      const { document, rendered, replaced } = JSON.parse(desired) as DesiredFile;
      this.applied = { config: NodeConfig.from(document), rendered };
      const hash = this.currentHash();
      if (hash === rendered || (hash !== replaced && hash !== MISSING)) return;
      this.log.warn('config.json is not up to date and is made anew');
      this.replaceMissing();
    } catch (error) {
      this.log.error(`desired.json cannot be used: ${messageOf(error)}`);
    }
  }

  private replaceMissing(): XrayStart {
    const { config } = this.applied ?? this.lastGood() ?? {};
    if (config) {
      this.replace(config);
      return startOf(config, this.applied!.rendered);
    }
    const text = this.lastGood()?.render() ?? JSON.stringify(MINIMAL_CONFIG, null, 2) + '\n';
    const hash = sha256(text);
    this.writeConfig(text, hash);
    return startOfText(text, hash);
  }

  private currentHash(): string {
    const mark = markOf(this.configPath);
    if (mark !== this.seen.mark) {
      this.seen = { mark, hash: mark === MISSING ? MISSING : sha256(readFileSync(this.configPath)) };
    }
    return this.seen.hash;
  }
}

interface DesiredFile {
  document: unknown;
  rendered: string;
  replaced: string;
}

const MISSING = '0'.repeat(64);

/** Changes whenever the file does. */
function markOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : MISSING;
}

function startFrom(text: string): XrayStart {
  const { document, rendered } = JSON.parse(text) as Partial<DesiredFile>;
  if (document === undefined || rendered === undefined) return startOfText(text, sha256(text));
  return startOf(NodeConfig.from(document), rendered);
}
