import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { silentLogger } from './platform/log.js';
import { createDatabase, migrate } from './platform/postgres/database.js';
import { EmbeddedPostgres } from './platform/postgres/embedded.js';

/** Fails with the statements that TypeORM would still run after all migrations: entities and migrations have to agree. */
const dir = mkdtempSync(join(tmpdir(), 'vpanel-check-'));
const server = await EmbeddedPostgres.start({
  dir: join(dir, 'postgres'),
  searchPath: readConfig().searchPath,
  log: silentLogger,
});
try {
  const db = await createDatabase({
    address: { ...server.connection, database: 'postgres' },
    entities,
    migrations,
  }).initialize();
  await migrate(db);
  const { upQueries } = await db.driver.createSchemaBuilder().log();
  await db.destroy();
  for (const { query } of upQueries) process.stderr.write(`${query}\n`);
  process.exitCode = upQueries.length === 0 ? 0 : 1;
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
