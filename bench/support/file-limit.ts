import { readFileSync } from 'node:fs';

/** Files that a process needs beside its sockets. */
const RESERVE = 200;

/** Says at the beginning what would otherwise be a refused connection in the middle. */
export function assertFileLimit(sockets: number): void {
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  if (limit === undefined || Number(limit) >= sockets + RESERVE) return;
  throw new Error(
    `${sockets} sockets need more than ${limit} file descriptors: run "ulimit -n ${sockets + RESERVE}" first`,
  );
}
