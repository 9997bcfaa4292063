import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { bundle, Child } from '../../testing/child.js';
import { recordingLogger } from '../../testing/logs.js';
import { temporaryDir } from '../../testing/panel.js';
import { until } from '../../testing/until.js';
import { chooseBinaries } from './binaries.js';
import { EmbeddedPostgres, type Connection } from './embedded.js';
import { isAlive } from './leftovers.js';

const base = temporaryDir();
let program: string;
const servers: EmbeddedPostgres[] = [];
const children: Child[] = [];
let counter = 0;
const newDir = (): string => join(base, `pg-${(counter += 1)}`);

beforeAll(async () => {
  program = await bundle('embedded');
});

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  for (const server of servers.splice(0)) await server.stop();
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  rmSync(program);
});

async function start(dir: string, log = recordingLogger().log): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start({ dir, log });
  servers.push(server);
  return server;
}

function startChild(dir: string): Child {
  const child = Child.start(program, dir);
  children.push(child);
  return child;
}

const pidFile = (dir: string): string => join(dir, 'postmaster.pid');
const pidIn = (dir: string): number => Number(readFileSync(pidFile(dir), 'utf8').split('\n')[0]);

async function query<T>(connection: Connection, sql: string): Promise<T[]> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T & pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

const answers = (connection: Connection): Promise<boolean> =>
  query(connection, 'SELECT 1').then(
    () => true,
    () => false,
  );

