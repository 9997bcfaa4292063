import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The compiler leaves the output of deleted sources in place, where a deleted migration would still be run. Only those
 * files go: a panel that runs from the folder keeps everything else.
 */
export function removeStaleOutput(outDir, sourceDir) {
  const removed = [];
  for (const entry of readdirSync(outDir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const stem = /^(.*)\.(?:js|js\.map|d\.ts)$/.exec(relative(outDir, path))?.[1];
    if (!entry.isFile() || stem === undefined) continue;
    const hasSource = ['.ts', '.tsx'].some((extension) => existsSync(join(sourceDir, stem + extension)));
    if (hasSource) continue;
    rmSync(path);
    removed.push(path);
  }
  return removed;
}
