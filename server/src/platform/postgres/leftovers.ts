import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const PATIENCE_MS = 15_000;

export interface RunningServer {
  pid: number;
  port: number;
}

/** One letter of /proc/PID/stat; undefined when there is no such process (or no /proc). */
export function processState(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0];
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  if (existsSync('/proc/self/stat')) return ![undefined, 'Z', 'X'].includes(processState(pid));
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isPostgres(pid: number): boolean {
  try {
    return /postgres|postmaster/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return !existsSync('/proc/self/stat');
  }
}

/** The postmaster works in its data directory; where that is not to be seen, its name has to do. */
function isServerOf(dataDir: string, pid: number): boolean {
  if (!isPostgres(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch {
    return true;
  }
}

/** Backends that outlive their postmaster still have the data directory as their working directory. */
function hasBackends(dataDir: string): boolean {
  if (!existsSync('/proc/self/stat')) return false;
  const realDir = realpathSync(dataDir);
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readlinkSync(`/proc/${entry}/cwd`) === realDir && isAlive(Number(entry));
    } catch {
      return false;
    }
  });
}

function removePidFile(dataDir: string): void {
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  for (const file of readdirSync(dataDir)) {
    if (file.startsWith('.s.PGSQL.')) rmSync(join(dataDir, file), { force: true });
  }
}

/**
 * What an earlier run has left in the data directory.
 *
 * A live server (its panel was killed, it went on) is answered, to be adopted. A pid file of a dead one is removed,
 * but only once no process works in the directory any more: PostgreSQL itself takes a zombie, or another process that
 * got the same pid, for a running server and would refuse to start for ever.
 */
export async function settleLeftovers(
  dataDir: string,
  answers: (server: RunningServer) => Promise<boolean>,
): Promise<RunningServer | undefined> {
  const pidFile = join(dataDir, 'postmaster.pid');
  for (let waitedMs = 0; existsSync(pidFile) || hasBackends(dataDir); waitedMs += POLL_MS) {
    if (waitedMs > PATIENCE_MS) {
      throw new Error(`Another PostgreSQL holds ${dataDir} and does not answer: stop it, then start again`);
    }
    if (existsSync(pidFile)) {
      const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n').map(Number);
      if (pid && isAlive(pid) && isServerOf(dataDir, pid)) {
        const server = { pid, port: port || 5432 };
        if (await answers(server)) return server;
      } else if (!hasBackends(dataDir)) {
        removePidFile(dataDir);
        continue;
      }
    }
    await delay(POLL_MS);
  }
  return undefined;
}
