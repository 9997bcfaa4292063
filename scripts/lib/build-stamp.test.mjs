import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BuildStamp, fingerprint } from './build-stamp.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpanel-stamp-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name, content) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('the fingerprint of files', () => {
  it('does not depend on times or on the order of files', () => {
    const [a, b] = [file('a', '1'), file('b', '2')];
    const before = fingerprint([a, b], folder);
    utimesSync(a, 0, 0);
    expect(fingerprint([b, a], folder)).toBe(before);
  });

  it('changes with content, names and missing files', () => {
    const [a, b] = [file('a', '1'), file('b', '2')];
    const seen = [fingerprint([a, b], folder), fingerprint([a], folder), fingerprint([a, join(folder, 'c')], folder)];
    file('b', '3');
    seen.push(fingerprint([a, b], folder));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('a build stamp', () => {
  it('is current only for the inputs that were written', () => {
    const stamp = new BuildStamp(join(folder, 'deep', 'server.stamp'));
    expect(stamp.isCurrent('one')).toBe(false);
    stamp.write('one');
    expect(stamp.isCurrent('one')).toBe(true);
    expect(stamp.isCurrent('two')).toBe(false);
    stamp.clear();
    expect(stamp.isCurrent('one')).toBe(false);
  });
});
