import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { ensureXray } from '../../scripts/lib/xray.mjs';
import { ROOT } from './processes.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of a real Xray. */
    xray: string;
    /** Path of a real Chromium. */
    browser: string;
  }
}

const BUILT = ['server/dist/main.js', 'agent/dist/vpanel-agent.cjs', 'client/dist/index.html'];

/** Nothing is replaced by a stand-in: what cannot be had fails the run here, loudly. */
export default async function setup(project: TestProject): Promise<void> {
  const missing = BUILT.filter((file) => !existsSync(join(ROOT, file)));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run npm run build first, or npm test`);
  const { path } = await ensureXray();
  project.provide('xray', path);
  project.provide('browser', await ensureBrowser());
}
