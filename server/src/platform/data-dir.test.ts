import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, Child } from '../testing/child.js';
import { temporaryDir } from '../testing/panel.js';
import { DataDir } from './data-dir.js';

const base = temporaryDir();
let locker: string;
beforeAll(async () => {
  locker = await bundle('locker');
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  rmSync(locker);
});

let counter = 0;
const newDir = (): string => join(base, `dir-${(counter += 1)}`);
const lockOf = (dir: string): string => join(dir, 'panel.lock');

/** A child that works in the folder. */
async function holder(dir: string): Promise<Child> {
  const child = Child.start(locker, dir, '1', '0', '0');
  expect(await child.line()).toBe('won [0]');
  return child;
}

describe('the lock of a data directory', () => {
  test('keeps a second panel out, by name of the first', async () => {
    const dir = newDir();
    const child = await holder(dir);
    expect(() => DataDir.open(`${dir}0`)).toThrow(`Another panel (process ${child.process.pid}) is at work in ${dir}0`);
    await child.kill();
  });

  test('keeps the same process out as well, until it is closed', () => {
    const dir = newDir();
    const first = DataDir.open(dir);
    expect(() => DataDir.open(dir)).toThrow('Another panel');
    first.close();
    DataDir.open(dir).close();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('of a panel that was killed is taken over', async () => {
    const dir = newDir();
    const child = await holder(dir);
    await child.kill('SIGKILL');
    expect(existsSync(lockOf(`${dir}0`))).toBe(true);
    const taken = DataDir.open(`${dir}0`);
    expect(JSON.parse(readFileSync(lockOf(`${dir}0`), 'utf8'))).toMatchObject({ pid: process.pid });
    taken.close();
  });

  test('whose process id another process has got since is taken over', () => {
    const dir = newDir();
    mkdirSync(dir);
    writeFileSync(lockOf(dir), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    DataDir.open(dir).close();
  });

  test.each([
    ['empty', ''],
    ['no JSON', 'hunter2'],
    ['something else', '[]'],
  ])('that is %s is taken over', (_what, content) => {
    const dir = newDir();
    mkdirSync(dir);
    writeFileSync(lockOf(dir), content);
    DataDir.open(dir).close();
  });

  test.each([
    ['that there is none of', undefined],
    ['left by the dead', JSON.stringify({ pid: 999_999_999, startedAt: '1' })],
  ])('%s, taken by many at the same moment, is held by exactly one', async (_what, stale) => {
    const rounds = 150;
    const prefix = `${newDir()}-`;
    for (let round = 0; round < rounds; round += 1) {
      mkdirSync(`${prefix}${round}`);
      if (stale) writeFileSync(lockOf(`${prefix}${round}`), stale);
    }
    const startAt = Date.now() + 1_500;
    const children = Array.from({ length: 4 }, () =>
      Child.start(locker, prefix, String(rounds), String(startAt), '10'),
    );
    const lines = await Promise.all(children.map((child) => child.line()));
    const winners = lines.flatMap((line) => JSON.parse(line.replace('won ', '')) as number[]);
    await Promise.all(children.map((child) => child.kill()));
    expect(winners.toSorted((a, b) => a - b)).toEqual(Array.from({ length: rounds }, (_, round) => round));
  });
});

describe('what is kept', () => {
  test('is made once and readable by the panel only', () => {
    const dir = DataDir.open(newDir());
    const [id, key] = [dir.panelId(), dir.secretKey()];
    expect([dir.panelId(), dir.secretKey()]).toEqual([id, key]);
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    for (const name of ['panel-id', 'secret.key']) expect(statSync(dir.file(name)).mode & 0o777).toBe(0o600);
    expect(statSync(dir.path).mode & 0o777).toBe(0o711);
    dir.close();
    const again = DataDir.open(dir.path);
    expect([again.panelId(), again.secretKey()]).toEqual([id, key]);
    again.close();
  });
});
