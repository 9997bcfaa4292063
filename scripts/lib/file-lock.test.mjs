import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from './file-lock.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpanel-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file lock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 4 }, () => withFileLock(join(folder, 'lock'), work)));
    expect(most).toBe(1);
  });

  it('answers what the work answers and is gone afterwards, also when the work fails', async () => {
    const lock = join(folder, 'lock');
    expect(await withFileLock(lock, () => 7)).toBe(7);
    await expect(withFileLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a process that has died', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, String(spawnSync(process.execPath, ['--version']).pid));
    expect(await withFileLock(lock, () => 'in')).toBe('in');
  });
});
