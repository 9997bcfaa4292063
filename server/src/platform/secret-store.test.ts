import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, dumpAllTables, type TestDatabase } from '../testing/database.js';
import { SecretBox } from './secret-box.js';
import { SecretStore } from './secret-store.js';

let database: TestDatabase;
let store: SecretStore;
beforeAll(async () => {
  database = await cloneDatabase();
  store = new SecretStore(database.db, new SecretBox('a secret of at least 32 characters'));
});
afterAll(async () => database.drop());

test('a secret is made once, also when many ask for it at once', async () => {
  let made = 0;
  const ask = () => store.getOrCreate('ca', async () => `secret ${(made += 1)}`);
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  expect(new Set(answers).size).toBe(1);
  expect(await store.get('ca')).toBe(answers[0]);
  const before = made;
  expect(await ask()).toBe(answers[0]);
  expect(made).toBe(before);
});

test('it is not to be read in the database', async () => {
  await store.replace('key', 'open sesame');
  const dump = await dumpAllTables(database.db);
  expect(dump).not.toContain('open sesame');
  expect(dump).not.toContain(Buffer.from('open sesame').toString('hex'));
  expect(await store.get('key')).toBe('open sesame');
});

test('with another key it is not opened, and the message says which file to bring back', async () => {
  await store.replace('key', 'open sesame');
  const other = new SecretStore(database.db, new SecretBox('another secret of 32 characters!!'));
  await expect(other.get('key')).rejects.toThrow(
    'Bring back secret.key of the data directory, or the former VPANEL_SECRET_KEY',
  );
  await expect(other.getOrCreate('key', () => Promise.resolve('new'))).rejects.toThrow('cannot be opened');
});

test('what is not there is undefined', async () => {
  expect(await store.get('never stored')).toBeUndefined();
});
