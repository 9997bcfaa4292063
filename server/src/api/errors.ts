import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, isUnstorableText, type FieldProblem } from '../platform/errors.js';
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
/** Reasons in which graphql-js repeats what it was given. */
const REPEATED_VALUES: [RegExp, string][] = [
  [/^((?:\w+|Enum "\w+") cannot represent [^:]*?)(?: value)?: [\s\S]*$/, '$1 value'],
  [/^Value "[\s\S]*" does not exist in "(\w+)" enum\.$/, 'is not a value of $1'],
  [/^(Expected value of type "[^"]+"), found [\s\S]*$/, '$1'],
  [/^(Syntax Error: [\s\S]*?(?:String|Int|Float)) "[\s\S]*"\.$/, '$1'],
];

const INVALID_VALUE = /^Variable "\$(\w+)" got invalid value /;

/** What was thrown first; graphql-js and Apollo put errors of their own around it. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}

/** graphql-js repeats the rejected value, which may be a secret; path and reason are what helps. */
function withoutValue(error: GraphQLError): { message: string; fields?: FieldProblem[] } {
  const variable = INVALID_VALUE.exec(error.message)?.[1];
  if (!variable) return { message: plainReason(error.message) };
  // The reason is taken from the error inside, the path from right before it: the value may look like either.
  const { message: fullReason } = originOf(error) as Error;
  const reason = plainReason(fullReason);
  const upToReason = error.message.slice(0, error.message.length - fullReason.length);
  const path = / at "([\w.[\]]+)"; $/.exec(upToReason)?.[1] ?? variable;
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

/** Faults that graphql-js finds before it executes belong to no field, and nothing but itself has thrown them. */
function isRequestFault(error: GraphQLError): boolean {
  const { code } = error.extensions;
  return typeof code === 'string' ? REQUEST_FAULTS.has(code) : !error.path && originOf(error) instanceof GraphQLError;
}

/**
 * What a caller gets to see of an error: a documented code, never a stack trace, a rejected value or a secret. What
 * is no refusal of ours and no fault of the request is a bug: it is logged under an id, and the caller gets the id.
 */
export function publicError(error: unknown, log: Logger): GraphQLFormattedError {
  const formatted = error instanceof GraphQLError ? error.toJSON() : { message: '' };
  const original = originOf(error);
  if (original instanceof AppError) {
    return { message: original.message, ...place(formatted), extensions: extensionsOf(original) };
  }
  if (error instanceof GraphQLError && isRequestFault(error)) {
    const { message, fields } = withoutValue(error);
    return { message, ...place(formatted), extensions: { code: 'BAD_USER_INPUT', ...(fields && { fields }) } };
  }
  if (isUnstorableText(original)) {
    const message = 'Text must not contain the character NUL';
    return { message, ...place(formatted), extensions: { code: 'BAD_USER_INPUT' } };
  }
  const requestId = randomUUID();
  log.error({ err: original, requestId }, 'an operation failed');
  return {
    message: 'Something went wrong in the panel; its log has more under this request id',
    ...place(formatted),
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}
