import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that is gone after the test. */
export function temporaryDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'vpanel-agent-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
