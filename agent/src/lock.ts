import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent } from './atomic-file.js';
import { OperatorError, codeOf } from './errors.js';
import { startTicksOf } from './processes.js';

/** Two agents on one directory would run two Xrays and answer commands twice. The answer releases the lock. */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'agent.lock');
  const mine = ownerText(process.pid);
  const prepared = `${path}.${process.pid}`;
  writeFileSync(prepared, mine, { mode: 0o600 });
  try {
    take(path, prepared);
  } finally {
    rmSync(prepared, { force: true });
  }
  return () => {
    if (readIfPresent(path) === mine) rmSync(path, { force: true });
  };
}

/** link() fails when the name is there, and the file appears with its content: nobody ever sees an empty lock. */
function take(path: string, prepared: string): void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      linkSync(prepared, path);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const owner = readIfPresent(path);
    if (owner === undefined) continue;
    const pid = Number(owner.split(' ')[0]);
    if (owner === ownerText(pid)) throw new OperatorError(`Another agent (process ${pid}) already runs on ${path}.`, 1);
    rmSync(path, { force: true }); // its owner died without releasing it
  }
  throw new OperatorError(`Could not lock ${path}: another agent is starting at the same time.`, 1);
}

function ownerText(pid: number): string {
  return `${pid} ${startTicksOf(pid) ?? 'gone'}\n`;
}
