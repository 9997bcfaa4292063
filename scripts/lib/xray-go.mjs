import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runToEnd } from './run-command.mjs';
import { Problem } from './run-script.mjs';

/**
 * The commit of the pinned release. Its tag v26.7.28 is not a version that Go's rules allow for this module path, so
 * it is named by time and commit. The checksum database of Go verifies the sources.
 */
const MODULE = 'github.com/xtls/xray-core/main@v1.260327.1-0.20260728075948-5ca6f4b7d4dc';
const TIMEOUT_MS = 20 * 60_000;
const PROGRESS_MS = 30_000;

export const goCommand = (target) => ({
  args: ['install', '-trimpath', '-ldflags', '-s -w', MODULE],
  // The module needs Go 1.26, which an older Go fetches by itself when it is allowed to.
  env: { CGO_ENABLED: '0', GOBIN: target, GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'auto', GOFLAGS: '-buildvcs=false' },
});

/** The binary, compiled from the Go module; throws a Problem where there is no Go or it is too old. */
export async function compileXray(report = () => {}) {
  await assertUsableGo();
  const target = await mkdtemp(join(tmpdir(), 'vpanel-xray-'));
  const startedAt = Date.now();
  const progress = setInterval(
    () => report(`still compiling, ${Math.round((Date.now() - startedAt) / 1000)} s`),
    PROGRESS_MS,
  );
  try {
    report('compiling with Go, which takes about 5 minutes on two cores');
    const { args, env } = goCommand(target);
    await run('go', args, { cwd: target, env: { ...process.env, ...env }, quiet: true, timeoutMs: TIMEOUT_MS });
    return await readFile(join(target, 'main'));
  } catch (error) {
    const lastLines = error.output?.trimEnd().split('\n').slice(-5).join('\n');
    throw new Problem(`go install failed: ${lastLines || error.message}`, { cause: error });
  } finally {
    clearInterval(progress);
    await rm(target, { recursive: true, force: true });
  }
}

async function assertUsableGo() {
  const { code, output } = await runToEnd('go', ['env', 'GOVERSION'], { quiet: true }).catch(() => ({ code: 1 }));
  if (code !== 0) throw new Problem('there is no Go on PATH');
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(output) ?? [];
  if (Number(major) === 1 && Number(minor) < 21) {
    throw new Problem(`${output.trim()} is too old: Go 1.21 is the first that can fetch the 1.26 that Xray needs`);
  }
}
