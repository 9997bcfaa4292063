import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

export interface BinarySearch {
  /** What the operator has set; then nothing else is looked at. */
  configured?: string | undefined;
  /** PATH */
  searchPath: string;
  dataDir: string;
}

export function findXray({ configured, searchPath, dataDir }: BinarySearch): string | undefined {
  const onPath = searchPath
    .split(':')
    .filter(Boolean)
    .map((directory) => join(directory, 'xray'));
  const candidates = configured ? [configured] : [...onPath, '/usr/local/bin/xray', join(dataDir, 'xray')];
  return candidates.find(isExecutableFile);
}

export async function xrayVersion(binary: string): Promise<string | undefined> {
  const { stdout } = await run(binary, ['version'], { timeout: TIMEOUT_MS });
  return parseVersion(stdout);
}

/** "Xray 26.7.28 (Xray, Penetrates Everything.) Custom (go1.26.8 linux/amd64)" */
export function parseVersion(text: string): string | undefined {
  return /^Xray (\d+\.\d+\.\d+)\b/m.exec(text)?.[1];
}

/** Another one after an update of Xray on the node. */
export function markOf(binary: string): string {
  const stat = statSync(binary, { throwIfNoEntry: false });
  return stat ? `${binary} ${stat.ino} ${stat.size} ${stat.mtimeMs}` : 'gone';
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
