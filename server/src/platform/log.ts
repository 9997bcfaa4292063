import { inspect } from 'node:util';
import { pino, type Logger } from 'pino';

export type { Logger };

/** Paths whose values never reach a log, whoever logs them. */
const SECRET_PATHS = ['password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret'];

interface LoggedError {
  type: string;
  message: string;
  code: unknown;
  stack: string | undefined;
  cause: LoggedError | undefined;
}

/** What helps to find a fault. A failed statement carries its parameters too, and among them may be secrets. */
function describe(error: unknown): LoggedError | undefined {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return describe(new Error(inspect(error)));
  const { name: type, message, stack, cause } = error;
  return { type, message, code: (error as { code?: unknown }).code, stack, cause: describe(cause) };
}

export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: SECRET_PATHS,
    serializers: { err: describe },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

export const silentLogger: Logger = pino({ level: 'silent' });
