import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findXray } from '../xray/binary.js';

/** The real Xray. Without one the test fails: a skipped test proves nothing. */
export function realXray(): string {
  const cached = fileURLToPath(new URL('../../../.cache/xray/xray', import.meta.url));
  const configured = process.env['XRAY_BIN'] ?? (existsSync(cached) ? cached : undefined);
  const binary = findXray({ configured, searchPath: process.env['PATH'] ?? '', dataDir: '/nonexistent' });
  if (!binary)
    throw new Error('These tests need a real Xray: set XRAY_BIN, or run `npm run xray` in the root of the repository.');
  return binary;
}
