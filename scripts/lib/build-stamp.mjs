import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** One hash over the names and contents of files; a file that is missing counts as such. */
export function fingerprint(files, base) {
  const hash = createHash('sha256');
  for (const file of [...files].toSorted()) {
    hash.update(`${relative(base, file)}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : '\0missing');
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** Remembers from which inputs something was built. By content, not by time: git and copies change times. */
export class BuildStamp {
  constructor(stampFile) {
    this.stampFile = stampFile;
  }

  isCurrent(inputs) {
    return existsSync(this.stampFile) && readFileSync(this.stampFile, 'utf8') === inputs;
  }

  write(inputs) {
    mkdirSync(dirname(this.stampFile), { recursive: true });
    writeFileSync(this.stampFile, inputs);
  }

  /** Before a build, so that one that fails halfway is not taken for finished. */
  clear() {
    rmSync(this.stampFile, { force: true });
  }
}
