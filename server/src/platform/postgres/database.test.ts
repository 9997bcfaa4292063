import 'reflect-metadata';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, expect, inject, test } from 'vitest';
import { entities } from '../../entities.js';
import { migrations } from '../../migrations/index.js';
import { cloneDatabase, connectTo, emptyDatabase, type TestDatabase } from '../../testing/database.js';
import { createDatabase, migrate } from './database.js';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function use(made: Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await made;
  databases.push(database);
  return database;
}

const done = async ({ db }: TestDatabase): Promise<string[]> =>
  (await db.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);

test('panels that start together migrate once', async () => {
  const database = await use(emptyDatabase());
  const panels = await Promise.all(Array.from({ length: 5 }, () => connectTo(database.name)));
  try {
    await Promise.all(panels.map(migrate));
  } finally {
    await Promise.all(panels.map((panel) => panel.destroy()));
  }
  expect(await done(database)).toEqual(migrations.map(({ name }) => name));
  expect(await database.db.query('SELECT count(*)::int AS rows FROM settings')).toEqual([{ rows: 1 }]);
});

test('migrating again changes nothing', async () => {
  const database = await use(cloneDatabase());
  await migrate(database.db);
  expect(await done(database)).toEqual(migrations.map(({ name }) => name));
});

test('a migration that fails leaves nothing of itself, and the lock is free again', async () => {
  const database = await use(emptyDatabase());
  class Broken9000000000000 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE half (id int)');
      await runner.query('SELECT 1 / 0');
    }
    down = (): Promise<void> => Promise.resolve();
  }
  const address = { ...inject('postgres'), database: database.name };
  const broken = await createDatabase({
    address,
    entities,
    migrations: [...migrations, Broken9000000000000],
  }).initialize();
  await expect(migrate(broken)).rejects.toThrow('division by zero');
  await broken.destroy();
  expect(await database.db.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
  await migrate(database.db);
  expect(await done(database)).toEqual(migrations.map(({ name }) => name));
});

test('a schema of a newer version is refused, and nothing is done to it', async () => {
  const database = await use(cloneDatabase());
  await database.db.query(
    `INSERT INTO migrations (timestamp, name) VALUES (9000000000000, 'FromTheFuture9000000000000')`,
  );
  await expect(migrate(database.db)).rejects.toThrow(
    'The database was written by a newer version of V Panel (FromTheFuture9000000000000)',
  );
});

test('entities equal migrations', async () => {
  const { db } = await use(cloneDatabase());
  const { upQueries } = await db.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

test('the pool gives up on a statement that does not end, and on a lock that is never free', async () => {
  const { db } = await use(cloneDatabase());
  const [row] = await db.query<
    object[]
  >(`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
    current_setting('idle_in_transaction_session_timeout') AS idle`);
  expect(row).toEqual({ statement: '30s', lock: '5s', idle: '30s' });
});
