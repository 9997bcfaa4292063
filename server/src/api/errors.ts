import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, type FieldProblem } from '../platform/errors.js';
import type { Logger } from '../platform/log.js';

/** Faults in the request itself, by the codes that Apollo gives them. */
const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

const SUGGESTION = / Did you mean [\s\S]*\?$/;
/** Reasons in which a scalar or an enum of graphql-js repeats what it was given. */
const REPEATED_VALUES: [RegExp, string][] = [
  [/^(\w+ cannot represent [^:"]*?)(?: value)?: [\s\S]*$/, '$1 value'],
  [/^Value "[\s\S]*" does not exist in "(\w+)" enum\.$/, 'is not a value of $1'],
];

const INVALID_VALUE = /^Variable "\$(\w+)" got invalid value /;

/** graphql-js repeats the rejected value, which may be a secret; path and reason are what helps. */
function withoutValue(message: string): { message: string; fields?: FieldProblem[] } {
  const variable = INVALID_VALUE.exec(message)?.[1];
  if (!variable) return { message: plainReason(message) };
  const reason = plainReason(message.slice(message.lastIndexOf('; ') + 2));
  const path = / at "([\w.[\]]+)"; /.exec(message)?.[1] ?? variable;
  return { message: `${path}: ${reason}`, fields: [{ path: path.replace(/^\w+\./, ''), message: reason }] };
}

function plainReason(text: string): string {
  return REPEATED_VALUES.reduce(
    (reason, [pattern, words]) => reason.replace(pattern, words),
    text.replace(SUGGESTION, ''),
  );
}

function extensionsOf(error: AppError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error.fields && { fields: error.fields }),
    ...(error.retryAfterSeconds !== undefined && { retryAfter: error.retryAfterSeconds }),
  };
}

const place = ({ path, locations }: GraphQLFormattedError): Partial<GraphQLFormattedError> => ({
  ...(locations && { locations }),
  ...(path && { path }),
});

/** Faults that graphql-js finds by itself have neither an original error nor a code of their own. */
function isRequestFault({ originalError, extensions }: GraphQLError): boolean {
  const { code } = extensions;
  return typeof code === 'string' ? REQUEST_FAULTS.has(code) : !originalError;
}

/**
 * What a caller gets to see of an error: a documented code, never a stack trace, a rejected value or a secret. What
 * is no refusal of ours and no fault of the request is a bug: it is logged under an id, and the caller gets the id.
 */
export function publicError(error: unknown, log: Logger): GraphQLFormattedError {
  const formatted = error instanceof GraphQLError ? error.toJSON() : { message: '' };
  const original = unwrapResolverError(error);
  if (original instanceof AppError) {
    return { message: original.message, ...place(formatted), extensions: extensionsOf(original) };
  }
  if (error instanceof GraphQLError && isRequestFault(error)) {
    const { message, fields } = withoutValue(error.message);
    return { message, ...place(formatted), extensions: { code: 'BAD_USER_INPUT', ...(fields && { fields }) } };
  }
  const requestId = randomUUID();
  log.error({ err: original, requestId }, 'an operation failed');
  return {
    message: 'Something went wrong in the panel; its log has more under this request id',
    ...place(formatted),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}
