import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { entities } from '../entities.js';
import { migrations } from '../migrations/index.js';
import { silentLogger } from '../platform/log.js';
import { createDatabase, migrate } from '../platform/postgres/database.js';
import { EmbeddedPostgres, type Connection } from '../platform/postgres/embedded.js';

export const TEMPLATE = 'vpanel_template';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server on which every test file makes databases of its own. */
    postgres: Connection;
  }
}

/** One embedded server for all files, with a database that is migrated once and then cloned. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'vpanel-test-'));
  chmodSync(dir, 0o711);
  const server = await EmbeddedPostgres.start({ dir: join(dir, 'postgres'), log: silentLogger });
  const tearDown = async (): Promise<void> => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.connection);
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('postgres', server.connection);
  return tearDown;
}

async function makeTemplate(connection: Connection): Promise<void> {
  const main = await createDatabase({
    address: { ...connection, database: 'postgres' },
    entities: [],
    migrations: [],
  }).initialize();
  await main.query(`CREATE DATABASE ${TEMPLATE}`);
  await main.destroy();
  const template = await createDatabase({
    address: { ...connection, database: TEMPLATE },
    entities,
    migrations,
  }).initialize();
  await migrate(template);
  await template.destroy();
}
