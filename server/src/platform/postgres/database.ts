import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Connection } from './embedded.js';
import { useFastTimestamps } from './timestamps.js';

/** Any number: all panels of a cluster have to use the same. */
const MIGRATION_LOCK = 6_845_213;
const NEWEST_KNOWN = 'The database was written by a newer version of V Panel';

export type DatabaseAddress = { url: string } | ({ database: string } & Connection);

export interface DatabaseOptions {
  address: DatabaseAddress;
  entities: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
  /** Connections for queries of the API and the jobs. Default 10. */
  poolSize?: number;
}

/** Never `synchronize`: the schema is what the migrations made. */
export function createDatabase({ address, entities, migrations, poolSize = 10 }: DatabaseOptions): DataSource {
  useFastTimestamps();
  const target = 'url' in address ? { url: address.url } : { ...address, username: address.user };
  return new DataSource({
    type: 'postgres',
    ...target,
    ...(entities && { entities }),
    ...(migrations && { migrations }),
    migrationsTableName: 'migrations',
    synchronize: false,
    installExtensions: false,
    applicationName: 'vpanel',
    poolSize,
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 30_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 30_000 },
    logging: false,
  });
}

/** Brings the schema up to date; panels that start together do it once. Refuses a schema that is newer than this code. */
export async function migrate(db: DataSource): Promise<void> {
  const runner = db.createQueryRunner();
  try {
    await runner.query('SET lock_timeout = 0');
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(db);
    await db.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.query('RESET ALL');
    await runner.release();
  }
}

async function refuseNewerSchema(db: DataSource): Promise<void> {
  const [{ exists }] = await db.query<[{ exists: boolean }]>(`SELECT to_regclass('migrations') IS NOT NULL AS exists`);
  if (!exists) return;
  const done = await db.query<{ name: string }[]>('SELECT name FROM migrations');
  const known = new Set(db.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const unknown = done.filter(({ name }) => !known.has(name));
  if (unknown.length > 0) throw new Error(`${NEWEST_KNOWN} (${unknown.map(({ name }) => name).join(', ')})`);
}
