import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../testing/database.js';
import { recordingLogger } from '../testing/logs.js';
import { until } from '../testing/until.js';
import { JobRunner } from './jobs.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(async () => database.drop());

const holderOf = async (name: string): Promise<{ holder: string; term: string } | undefined> =>
  (
    await database.db.query<{ holder: string; term: string }[]>('SELECT holder, term FROM leases WHERE name = $1', [
      name,
    ])
  )[0];

function runner(): { id: string; runner: JobRunner; runs: number[]; start(name: string): void } {
  const id = randomUUID();
  const made = new JobRunner(id, database.db, recordingLogger().log);
  const runs: number[] = [];
  const start = (name: string): void =>
    made.start([
      {
        name,
        everyMs: 20,
        run: () => {
          runs.push(performance.now());
          return Promise.resolve();
        },
      },
    ]);
  return { id, runner: made, runs, start };
}

test('of two panels one does a job, and the other takes over at once when that one stops', async () => {
  const [one, two] = [runner(), runner()];
  one.start('shared');
  await until('the first run', () => one.runs.length > 2);
  two.start('shared');
  const before = one.runs.length;
  await until('more runs', () => one.runs.length > before + 5);
  expect(two.runs).toEqual([]);
  expect(await holderOf('shared')).toEqual({ holder: one.id, term: '1' });
  await one.runner.stop();
  await until('the other to take over', () => two.runs.length > 0);
  expect(await holderOf('shared')).toMatchObject({ holder: two.id });
  await two.runner.stop();
  expect(await holderOf('shared')).toBeUndefined();
});

test('a holder that died is followed when its lease has run out, under a new term', async () => {
  await database.db.query(
    `INSERT INTO leases (name, holder, term, expires_at) VALUES ('orphaned', $1, 7, now() + interval '1 hour')`,
    [randomUUID()],
  );
  const one = runner();
  one.start('orphaned');
  one.start('witness');
  await until('runs of another job', async () => (await holderOf('witness')) !== undefined);
  expect(await holderOf('orphaned')).toMatchObject({ term: '7' });
  await database.db.query(`UPDATE leases SET expires_at = now() - interval '1 second' WHERE name = 'orphaned'`);
  await until('the take-over', async () => (await holderOf('orphaned'))?.holder === one.id);
  expect(await holderOf('orphaned')).toMatchObject({ term: '8' });
  await one.runner.stop();
});

test('a job that fails is logged and runs again', async () => {
  const { log, entries } = recordingLogger();
  const failing = new JobRunner(randomUUID(), database.db, log);
  let runs = 0;
  failing.start([
    {
      name: 'failing',
      everyMs: 10,
      run: () => {
        runs += 1;
        return Promise.reject(new Error('no'));
      },
    },
  ]);
  await until('three runs', () => runs >= 3);
  await failing.stop();
  expect(entries[0]).toMatchObject({ level: 50, job: 'failing', msg: 'a job failed, it runs again at its next turn' });
});

test('stopping waits for the job that is running', async () => {
  let finish!: () => void;
  let begun = false;
  const slow = new JobRunner(randomUUID(), database.db, recordingLogger().log);
  slow.start([
    {
      name: 'slow',
      everyMs: 10,
      run: () => {
        begun = true;
        return new Promise((resolve) => (finish = resolve));
      },
    },
  ]);
  await until('its begin', () => begun);
  let stopped = false;
  const stop = slow.stop().then(() => (stopped = true));
  await database.db.query('SELECT 1');
  expect(stopped).toBe(false);
  finish();
  await stop;
});
