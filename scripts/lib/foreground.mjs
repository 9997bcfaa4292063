import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { onNpmGone } from './npm-parent.mjs';
import { ROOT } from './project-paths.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs Node as our only child, on our terminal, until it ends, and answers its exit code. Signals that reach us are
 * handed on, each kind once: a terminal sends Ctrl-C to the child as well, and npm repeats it.
 */
export function runInForeground(args, { cwd = ROOT, env = process.env } = {}) {
  const child = spawn(process.execPath, args, { cwd, env, stdio: 'inherit' });
  const forwarded = new Set();
  const forward = (signal) => {
    if (forwarded.has(signal)) return;
    forwarded.add(signal);
    child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const stopWatching = onNpmGone(() => forward('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      stopWatching();
      resolve(exitCodeOf(code, signal));
    });
  });
}
