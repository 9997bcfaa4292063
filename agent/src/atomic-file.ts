import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './errors.js';

/** After a power cut the file holds either all of the old content or all of the new. Readable by the agent only. */
export function writeFileAtomically(path: string, content: string | Buffer): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** `path` becomes what `original` is now. Both have to be files that are replaced as a whole and never changed in place. */
export function linkFileAtomically(original: string, path: string): void {
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  try {
    linkSync(original, temporary);
  } catch {
    copyFileSync(original, temporary); // a file system without hard links
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** A rename is durable only once the directory that holds the name is. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

export function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
