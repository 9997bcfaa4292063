import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { assertWithinLimits } from './limits.js';

const schema = buildSchema(
  'type Query { nodes(first: Int): [Node!]! } type Node { name: String nodes(first: Int): [Node!]! }',
);

/** The same document object each time, as the caches of parsed documents hand it out. */
function operationOf(text: string): (variables?: Record<string, unknown>) => void {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return (variables = {}) => assertWithinLimits({ schema, document, operation, variables });
}

const TOO_COMPLEX = expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' });

describe('a document that was found within the limits once is measured again', () => {
  test('when a variable is the size of a list', () => {
    const send = operationOf('query ($n: Int) { nodes(first: $n) { nodes(first: 100) { name } } }');
    send({ n: 1 });
    expect(() => send({ n: 100_000 })).toThrow(TOO_COMPLEX);
    send({ n: 1 });
  });

  test.each([
    ['skip', true],
    ['include', false],
  ])('when a variable leaves fields out by @%s', (directive, leftOut) => {
    const send = operationOf(
      `query ($v: Boolean!) { nodes(first: 100) { name nodes(first: 1000) @${directive}(if: $v) { name } } }`,
    );
    send({ v: leftOut });
    expect(() => send({ v: !leftOut })).toThrow(TOO_COMPLEX);
  });

  test('when its variables were wrong the first time, so that it could not be measured', () => {
    const send = operationOf(
      'query ($v: Boolean!) { a: nodes(first: 100) { nodes(first: 1000) { name } } b: __typename }',
    );
    expect(() => send({ v: 'not a boolean' })).not.toThrow();
    expect(() => send({ v: true })).toThrow(TOO_COMPLEX);
  });
});
