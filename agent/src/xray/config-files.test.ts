import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { linkFileAtomically, writeFileAtomically } from '../atomic-file.js';
import { sha256 } from '../configuration/canonical.js';
import { NodeConfig } from '../configuration/node-config.js';
import { render } from '../configuration/render.js';
import { BASE, trojan, user, vless } from '../support/node-documents.js';
import { temporaryDir } from '../support/temporary-dir.js';
import { ConfigFiles } from './config-files.js';

const log = pino({ level: 'silent' });
const configOf = (...ids: string[]) =>
  NodeConfig.from({ base: BASE, inbounds: [vless('v', 1), trojan('t', 2)], users: ids.map((id) => user(id)) });
const [first, second] = [configOf('a'), configOf('a', 'b')];

class Killed extends Error {}

/** An agent that is killed before its write number `survived`; 0 is the first. */
function mortal(dir: string, survived: number) {
  let writes = 0;
  const dieAt = <Args extends unknown[]>(write: (...args: Args) => void) => {
    return (...args: Args) => {
      if (writes++ >= survived) throw new Killed();
      write(...args);
    };
  };
  return new ConfigFiles(dir, log, { write: dieAt(writeFileAtomically), link: dieAt(linkFileAtomically) });
}

/** What the next agent finds, which has to fit together. */
function after(dir: string) {
  const files = new ConfigFiles(dir, log);
  const { config } = files;
  expect(files.foreignHash).toBeUndefined();
  expect(files.wanted().config).toBe(config);
  expect(readFileSync(join(dir, 'config.json'), 'utf8')).toBe(render(config!));
  return { revision: config!.revision, good: files.lastGood()?.config?.revision, files };
}

function good(files: ConfigFiles) {
  const start = files.wanted();
  files.keepAsGood(start);
}

test.each([
  [0, first.revision],
  [1, second.revision],
  [2, second.revision],
  [3, second.revision],
])(
  '[R7.7] an agent killed before write %d of a change comes up with one revision or the other',
  (survived, revision) => {
    const dir = temporaryDir();
    const files = new ConfigFiles(dir, log);
    files.replace(first);
    good(files);
    const victim = mortal(dir, survived);
    try {
      victim.replace(second);
      victim.keepAsGood(victim.wanted());
    } catch (error) {
      expect(error).toBeInstanceOf(Killed);
    }
    const found = after(dir);
    expect(found).toMatchObject({ revision, good: survived < 3 ? first.revision : second.revision });
  },
);

test.each([
  [2, second.revision],
  [3, first.revision],
  [4, first.revision],
])('[R7.7] an agent killed before write %d, while it goes back, does so as well', (survived, revision) => {
  const dir = temporaryDir();
  new ConfigFiles(dir, log).replace(first);
  const victim = mortal(dir, survived);
  const before = victim.replace(second);
  try {
    victim.putBack(before);
  } catch (error) {
    expect(error).toBeInstanceOf(Killed);
  }
  expect(after(dir)).toMatchObject({ revision });
});

test('[R7.7] a disk that is full when the second file is written leaves everything as it was', () => {
  const dir = temporaryDir();
  new ConfigFiles(dir, log).replace(first);
  let writes = 0;
  const write: typeof writeFileAtomically = (...args) => {
    if (++writes === 2) throw new Error('ENOSPC');
    writeFileAtomically(...args);
  };
  const files = new ConfigFiles(dir, log, { write, link: linkFileAtomically });
  expect(() => files.replace(second)).toThrow('ENOSPC');
  expect(files.config?.revision).toBe(first.revision);
  expect(files.foreignHash).toBeUndefined();
  expect(after(dir).revision).toBe(first.revision);
});

test('[R7.7] going back from the first configuration leaves what was there before', () => {
  const dir = temporaryDir();
  const files = new ConfigFiles(dir, log);
  files.wanted(); // made by the agent itself
  const minimal = readFileSync(join(dir, 'config.json'), 'utf8');
  files.putBack(files.replace(first));
  expect(readFileSync(join(dir, 'config.json'), 'utf8')).toBe(minimal);
  const next = new ConfigFiles(dir, log);
  expect(next.config).toBeUndefined();
  expect(next.wanted().config).toBeUndefined();
});

test('[R3.5] a config.json that is gone is made anew, of the last good one when nothing else is left', () => {
  const dir = temporaryDir();
  const files = new ConfigFiles(dir, log);
  files.replace(first);
  good(files);
  rmSync(join(dir, 'config.json'));
  expect(files.foreignHash).toBeDefined();
  expect(after(dir).revision).toBe(first.revision);
  rmSync(join(dir, 'config.json'));
  rmSync(join(dir, 'desired.json'));
  expect(new ConfigFiles(dir, log).wanted().config?.revision).toBe(first.revision);
  expect(after(dir).revision).toBe(first.revision);
});

test('[R3.5] a desired.json that cannot be read costs the revision and nothing else', () => {
  const dir = temporaryDir();
  new ConfigFiles(dir, log).replace(first);
  writeFileSync(join(dir, 'desired.json'), '{"document":');
  const files = new ConfigFiles(dir, log);
  expect(files.config).toBeUndefined();
  expect(files.wanted().render()).toBe(render(first));
});

test('[R3.4] an edit by hand is seen at once, survives a restart of the agent, and goes back with a change that fails', () => {
  const dir = temporaryDir();
  const path = join(dir, 'config.json');
  const files = new ConfigFiles(dir, log);
  files.replace(first);
  expect(files.foreignHash).toBeUndefined();
  const edited = render(first).replace('a.v', 'mallory.v');
  writeFileSync(path, edited);
  expect(files.foreignHash).toBe(sha256(edited));
  const next = new ConfigFiles(dir, log);
  expect(next.foreignHash).toBe(sha256(edited));
  expect(next.wanted().config).toBeUndefined();
  next.putBack(next.replace(second));
  expect(readFileSync(path, 'utf8')).toBe(edited);
  expect(new ConfigFiles(dir, log).foreignHash).toBe(sha256(edited));
  writeFileSync(path, render(first));
  expect(next.foreignHash).toBeUndefined();
});
