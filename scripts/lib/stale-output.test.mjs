import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeStaleOutput } from './stale-output.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpanel-stale-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const touch = (name) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), '');
};

it('removes the output of a deleted source and nothing else', () => {
  for (const name of ['src/main.ts', 'src/migrations/2-kept.ts']) touch(name);
  const kept = ['dist/main.js', 'dist/main.js.map', 'dist/migrations/2-kept.js', 'dist/notes.txt'];
  const stale = ['dist/migrations/1-deleted.js', 'dist/migrations/1-deleted.js.map'];
  for (const name of [...kept, ...stale]) touch(name);
  const removed = removeStaleOutput(join(folder, 'dist'), join(folder, 'src'));
  expect(removed.toSorted()).toEqual(stale.map((name) => join(folder, name)));
  expect(kept.every((name) => existsSync(join(folder, name)))).toBe(true);
});
