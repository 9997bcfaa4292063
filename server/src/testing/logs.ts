import { pino, type Logger } from 'pino';

export interface LogEntry {
  level: number;
  msg: string;
  [key: string]: unknown;
}

/** A logger that keeps what it was told. */
export function recordingLogger(): { log: Logger; entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const log = pino(
    { level: 'debug', base: null },
    { write: (line: string) => void entries.push(JSON.parse(line) as LogEntry) },
  );
  return { log, entries };
}
