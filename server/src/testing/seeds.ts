import type { DataSource } from 'typeorm';
import type { Sample } from '../domains/metrics/sample.js';

let counter = 0;

export interface SeedNode {
  /** Columns of nodes. */
  node?: Record<string, unknown>;
  /** Columns of node_status. */
  status?: Record<string, unknown>;
  /** Columns of node_sync. */
  sync?: Record<string, unknown>;
}

async function insert(db: DataSource, table: string, values: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(values);
  const places = columns.map((_column, index) => `$${index + 1}`);
  await db.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`, Object.values(values));
}

/** A node by SQL, for states that take an agent long to get into; answers its id. */
export async function seedNode(db: DataSource, { node = {}, status = {}, sync = {} }: SeedNode = {}): Promise<string> {
  counter += 1;
  const name = `node-${String(counter).padStart(5, '0')}`;
  const [{ id }] = (await db.query('SELECT gen_random_uuid() AS id')) as [{ id: string }];
  await insert(db, 'nodes', { id, name, address: `${name}.test`, agent_port: 8443, ...node });
  await insert(db, 'node_status', { node_id: id, ...status });
  await insert(db, 'node_sync', { node_id: id, ...sync });
  return id;
}

/** What node_status says of a node with which all is well. */
export const ONLINE = {
  registered_at: new Date(),
  connected: true,
  xray_state: 'RUNNING',
  cpu: 0.1,
  memory: 0.2,
  disk: 0.3,
  load: 0.2,
};

/** A good sample, as the services take it. */
export const sample = (at: Date, values: Partial<Sample> = {}): Sample => ({
  at,
  cpu: 0.25,
  memory: 0.5,
  disk: 0.75,
  loadAverage: 1.5,
  uplinkRate: 1_000,
  downlinkRate: 2_000,
  connections: 10,
  onlineUsers: 3,
  xrayState: 'RUNNING',
  ...values,
});

/** The same as an agent sends it. */
export const sampleInput = (at: Date, values: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...sample(at),
  at: at.toISOString(),
  ...values,
});
