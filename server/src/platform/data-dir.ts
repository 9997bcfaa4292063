import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postgres/leftovers.js';

interface LockHolder {
  pid: number;
  /** Ticks since boot at which that process began: a pid alone may have been given to another one since. */
  startedAt: string;
}

/** The panel's own folder: one panel at a time works in it. */
export class DataDir {
  private constructor(
    readonly path: string,
    private readonly lockFile: string,
  ) {}

  /** Makes the folder on the first start. Throws when another panel is at work in it; a dead one's lock is taken over. */
  static open(path: string): DataDir {
    // Others may pass through (the database may run as a system user) but not look; every secret inside is 0600.
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const dir = new DataDir(path, join(path, 'panel.lock'));
    dir.lock();
    return dir;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** A text that is made once and kept, readable by the panel only. */
  keep(name: string, create: () => string): string {
    const file = this.file(name);
    if (!existsSync(file)) {
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, create(), { mode: 0o600, flush: true });
      renameSync(temporary, file);
    }
    return readFileSync(file, 'utf8').trim();
  }

  /** Identifies this panel in a cluster, over restarts. */
  panelId(): string {
    return this.keep('panel-id', randomUUID);
  }

  /** Seals the secrets in the database. Losing it means a new CA and new tokens for every node: back it up. */
  secretKey(): string {
    return this.keep('secret.key', () => randomBytes(32).toString('base64url'));
  }

  close(): void {
    rmSync(this.lockFile, { force: true });
  }

  private lock(): void {
    const mine = `${this.lockFile}.${process.pid}`;
    writeFileSync(mine, JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) }), { mode: 0o600 });
    try {
      while (!tryLink(mine, this.lockFile)) this.removeStaleLock(mine);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /**
   * Two that find the same stale lock must not both remove it: the later one would remove the lock that the earlier
   * one has taken meanwhile. Whoever gets the claim to this very lock does it alone, and looks again before.
   */
  private removeStaleLock(mine: string): void {
    const found = readIfThere(this.lockFile);
    if (found === undefined) return;
    const holder = liveHolder(found);
    if (holder !== undefined) {
      throw new Error(
        `Another panel (process ${holder}) is at work in ${this.path}: stop it, or give this one a folder of its ` +
          'own by VPANEL_DATA_DIR',
      );
    }
    const claim = `${this.lockFile}.claim-${createHash('sha256').update(found).digest('hex').slice(0, 16)}`;
    if (tryLink(mine, claim)) {
      if (readIfThere(this.lockFile) === found) rmSync(this.lockFile, { force: true });
      rmSync(claim, { force: true });
    } else if (liveHolder(readIfThere(claim) ?? found) === undefined) rmSync(claim, { force: true });
  }
}

/** A link either appears with its whole content or not at all, which creating and then writing would not promise. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The process that a lock names, if it is still that process. */
function liveHolder(lock: string): number | undefined {
  try {
    const { pid, startedAt } = JSON.parse(lock) as LockHolder;
    return isAlive(pid) && processStart(pid) === startedAt ? pid : undefined;
  } catch {
    return undefined;
  }
}

function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
