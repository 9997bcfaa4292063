import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds server, agent and client, from the sources as from the build. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const DASHBOARD_DIR = join(root, 'client', 'dist');
export const AGENT_DIR = join(root, 'agent');
export const VERSION = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
