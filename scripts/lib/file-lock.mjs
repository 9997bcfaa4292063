import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 200;
const STALE_MS = 30 * 60_000;

/** Runs `work` while no other process of this machine runs under the same lock file. */
export async function withFileLock(path, work, { onWait = () => {} } = {}) {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = false; !(await claim(path)); waited = true) {
    if (!waited) onWait();
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function claim(path) {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock whose owner has died stays behind; so does one whose number now belongs to a process that is not ours. */
async function isAbandoned(path) {
  try {
    const pid = Number(await readFile(path, 'utf8'));
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    return pid > 0 && !isAlive(pid);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
