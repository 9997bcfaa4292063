import { auth } from '../features/auth/plugin';
import { groups } from '../features/groups/plugin';
import { nodes } from '../features/nodes/plugin';
import { proxies } from '../features/proxies/plugin';
import { settings } from '../features/settings/plugin';
import { sync } from '../features/sync/plugin';
import { users } from '../features/users/plugin';
import { createRegistry } from '../plugin';

/** The built-in features; this is the only place where the shell names them. */
export const registry = createRegistry([auth, nodes, groups, users, proxies, sync, settings]);
