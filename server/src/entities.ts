import { Admin, AdminSession } from './domains/access/index.js';
import { NodeCommand, NodeToken } from './domains/agents/index.js';
import { Node, NodeStatusRow } from './domains/nodes/index.js';
import { Settings } from './domains/settings/index.js';

/** Tables that TypeORM knows. The others (time series, logs, leases, secrets) are written by SQL of their own domain. */
export const entities = [Admin, AdminSession, Node, NodeStatusRow, NodeToken, NodeCommand, Settings];
