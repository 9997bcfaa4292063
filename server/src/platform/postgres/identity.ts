import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** As whom the server runs: PostgreSQL refuses to run as root. */
export interface Identity {
  description: string;
  /** Words to put before the command. */
  prefix: string[];
  /** For spawn; also the owner that the data directory has to have. */
  ids: { uid: number; gid: number } | undefined;
}

const CANDIDATES = ['postgres', 'vpanel', 'nobody'];
const USER_NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

function systemUser(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whether that user may walk down to the path: every folder above it has to let them pass. */
function canReach(path: string, uid: number, gid: number): boolean {
  for (let dir = resolve(path); ; dir = dirname(dir)) {
    if (existsSync(dir)) {
      const { uid: owner, gid: group, mode } = statSync(dir);
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (dir === dirname(dir)) return true;
  }
}

function userNamespaceWorks(): boolean {
  const [command = '', ...args] = USER_NAMESPACE;
  try {
    execFileSync(command, [...args, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Nobody is created and nothing on the system is changed: root becomes an existing system user that can reach the
 * files, else the server runs in a user namespace, where files stay root's.
 */
export function chooseIdentity(binDir: string, dataDir: string): Identity {
  if (process.getuid?.() !== 0) return { description: 'this user', prefix: [], ids: undefined };
  for (const name of CANDIDATES) {
    const ids = systemUser(name);
    if (!ids) continue;
    if (canReach(join(binDir, 'postgres'), ids.uid, ids.gid) && canReach(dirname(dataDir), ids.uid, ids.gid)) {
      return { description: `system user ${name}`, prefix: [], ids };
    }
  }
  if (userNamespaceWorks()) return { description: 'user namespace', prefix: USER_NAMESPACE, ids: undefined };
  throw new Error(
    'PostgreSQL cannot run as root, and neither a system user (postgres, vpanel, nobody) that can reach ' +
      `${dataDir} nor a user namespace is to be had: run the panel as a normal user, or set DATABASE_URL`,
  );
}
