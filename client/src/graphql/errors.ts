import { CombinedError } from 'urql';

/** What a page needs to know about a refusal, read once from urql's error. */
export interface Failure {
  code: string;
  message: string;
  fields: FieldProblem[];
  requestId?: string;
  retryAfterSeconds?: number;
}

export interface FieldProblem {
  path: string;
  message: string;
}

export const NETWORK = 'NETWORK';

export function toFailure(error: unknown): Failure {
  if (!(error instanceof CombinedError)) {
    return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error), fields: [] };
  }
  const first = error.graphQLErrors[0];
  if (!first) return { code: NETWORK, message: error.networkError?.message ?? error.message, fields: [] };
  const { code, fields, requestId, retryAfter } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: first.message,
    fields: Array.isArray(fields) ? fields.filter(isFieldProblem) : [],
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof retryAfter === 'number' && { retryAfterSeconds: retryAfter }),
  };
}

/** The server's words for one form field: `tags.0.key` belongs to the field `tags`. */
export function fieldError(failure: Failure | undefined, field: string): string | undefined {
  return failure?.fields.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message;
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof CombinedError && error.graphQLErrors.some(({ extensions }) => extensions['code'] === code);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  if (typeof value !== 'object' || value === null) return false;
  return 'path' in value && typeof value.path === 'string' && 'message' in value && typeof value.message === 'string';
}
