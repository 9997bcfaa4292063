import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** A zone may lead out of the years that RFC 3339 writes and PostgreSQL reads. */
const isWritable = (date: Date): boolean => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9_999;

function parseDateTime(value: unknown): Date {
  const date = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : undefined;
  if (!date || !isWritable(date)) {
    throw new GraphQLError('must be a time such as 2026-01-31T23:59:59.000Z');
  }
  return date;
}

/** Times as RFC 3339 in UTC with milliseconds. Rejected values are not repeated in the error. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in UTC, RFC 3339 with milliseconds: 2026-01-31T23:59:59.000Z.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc3339',
  serialize: (value) => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString()),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

const WHOLE_NUMBER = /^-?\d{1,19}$/;
const LARGEST = 2n ** 63n - 1n;

function parseBigInt(value: unknown): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && WHOLE_NUMBER.test(text)) {
    const parsed = BigInt(text);
    if (parsed <= LARGEST && parsed >= -LARGEST) return parsed;
  }
  throw new GraphQLError('must be a whole number of at most 63 bits, as a decimal string such as "1073741824"');
}

/** Byte counts outgrow the 53 bits of a JSON number: they travel as decimal strings. */
export const BigIntValue = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'A whole number of up to 63 bits, written as a decimal string: "1073741824".',
  serialize: (value) => String(value),
  parseValue: parseBigInt,
  parseLiteral: (node) => parseBigInt(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
});

/** Any JSON value, as it is. */
export const JsonValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc8259',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
