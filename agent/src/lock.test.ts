import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataDir } from './lock.js';
import { startTicksOf } from './processes.js';
import { temporaryDir } from './support/temporary-dir.js';

test('a second agent on the same directory is refused until the first has gone', () => {
  const dir = temporaryDir();
  const unlock = lockDataDir(dir);
  expect(() => lockDataDir(dir)).toThrow(`process ${process.pid}`);
  unlock();
  expect(existsSync(join(dir, 'agent.lock'))).toBe(false);
  lockDataDir(dir)();
});

test('the lock of an agent that was killed is taken over', async () => {
  const dir = temporaryDir();
  const sleeper = spawn('sleep', ['60']);
  await once(sleeper, 'spawn');
  writeFileSync(join(dir, 'agent.lock'), `${sleeper.pid} ${startTicksOf(sleeper.pid!)}\n`);
  expect(() => lockDataDir(dir)).toThrow(`process ${sleeper.pid}`);
  sleeper.kill('SIGKILL');
  await once(sleeper, 'exit');
  lockDataDir(dir)();
});

test('a lock whose process number now belongs to another program is taken over', () => {
  const dir = temporaryDir();
  writeFileSync(join(dir, 'agent.lock'), `${process.pid} 1\n`);
  lockDataDir(dir);
  expect(readFileSync(join(dir, 'agent.lock'), 'utf8')).toBe(`${process.pid} ${startTicksOf(process.pid)}\n`);
});
