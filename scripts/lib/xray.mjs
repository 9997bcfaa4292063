import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { withFileLock } from './file-lock.mjs';
import { isExecutable, onPath } from './on-path.mjs';
import { CACHE } from './project-paths.mjs';
import { runToEnd } from './run-command.mjs';
import { Problem } from './run-script.mjs';
import { compileXray } from './xray-go.mjs';
import { XRAY_VERSION, downloadXray } from './xray-release.mjs';
import { OLDEST_XRAY, isRecentEnough, parseXrayVersion } from './xray-version.mjs';

const CACHED = join(CACHE, 'xray', XRAY_VERSION, 'xray');

const toStderr = (line) => console.error(`xray     ${line}`);

/**
 * A usable Xray that is here already, as `{ path, version }`, or undefined. One that is too old is named and passed
 * over.
 */
export async function findXray({ report = toStderr } = {}) {
  for (const { path, origin } of candidates()) {
    const version = await versionOf(path);
    if (version && isRecentEnough(version)) return { path, version };
    const reason = version ? `is ${version}, but ${OLDEST_XRAY} is needed` : 'does not answer "version" like Xray';
    report(`${path} (${origin}) ${reason}`);
  }
  return undefined;
}

/** A usable Xray, installed into the cache first where there is none. */
export async function ensureXray({ report = toStderr } = {}) {
  const found = await findXray({ report });
  if (found) return found;
  return withFileLock(
    `${CACHED}.lock`,
    async () => {
      // Whoever held the lock before us has probably installed it.
      const version = await versionOf(CACHED);
      if (version) return { path: CACHED, version };
      return install(report);
    },
    { onWait: () => report('waiting for another installation') },
  );
}

function candidates() {
  const onPathAs = onPath('xray');
  const named = process.env.XRAY_BIN ? [{ path: resolve(process.env.XRAY_BIN), origin: 'XRAY_BIN' }] : [];
  const cached = isExecutable(CACHED) ? [{ path: CACHED, origin: 'the cache' }] : [];
  return [...named, ...(onPathAs ? [{ path: onPathAs, origin: 'on PATH' }] : []), ...cached];
}

async function install(report) {
  const refusals = [];
  for (const [way, obtain] of [
    ['the official release', () => downloadXray()],
    ['the Go module', () => compileXray(report)],
  ]) {
    try {
      report(`getting Xray ${XRAY_VERSION} from ${way}`);
      return await putInPlace(await obtain());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      report(`${way}: ${error.message}`);
      refusals.push(`- ${way}: ${error.message}`);
    }
  }
  throw new Problem(
    `Xray ${XRAY_VERSION} could not be installed. Install it yourself and name it in XRAY_BIN.\n${refusals.join('\n')}`,
  );
}

/** Written beside its place, tried, and renamed: nobody ever sees half a file or one that does not run. */
async function putInPlace(binary) {
  const draft = `${CACHED}.${process.pid}.new`;
  await mkdir(dirname(CACHED), { recursive: true });
  try {
    await writeFile(draft, binary);
    await chmod(draft, 0o755);
    const version = await versionOf(draft);
    if (version !== XRAY_VERSION) throw new Problem(`what came is ${version ?? 'not an Xray that runs here'}`);
    await rename(draft, CACHED);
    return { path: CACHED, version };
  } finally {
    await rm(draft, { force: true });
  }
}

async function versionOf(path) {
  const { code, output } = await runToEnd(path, ['version'], { quiet: true, timeoutMs: 10_000 }).catch(() => ({}));
  return code === 0 ? parseXrayVersion(output) : undefined;
}
