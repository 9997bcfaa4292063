import { pino, type Logger } from 'pino';

export type { Logger };

/** Paths whose values never reach a log, whoever logs them. */
const SECRET_PATHS = ['password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret'];

export function createLogger(level: string): Logger {
  return pino({ level, base: null, redact: SECRET_PATHS, timestamp: pino.stdTimeFunctions.isoTime });
}

export const silentLogger: Logger = pino({ level: 'silent' });
