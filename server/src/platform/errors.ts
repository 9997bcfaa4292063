/** Every code that leaves the panel in `extensions.code`; docs/api.md explains each to integrators. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'CONFIG_INVALID'
  | 'NODE_UNREACHABLE'
  | 'RATE_LIMITED'
  | 'QUERY_TOO_COMPLEX'
  | 'INTERNAL_SERVER_ERROR';

/** One wrong field: its path inside the input and what is wrong with it. Never the rejected value. */
export interface FieldProblem {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  fields?: FieldProblem[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** A refusal that the caller may see as it is. Anything else that is thrown is a bug and is masked. */
export class AppError extends Error {
  readonly fields: FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `${what} does not exist`);

/** All wrong fields at once; the message repeats them for callers that read only messages. */
export function badInput(fields: FieldProblem[]): AppError {
  const message = fields.map(({ path, message: text }) => `${path}: ${text}`).join('; ');
  return new AppError('BAD_USER_INPUT', message, { fields });
}

const UNIQUE_VIOLATION = '23505';

interface PostgresError {
  code?: string;
  constraint?: string;
  driverError?: PostgresError;
}

/** The name of the unique constraint that an error of PostgreSQL (or TypeORM around it) speaks of. */
export function violatedConstraint(error: unknown): string | undefined {
  const outer = error as PostgresError;
  const inner = outer.driverError ?? outer;
  return inner.code === UNIQUE_VIOLATION ? inner.constraint : undefined;
}

/** character_not_in_repertoire, untranslatable_character: what text and jsonb say of U+0000. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Whether PostgreSQL has refused a text for a character in it, which is the fault of who sent the text. */
export const isUnstorableText = (error: unknown): boolean =>
  UNSTORABLE_TEXT.has((error as PostgresError | undefined)?.code ?? '');
