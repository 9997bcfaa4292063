import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { entities } from '../entities.js';
import { migrations } from '../migrations/index.js';
import { createDatabase } from '../platform/postgres/database.js';
import { TEMPLATE } from './global-setup.js';

/** A database of its own for a test file. */
export interface TestDatabase {
  db: DataSource;
  /** As DATABASE_URL has it. */
  url: string;
  name: string;
  drop(): Promise<void>;
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

/** A clone of the migrated template. */
export const cloneDatabase = (): Promise<TestDatabase> => openDatabase(`TEMPLATE ${TEMPLATE}`);

/** A database without a single table. */
export const emptyDatabase = (): Promise<TestDatabase> => openDatabase('TEMPLATE template0');

async function openDatabase(origin: string): Promise<TestDatabase> {
  const name = newName();
  await administer(`CREATE DATABASE ${name} ${origin}`);
  const db = await connectTo(name);
  const { host, user, password } = inject('postgres');
  return {
    db,
    name,
    url: `postgres://${user}:${password}@localhost/${name}?host=${encodeURIComponent(host)}`,
    drop: async () => {
      if (db.isInitialized) await db.destroy();
      await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Another pool on a database of a test. */
export const connectTo = (database: string): Promise<DataSource> =>
  createDatabase({ address: { ...inject('postgres'), database }, entities, migrations, poolSize: 5 }).initialize();

/** Every row of every table as text, to look for what must not be there. */
export async function dumpAllTables(db: DataSource): Promise<string> {
  const tables = (await db.query(
    `SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
  )) as { name: string }[];
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = (await db.query(`SELECT t::text AS row FROM ${name} t`)) as { row: string }[];
      return rows.map(({ row }) => row).join('\n');
    }),
  );
  return texts.join('\n');
}
