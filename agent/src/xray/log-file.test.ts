import { appendFileSync, existsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../support/temporary-dir.js';
import { XrayLogFile } from './log-file.js';

test('answers complete lines, each once, and nothing from before it was opened', () => {
  const path = join(temporaryDir(), 'xray.log');
  appendFileSync(path, 'of an earlier agent\n');
  const log = new XrayLogFile(path);
  appendFileSync(path, 'one\ntwo\nthr');
  expect(log.readLines()).toEqual(['one', 'two']);
  appendFileSync(path, 'ee\n\n');
  expect(log.readLines()).toEqual(['three']);
  expect(log.readLines()).toEqual([]);
  log.close();
});

test('a full file is moved away under a writer that keeps it open', () => {
  const path = join(temporaryDir(), 'xray.log');
  const log = new XrayLogFile(path);
  const writer = log.openForWriting();
  writeSync(writer, `${'x'.repeat(99)}\n`.repeat(60_000));
  log.readLines();
  expect(statSync(path).size).toBe(0);
  expect(existsSync(`${path}.1`)).toBe(true);
  writeSync(writer, 'after\n');
  expect(log.readLines()).toEqual(['after']);
  log.close();
});
