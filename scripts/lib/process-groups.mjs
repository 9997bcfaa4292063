import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onNpmGone } from './npm-parent.mjs';
import { ROOT } from './project-paths.mjs';

/**
 * Node programs that belong together: each leads a process group of its own, so that ending it also ends the children
 * that a wrapper would leave behind. When one ends, or a signal comes, `untilOneEnds` ends all.
 */
export class ProcessGroups {
  #children = [];
  #firstEnd = deferred();

  start(name, args, { env = process.env } = {}) {
    const stdio = ['ignore', 'inherit', 'inherit'];
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio, detached: true });
    this.#children.push(child);
    child.on('error', (error) => this.#firstEnd.resolve({ code: 1, remark: `${name}: ${error.message}` }));
    child.on('exit', (code) => this.#firstEnd.resolve({ code: code ?? 1, remark: `${name} has ended.` }));
    return child;
  }

  /** Answers the exit code of the program that ended first, 0 when it was a signal that ended all. */
  async untilOneEnds() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.#firstEnd.resolve({ code: 0 }));
    }
    const stopWatching = onNpmGone(() => this.#firstEnd.resolve({ code: 0 }));
    const { code, remark } = await this.#firstEnd.promise;
    stopWatching();
    if (remark) console.error(remark);
    await this.end();
    return code;
  }

  async end({ graceMs = 15_000 } = {}) {
    await Promise.all(this.#children.map((child) => endGroup(child, graceMs)));
  }
}

/** The leader is asked first: it knows in which order its children have to end. What is left of the group is killed. */
async function endGroup(child, graceMs) {
  if (child.pid === undefined) return;
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child.pid), graceMs);
  await gone;
  clearTimeout(timer);
  killGroup(child.pid);
}

function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}