test('starts, answers on a socket that only the panel reaches, keeps its data and stops', async () => {
  const dir = newDir();
  const server = await start(dir);
  await query(server.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(await query(server.connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(server.connection, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }]);
  expect(statSync(`${dir}.secret`).mode & 0o777).toBe(0o600);
  await expect(query({ ...server.connection, password: 'wrong' }, 'SELECT 1')).rejects.toThrow(/password/);
  const pid = server.processId;
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(pidFile(dir))).toBe(false);
  const again = await start(dir);
  expect(await query(again.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('stopping twice, or what has never been started, harms nothing', async () => {
  const server = await start(newDir());
  await server.stop();
  await server.stop();
});

describe('a panel that was killed', () => {
  test('leaves a server that goes on, and the next panel adopts it', async () => {
    const dir = newDir();
    const child = startChild(dir);
    const [, pid] = (await child.line()).split(' ').map(Number);
    await child.kill('SIGKILL');
    expect(isAlive(pid ?? 0)).toBe(true);
    const { log, entries } = recordingLogger();
    const server = await start(dir, log);
    expect(server.processId).toBe(pid);
    expect(entries.map(({ msg }) => msg)).toContain('adopted the PostgreSQL of an earlier run');
    expect(await answers(server.connection)).toBe(true);
    await server.stop();
    expect(isAlive(pid ?? 0)).toBe(false);
  });

  test('leaves a server in a folder with a long name, and the next panel adopts that, too', async () => {
    const dir = join(base, 'long'.repeat(20), 'postgres');
    mkdirSync(dirname(dir));
    const child = startChild(dir);
    const [, pid] = (await child.line()).split(' ').map(Number);
    await child.kill('SIGKILL');
    const server = await start(dir);
    expect(server.processId).toBe(pid);
    expect(server.connection.host).toBe('127.0.0.1');
    expect(await query(server.connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  test('while its first server was being made leaves nothing that is in the way', async () => {
    const dir = newDir();
    const child = startChild(dir);
    await until('initdb to write', () =>
      readdirSync(base).some((name) => name.startsWith(`pg-${counter}.init`) && existsSync(join(base, name, 'base'))),
    );
    await child.kill('SIGKILL');
    expect(existsSync(dir)).toBe(false);
    const server = await start(dir);
    expect(await answers(server.connection)).toBe(true);
    await until('the rest to be gone', () => !readdirSync(base).some((name) => name.startsWith(`pg-${counter}.init`)));
  });
});

/** Processes of which an argument has this text in it. */
const processesWith = (text: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          .split('\0')
          .some((argument) => argument.includes(text));
      } catch {
        return false;
      }
    });

test('an initdb that is killed leaves nothing half: the start fails in words, and the next one works', async () => {
  const dir = newDir();
  const child = startChild(dir);
  const [initdb] = await until('initdb', () => {
    const found = processesWith(`pg-${counter}.init`).filter((pid) => pid !== child.process.pid);
    return (
      found.length > 0 &&
      existsSync(
        join(
          base,
          readdirSync(base).find((name) => name.startsWith(`pg-${counter}.init`) && !name.endsWith('.pw')) ?? '?',
          'base',
        ),
      ) &&
      found
    );
  });
  process.kill(initdb ?? 0, 'SIGKILL');
  expect(await child.line()).toMatch(/^failed initdb failed/);
  expect(existsSync(dir)).toBe(false);
  expect(await answers((await start(dir)).connection)).toBe(true);
});

describe('a server that is killed', () => {
  test('is started again by itself, with what was committed', async () => {
    const { log, entries } = recordingLogger();
    const server = await start(newDir(), log);
    await query(server.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = server.processId;
    process.kill(pid, 'SIGKILL');
    await until('another server', () => server.processId !== pid && answers(server.connection));
    expect(await query(server.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(entries.map(({ msg }) => msg)).toContain('PostgreSQL has ended, starting it again');
  });

  test('after it was adopted is started again, too', async () => {
    const dir = newDir();
    const child = startChild(dir);
    await child.line();
    await child.kill('SIGKILL');
    const server = await start(dir);
    const pid = server.processId;
    process.kill(pid, 'SIGKILL');
    await until('another server', () => server.processId !== pid && answers(server.connection));
  });

  test('just before the panel stops is not left running', async () => {
    const dir = newDir();
    const { log, entries } = recordingLogger();
    const server = await start(dir, log);
    process.kill(server.processId, 'SIGKILL');
    await until('the new start', () => entries.some(({ msg }) => msg === 'PostgreSQL has ended, starting it again'));
    await until('it to get going', () => existsSync(pidFile(dir)) && isAlive(pidIn(dir)));
    await server.stop();
    expect(existsSync(pidFile(dir)) && isAlive(pidIn(dir))).toBe(false);
    expect(processesWith(dir).filter(isAlive)).toEqual([]);
  });
});

describe('a pid file that was left behind', () => {
  async function withPidFile(pid: number): Promise<void> {
    const dir = newDir();
    const first = await start(dir);
    const text = readFileSync(pidFile(dir), 'utf8');
    await first.stop();
    writeFileSync(pidFile(dir), text.replace(/^\d+/, String(pid)));
    const server = await start(dir);
    expect(server.processId).not.toBe(pid);
    expect(await answers(server.connection)).toBe(true);
  }

  test('with the number of no process is removed', () => withPidFile(999_999_999));

  test('with a number that another program has got since is removed', async () => {
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      await withPidFile(other.pid ?? 0);
      expect(isAlive(other.pid ?? 0)).toBe(true);
    } finally {
      other.kill();
    }
  });

  test('with a number that the PostgreSQL of another folder has got since is removed', async () => {
    const other = pidIn(inject('postgres').host);
    await withPidFile(other);
    expect(isAlive(other)).toBe(true);
  });
});

describe('data of another version', () => {
  test('are refused in words that say what to do, and are not touched', async () => {
    const dir = newDir();
    mkdirSync(dir);
    writeFileSync(join(dir, 'PG_VERSION'), '9\n');
    await expect(start(dir)).rejects.toThrow(
      /^The data was written by PostgreSQL 9, but only \d+.* is here: install that version, or move the data/,
    );
    expect(readdirSync(dir)).toEqual(['PG_VERSION']);
  });

  test('choose the server of their own version', () => {
    const found = [18, 16, 15].map((major) => ({ dir: `/pg/${major}`, major, origin: 'system' as const }));
    expect(chooseBinaries(found, 16).major).toBe(16);
    expect(chooseBinaries(found, undefined).major).toBe(18);
    expect(() => chooseBinaries([], undefined)).toThrow(/install PostgreSQL, or set DATABASE_URL/);
  });
});
