import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that can be fetched or built again lives here; git does not see it. */
export const CACHE = join(ROOT, '.cache');

export const fromRoot = (...parts) => join(ROOT, ...parts);

export const toRelative = (path) => relative(ROOT, path);

/** The script behind a command of an npm package, to be run by the Node that runs us. */
export const packageCommand = (name) => fromRoot('node_modules', '.bin', name);

/** `bin/tsc` would be the same file, but its name there differs between TypeScript versions. */
export const TSC = fromRoot('node_modules', 'typescript', 'bin', 'tsc');
