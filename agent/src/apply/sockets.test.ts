import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { temporaryDir } from '../support/temporary-dir.js';
import { Sockets } from './sockets.js';

/** A command in the place of `ss` that behaves as ss does on another machine, and keeps how it was called. */
function commandThat(script: string) {
  const [dir, warnings]: [string, string[]] = [temporaryDir(), []];
  const [path, calls] = [join(dir, 'ss'), join(dir, 'calls')];
  writeFileSync(calls, '');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> ${calls}\n${script}\n`);
  chmodSync(path, 0o755);
  const log = pino(
    { level: 'warn' },
    { write: (line) => void warnings.push((JSON.parse(line) as { msg: string }).msg) },
  );
  const sockets = new Sockets(log, path);
  return { sockets, warnings, calls: () => readFileSync(calls, 'utf8').split('\n').filter(Boolean) };
}

test('[R7.5] connections from these addresses to these ports are closed, and no others', async () => {
  const { sockets, calls } = commandThat('echo "0 0 10.0.0.1:443 1.2.3.4:50000"');
  expect(await sockets.close(['1.2.3.4', '2001:db8::1', 'no address; reboot'], [443, 8443])).toBe(1);
  expect(calls()).toEqual(['-K -Htn ( dst 1.2.3.4 or dst [2001:db8::1] ) and ( sport = :443 or sport = :8443 )']);
});

test('[R7.5] without an address or a port nothing is called', async () => {
  const { sockets, calls } = commandThat('');
  expect(await sockets.close([], [443])).toBe(0);
  expect(await sockets.close(['1.2.3.4'], [])).toBe(0);
  expect(calls()).toEqual([]);
});

test.each([
  ['lacks the permission', 'echo "SOCK_DESTROY answers: Operation not permitted" >&2', 'not permitted', 1],
  ['has a kernel that cannot', '[ "$1" = -K ] || echo "0 0 10.0.0.1:443 1.2.3.4:50000"', 'kernel', 2],
])('[R7.5] an agent that %s says so once and does not try again', async (_, script, words, attempts) => {
  const { sockets, warnings, calls } = commandThat(script);
  for (let time = 0; time < 3; time += 1) expect(await sockets.close(['1.2.3.4'], [443])).toBe(0);
  expect(warnings).toEqual([expect.stringContaining(words)]);
  expect(calls()).toHaveLength(attempts);
});

test('[R7.5] nothing to close is no reason to give up', async () => {
  const { sockets, warnings, calls } = commandThat('');
  await sockets.close(['1.2.3.4'], [443]);
  await sockets.close(['1.2.3.4'], [443]);
  expect(warnings).toEqual([]);
  expect(calls().filter((call) => call.startsWith('-K'))).toHaveLength(2);
});
