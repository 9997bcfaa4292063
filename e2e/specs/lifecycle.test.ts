import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Api } from '../support/api.js';
import { freePort, isAlive, postgresPid, processTree, TestProcess, waitFor } from '../support/processes.js';

const NOBODY = 65_534;
const started: { process: TestProcess; dataDir: string }[] = [];
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vpanel-life-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

interface Place {
  dataDir: string;
  publicPort: number;
  env: Record<string, string>;
}

async function newPlace(): Promise<Place> {
  const dataDir = join(newFolder(), 'data');
  const [publicPort, agentPort] = [await freePort(), await freePort()];
  const env = {
    VPANEL_DATA_DIR: dataDir,
    VPANEL_PUBLIC_PORT: String(publicPort),
    VPANEL_AGENT_PORT: String(agentPort),
    VPANEL_AGENT_URL: `https://localhost:${agentPort}`,
  };
  return { dataDir, publicPort, env };
}

/** The README's second command, as it is typed. */
function npmStart({ dataDir, env }: Place, asUser: string[] = []): TestProcess {
  const [command, ...args] = [...asUser, 'npm', 'start'];
  const process = new TestProcess({ command, args, env });
  started.push({ process, dataDir });
  return process;
}

const ready = (place: Place, panel: TestProcess) =>
  waitFor(
    `the panel to be ready: ${panel.output}`,
    async () => {
      const { ok } = await fetch(`http://127.0.0.1:${place.publicPort}/readyz`);
      return ok && panel.output.includes('V Panel is ready');
    },
    90_000,
  );

function killTree(root: number): void {
  for (const pid of processTree(root)) process.kill(pid, 'SIGKILL');
}

afterEach(async () => {
  for (const { process: panel, dataDir } of started.splice(0)) {
    await panel.stop();
    const left = postgresPid(dataDir);
    if (left && isAlive(left)) process.kill(left, 'SIGKILL');
  }
  for (const folder of folders.splice(0))
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

test('npm start prints a password that works, refuses a second start, and comes back after a kill -9 of everything', async () => {
  const place = await newPlace();
  const panel = npmStart(place);
  await ready(place, panel);
  const password = /Password\s+(\S+)/.exec(panel.output)?.[1] ?? '';
  expect(panel.output).toContain(`http://127.0.0.1:${place.publicPort}`);
  expect(panel.output).toMatch(/Sign in as\s+admin/);
  expect(panel.output).toContain('Add a node');
  const api = new Api(`http://127.0.0.1:${place.publicPort}`, password);
  await api.signIn();
  await api.createNode('kept', 8443);

  const second = npmStart(place);
  expect(await second.exited()).not.toBe(0);
  expect(second.output).toMatch(/Another panel \(process \d+\) is at work/);

  const database = postgresPid(place.dataDir)!;
  killTree(panel.pid);
  process.kill(database, 'SIGKILL');
  await panel.exited();
  const again = npmStart(place);
  await ready(place, again);
  expect(again.output).not.toMatch(/Password\s+\S+/);
  await api.signIn();
  const { nodes } = await api.ask<{ nodes: { totalCount: number } }>('{ nodes { totalCount } }');
  expect(nodes.totalCount).toBe(1);
});

test('a panel that is told to stop ends itself and its database, and says so by its exit code', async () => {
  const place = await newPlace();
  const panel = npmStart(place);
  await ready(place, panel);
  const database = postgresPid(place.dataDir)!;
  const [, ...below] = processTree(panel.pid);
  panel.child.kill('SIGTERM');
  await panel.exited();
  await waitFor('every process to be gone', () => [database, ...below].every((pid) => !isAlive(pid)));
});

// In a run by a normal user the other tests prove it, and nobody else can be become.
test.runIf(process.getuid?.() === 0)('the panel starts as a normal user', async () => {
  const place = await newPlace();
  chownSync(join(place.dataDir, '..'), NOBODY, NOBODY);
  place.env['HOME'] = join(place.dataDir, '..');
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];
  const panel = npmStart(place, asNobody);
  await ready(place, panel);
  expect(panel.output).toContain('as this user');
});

test('a configuration with several mistakes is refused naming all of them', async () => {
  const place = await newPlace();
  place.env['VPANEL_PUBLIC_HOST'] = '0.0.0.0';
  place.env['VPANEL_ADMIN_PASSWORD'] = 'short';
  place.env['LOG_LEVEL'] = 'loud';
  const panel = npmStart(place);
  expect(await panel.exited()).not.toBe(0);
  for (const name of ['VPANEL_ADMIN_PASSWORD', 'LOG_LEVEL']) expect(panel.output).toContain(name);
});
