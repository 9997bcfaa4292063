import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MetricSampleInput } from '../gql/graphql.js';
import { temporaryDir } from '../support/temporary-dir.js';
import { CommandJournal } from './command-journal.js';
import { LogOutbox } from './log-outbox.js';
import { MetricOutbox } from './metric-outbox.js';

const sample = (number: number) => ({ at: String(number) }) as MetricSampleInput;

test('[R3.5] samples wait until they are acknowledged, and the oldest go first when there are too many', () => {
  const outbox = new MetricOutbox();
  for (let number = 0; number < 361; number += 1) outbox.add(sample(number));
  expect(outbox.pending()).toHaveLength(360);
  expect(outbox.pending()[0]).toEqual(sample(1));

  const reported = outbox.pending();
  outbox.add(sample(361));
  outbox.delivered(reported);
  expect(outbox.pending()).toEqual([sample(361)]);
});

test('log lines are cut, go in batches that fit into a message, and stay until they are acknowledged', () => {
  const outbox = new LogOutbox();
  for (let number = 0; number < 600; number += 1) outbox.add('XRAY', `${number} ${'x'.repeat(3_000)}`);
  const batch = outbox.batch();
  expect(batch[0]?.text).toHaveLength(2_000);
  expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(256 * 1024);
  expect(outbox.batch()).toEqual(batch);
  outbox.delivered(batch);
  expect(outbox.batch()[0]?.text).toMatch(new RegExp(`^${batch.length} x`));
});

test('no batch has more than 500 lines', () => {
  const outbox = new LogOutbox();
  for (let number = 0; number < 600; number += 1) outbox.add('XRAY', 'short');
  expect(outbox.batch()).toHaveLength(500);
});

test('a flood drops lines and says how many', () => {
  const outbox = new LogOutbox();
  for (let number = 0; number < 5_007; number += 1) outbox.add('XRAY', 'flood');
  outbox.delivered(outbox.batch());
  const texts: string[] = [];
  for (let batch = outbox.batch(); batch.length > 0; batch = outbox.batch()) {
    texts.push(...batch.map(({ text }) => text));
    outbox.delivered(batch);
  }
  expect(texts.filter((text) => text === 'flood')).toHaveLength(4_500);
  expect(texts.at(-1)).toContain('7 log lines were dropped');
});

test('the newest lines can be collected, delivered or not', () => {
  const outbox = new LogOutbox();
  for (const text of ['a', 'b', 'c']) outbox.add('AGENT', text);
  outbox.delivered(outbox.batch());
  expect(outbox.recent(2).map(({ text }) => text)).toEqual(['b', 'c']);
  expect(outbox.recent(0)).toEqual([]);
});

test('[R3.3] a command is on disk before it begins, and its outcome until the panel has it', () => {
  const path = join(temporaryDir(), 'commands.ndjson');
  const journal = new CommandJournal(path);
  journal.begin('a');
  expect(readFileSync(path, 'utf8')).toContain('"a"');
  journal.finish('a', { ok: true, output: 'done' });

  const reopened = new CommandJournal(path);
  expect(reopened.has('a')).toBe(true);
  expect(reopened.unacknowledged()).toEqual([{ commandId: 'a', ok: true, output: 'done' }]);
  reopened.acknowledge('a');
  expect(new CommandJournal(path).unacknowledged()).toEqual([]);
  expect(new CommandJournal(path).has('a')).toBe(true);
});

test('[R3.3] a command that was cut off by the end of the agent has failed', () => {
  const path = join(temporaryDir(), 'commands.ndjson');
  new CommandJournal(path).begin('a');
  appendFileSync(path, '{"id":"torn'); // the machine lost its power in the middle of the next record
  const reopened = new CommandJournal(path);
  reopened.failInterrupted();
  expect(reopened.unacknowledged()).toMatchObject([{ commandId: 'a', ok: false }]);
});

test('[R3.3] a result that the panel asks for again is sent again', () => {
  const journal = new CommandJournal(join(temporaryDir(), 'commands.ndjson'));
  journal.begin('a');
  journal.finish('a', { ok: false, error: 'no' });
  journal.acknowledge('a');
  journal.sendAgain('a');
  expect(journal.unacknowledged()).toMatchObject([{ commandId: 'a', ok: false, error: 'no' }]);
});

test('the journal stays small', () => {
  const path = join(temporaryDir(), 'commands.ndjson');
  const journal = new CommandJournal(path);
  for (let number = 0; number < 2_000; number += 1) {
    journal.begin(String(number));
    journal.finish(String(number), { ok: true });
    journal.acknowledge(String(number));
  }
  expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(5_100);
  expect(journal.has('1999')).toBe(true);
  expect(journal.has('1')).toBe(false);
}, 30_000);
