import { auth } from '../features/auth/plugin';
import { nodes } from '../features/nodes/plugin';
import { settings } from '../features/settings/plugin';
import { createRegistry } from '../plugin';

/** The built-in features; this is the only place where the shell names them. */
export const registry = createRegistry([auth, nodes, settings]);
