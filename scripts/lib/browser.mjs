import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withFileLock } from './file-lock.mjs';
import { CACHE, fromRoot } from './project-paths.mjs';
import { run, runToEnd } from './run-command.mjs';
import { Problem } from './run-script.mjs';

const PACKAGE = '@sparticuz/chromium';
const LIBRARIES = 'libnss3 libnspr4 libexpat1';
const DEBIAN_BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

const toStderr = (line) => console.error(`browser  ${line}`);

/** The path of a Chromium for tests that is known to start. */
export async function ensureBrowser({ report = toStderr } = {}) {
  const refusals = [];
  const refuse = (path, reason) => {
    refusals.push(`- ${path}: ${reason}`);
    report(`${path}: ${reason}`);
  };
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    const reason = await whyItDoesNotStart(named);
    // Whoever names a browser wants that one: another in its place would hide the mistake.
    if (reason) throw new Problem(`CHROMIUM_PATH is ${named}, which does not start: ${reason}`);
    return named;
  }
  for (const obtain of [() => unpackFromPackage(report), ...DEBIAN_BROWSERS.map((path) => () => path)]) {
    try {
      const path = await obtain();
      const reason = existsSync(path) ? await whyItDoesNotStart(path) : 'is not there';
      if (!reason) return path;
      refuse(path, reason);
    } catch (error) {
      refuse(PACKAGE, error.message);
    }
  }
  throw new Problem(
    `There is no browser for the tests. Install the libraries that the one from npm needs (${LIBRARIES}), or Debian's ` +
      `chromium-headless-shell, or name a Chromium in CHROMIUM_PATH.\n${refusals.join('\n')}`,
  );
}

/**
 * The package unpacks itself into the temporary folder and takes whatever lies there already for complete. So it is
 * done once, by one process, in a folder of its own that gets its final name when it is whole.
 */
async function unpackFromPackage(report) {
  const require = createRequire(fromRoot('e2e/package.json'));
  const entry = require.resolve(PACKAGE);
  const { version } = require(join(entry.slice(0, entry.lastIndexOf(PACKAGE)), PACKAGE, 'package.json'));
  const folder = join(CACHE, 'chromium', `${version}-${process.arch}`);
  const path = join(folder, 'chromium');
  const onWait = () => report('waiting for another unpacking');
  await withFileLock(`${folder}.lock`, () => existsSync(path) || unpack(entry, folder, report), { onWait });
  return path;
}

async function unpack(entry, folder, report) {
  report('unpacking');
  const draft = `${folder}.${process.pid}.new`;
  const code = `import(process.argv[1]).then((module) => (module.default.default ?? module.default).executablePath())`;
  try {
    await mkdir(draft, { recursive: true });
    const env = { ...process.env, TMPDIR: draft };
    await run(process.execPath, ['-e', code, entry], { env, quiet: true, timeoutMs: 120_000 });
    if (!existsSync(join(draft, 'chromium'))) throw new Error('it unpacked no chromium');
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Undefined when the browser starts, which it does not where a library is missing. */
async function whyItDoesNotStart(path) {
  const result = await runToEnd(path, ['--version'], { quiet: true, timeoutMs: 30_000 }).catch((error) => error);
  if (result instanceof Error) return result.message;
  if (result.code === 0 && /Chrom/.test(result.output)) return undefined;
  const missing = /error while loading shared libraries: (\S+?):/.exec(result.output)?.[1];
  return missing
    ? `${missing} is missing`
    : `"--version" gives exit code ${result.code} ${result.output.trim()}`.trim();
}
