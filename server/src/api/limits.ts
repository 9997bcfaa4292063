import {
  getNamedType,
  GraphQLError,
  isCompositeType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { AppError } from '../platform/errors.js';

/** The same for HTTP and WebSocket. */
export const LIMITS = {
  /** Tokens of a document; the parser stops there. */
  tokens: 2_000,
  /** Nested fields. The deepest document of the dashboard has 6. */
  depth: 10,
  aliases: 20,
  rootFields: 10,
  /** Fields that may be answered, objects counting 2 and list sizes multiplied; 20,000 take about 30 ms of a core. */
  cost: 20_000,
  /** Sign-ins in one document: more would be guessing. */
  logins: 1,
} as const;

export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

interface Shape {
  depth: number;
  aliases: number;
  logins: number;
}

const tooComplex = (what: string, found: number, limit: number): AppError =>
  new AppError('QUERY_TOO_COMPLEX', `${what}: ${found}, the limit is ${limit}`);

/** Each fragment is measured once: nesting them cannot make the measuring itself expensive. */
function measure(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const known = new Map<string, Shape>();
  const walk = (set: SelectionSetNode): Shape => {
    const shape: Shape = { depth: 0, aliases: 0, logins: 0 };
    const include = (part: Shape, deeper: number): void => {
      shape.depth = Math.max(shape.depth, part.depth + deeper);
      shape.aliases += part.aliases;
      shape.logins += part.logins;
    };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) include(fragmentShape(selection.name.value), 0);
      else if (selection.kind === Kind.INLINE_FRAGMENT) include(walk(selection.selectionSet), 0);
      else if (!selection.name.value.startsWith('__')) {
        if (selection.alias) shape.aliases += 1;
        if (selection.name.value === 'login') shape.logins += 1;
        include(selection.selectionSet ? walk(selection.selectionSet) : { depth: 0, aliases: 0, logins: 0 }, 1);
      }
    }
    return shape;
  };
  const fragmentShape = (name: string): Shape => {
    const fragment = fragments.get(name);
    const shape = known.get(name) ?? (fragment ? walk(fragment.selectionSet) : { depth: 0, aliases: 0, logins: 0 });
    known.set(name, shape);
    return shape;
  };
  return walk(operation.selectionSet);
}

const SIZE_ARGUMENTS = ['first', 'last', 'points'] as const;

const estimate: ComplexityEstimator = ({ field, args, childComplexity }) => {
  if (field.name.startsWith('__')) return 0;
  const size = SIZE_ARGUMENTS.map((name) => args[name] as unknown).find((value) => typeof value === 'number');
  const own = isCompositeType(getNamedType(field.type)) ? 2 : 1;
  return own + childComplexity * Math.max(1, size ?? 1);
};

/** Throws QUERY_TOO_COMPLEX before anything is executed. The document has been validated: fragments do not recur. */
export function assertWithinLimits({ schema, document, operation, variables }: Operation): void {
  const rootFields = operation.selectionSet.selections.length;
  if (rootFields > LIMITS.rootFields) throw tooComplex('Root fields', rootFields, LIMITS.rootFields);
  const shape = measure(document, operation);
  if (shape.depth > LIMITS.depth) throw tooComplex('Depth', shape.depth, LIMITS.depth);
  if (shape.aliases > LIMITS.aliases) throw tooComplex('Aliases', shape.aliases, LIMITS.aliases);
  if (shape.logins > LIMITS.logins) throw tooComplex('Sign-ins', shape.logins, LIMITS.logins);
  const cost = costOf(schema, document, operation, variables);
  if (cost > LIMITS.cost) throw tooComplex('Cost', cost, LIMITS.cost);
}

function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const operationName = operation.name?.value;
  try {
    return getComplexity({
      schema,
      query: document,
      variables,
      estimators: [estimate],
      ...(operationName && { operationName }),
    });
  } catch (error) {
    // Wrong variables are told to the caller by the execution, in its own words.
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
}
