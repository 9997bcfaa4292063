import { spawn } from 'node:child_process';
import { ROOT } from './project-paths.mjs';

export class CommandFailed extends Error {
  constructor(command, { code, signal, output }) {
    super(`${command} ${signal ? `was ended by ${signal}` : `failed with exit code ${code}`}`);
    this.name = 'CommandFailed';
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a command and answers `{ code, signal, output }`. Nothing is read from the terminal.
 * With `quiet` the output is collected instead of shown.
 */
export function runToEnd(command, args, { quiet = false, cwd = ROOT, env = process.env, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const plain = quiet ? { ...env, NO_COLOR: '1', FORCE_COLOR: undefined } : env;
    const child = spawn(command, args, { cwd, env: plain, stdio, timeout: timeoutMs });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output: Buffer.concat(chunks).toString() }));
  });
}

/** Like `runToEnd`, but a command that does not succeed throws; answers its output. */
export async function run(command, args, options) {
  const result = await runToEnd(command, args, options);
  if (result.code !== 0) throw new CommandFailed([command, ...args].join(' '), result);
  return result.output;
}

export const runNode = (args, options) => run(process.execPath, args, options);
