import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildAgent } from '../build.mjs';
import type { Identity } from './identity.js';
import { bundlePath } from './support/agent-process.js';
import { FakePanel } from './support/fake-panel.js';

vi.setConfig({ testTimeout: 30_000 }); // real processes on a machine that may be busy

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const template = read('../install.sh.template');

let buildDir: string;
let dir: string;
let panel: FakePanel;

beforeAll(async () => {
  buildDir = mkdtempSync(join(tmpdir(), 'vpanel-install-build-'));
  await buildAgent(bundlePath(buildDir));
});
afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vpanel-install-'));
  panel = await FakePanel.start();
  panel.files.set('/agent/vpanel-agent.cjs', readFileSync(bundlePath(buildDir)));
});
afterEach(async () => {
  await panel.close();
  rmSync(dir, { recursive: true, force: true });
});

test('[R3.7] installs the agent and joins it, and a second run with a new token joins anew', async () => {
  const first = await install(['--join', panel.joinToken]);
  expect(first.output).toContain('Done. Start the agent');
  expect(first.code).toBe(0);
  expect(identity().nodeToken).toBe(panel.nodeToken);
  expect(statSync(join(dir, 'data/identity.json')).mode & 0o777).toBe(0o600);

  panel.nodeToken = 'vpn1.abcdefghij.second';
  const second = await install(['--join', panel.newJoinToken()]);
  expect(second.code).toBe(0);
  expect(identity().nodeToken).toBe('vpn1.abcdefghij.second');
});

test('[R3.1] says so when the panel refuses the token', async () => {
  const { code, output } = await install(['--join', panel.joinToken.replace('vpj1.', 'vpj1.x')]);
  expect(code).toBe(1);
  expect(output).toContain('not a valid join token');
  expect(output).toContain('has not joined');
});

test('[R3.8] downloads nothing from a server that the authority of the panel has not signed', async () => {
  const impostor = await FakePanel.start();
  const { code, output } = await install(['--join', panel.joinToken], { panelUrl: impostor.url });
  await impostor.close();
  expect(code).toBe(1);
  expect(output).toContain('could not be downloaded');
  expect(existsSync(join(dir, 'vpanel-agent.cjs'))).toBe(false);
});

test.each([
  [[], 'the join token is missing'],
  [['--join'], '--join needs a value'],
  [['--nonsense'], 'unknown option: --nonsense'],
  [['--join', 'x', '--xray', '/nonexistent/xray'], 'not an executable file'],
  [['--join', 'x', '--prefix', '/tmp/a b'], 'only letters, digits'],
])('%o is answered with: %s', async (args, words) => {
  const { code, output } = await install(args);
  expect(code).toBe(1);
  expect(output).toContain(words);
});

test('the installer writes the very unit of this repository', () => {
  const unit = /<<'UNIT'\n([^]*)^UNIT$/m.exec(template)?.[1];
  expect(unit).toBe(read('../vpanel-agent.service'));
});

function install(args: string[], { panelUrl = panel.url } = {}): Promise<{ code: number; output: string }> {
  const script = join(dir, 'install.sh');
  writeFileSync(script, template.replace('{{PANEL_URL}}', panelUrl).replace('{{CA_PEM}}', panel.authority.pem.trim()));
  const env = { PATH: `${join(process.execPath, '..')}:/usr/bin:/bin` };
  return new Promise((resolve) => {
    execFile('sh', [script, '--prefix', dir, '--no-service', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

function identity(): Identity {
  return JSON.parse(readFileSync(join(dir, 'data/identity.json'), 'utf8')) as Identity;
}
