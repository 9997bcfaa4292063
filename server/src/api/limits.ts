import {
  getNamedType,
  getVariableValues,
  GraphQLError,
  isCompositeType,
  Kind,
  visit,
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
  /** As if every fragment were written out. */
  fields: number;
  depth: number;
  aliases: number;
  logins: number;
}

const tooComplex = (what: string, found: number, limit: number): AppError =>
  new AppError('QUERY_TOO_COMPLEX', `${what}: ${found}, the limit is ${limit}`);

const EMPTY: Shape = { fields: 0, depth: 0, aliases: 0, logins: 0 };
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * graphql-js itself bounds the depth of introspection, and it costs nothing here; but aliases within it multiply and
 * no tool needs them.
 */
const introspectionShape = (shape: Shape): Shape => ({
  ...shape,
  depth: 0,
  aliases: shape.aliases * (LIMITS.aliases + 1),
});

/** Each fragment is measured once: nesting them cannot make the measuring itself expensive. */
function measure(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const known = new Map<string, Shape>();
  const walk = (set: SelectionSetNode): Shape => {
    const shape: Shape = { ...EMPTY };
    const include = (part: Shape, deeper: number): void => {
      shape.fields += part.fields;
      shape.depth = Math.max(shape.depth, part.depth + deeper);
      shape.aliases += part.aliases;
      shape.logins += part.logins;
    };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) include(fragmentShape(selection.name.value), 0);
      else if (selection.kind === Kind.INLINE_FRAGMENT) include(walk(selection.selectionSet), 0);
      else {
        const { name, alias, selectionSet } = selection;
        const part = selectionSet ? walk(selectionSet) : EMPTY;
        shape.fields += 1;
        if (alias) shape.aliases += 1;
        if (name.value === 'login') shape.logins += 1;
        if (INTROSPECTION.has(name.value)) include(introspectionShape(part), 0);
        else include(part, 1);
      }
    }
    return shape;
  };
  const fragmentShape = (name: string): Shape => {
    const fragment = fragments.get(name);
    const shape = known.get(name) ?? (fragment ? walk(fragment.selectionSet) : EMPTY);
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

/** Operations that are within the limits whatever their variables: a report of an agent is measured once, not each time. */
const alwaysWithin = new WeakSet<OperationDefinitionNode>();

/** Whether the cost depends on the variables: a list size that is one, or a field that one leaves out. */
function costVaries(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: () => {
      found = true;
    },
    Argument: ({ name, value }) => {
      if (value.kind === Kind.VARIABLE && (SIZE_ARGUMENTS as readonly string[]).includes(name.value)) found = true;
    },
  });
  return found;
}

/** Throws QUERY_TOO_COMPLEX before anything is executed. The document has been validated: fragments do not recur. */
export function assertWithinLimits({ schema, document, operation, variables }: Operation): void {
  if (alwaysWithin.has(operation)) return;
  const rootFields = operation.selectionSet.selections.length;
  if (rootFields > LIMITS.rootFields) throw tooComplex('Root fields', rootFields, LIMITS.rootFields);
  const shape = measure(document, operation);
  if (shape.depth > LIMITS.depth) throw tooComplex('Depth', shape.depth, LIMITS.depth);
  if (shape.aliases > LIMITS.aliases) throw tooComplex('Aliases', shape.aliases, LIMITS.aliases);
  if (shape.logins > LIMITS.logins) throw tooComplex('Sign-ins', shape.logins, LIMITS.logins);
  if (shape.fields > LIMITS.cost) throw tooComplex('Fields', shape.fields, LIMITS.cost);
  const cost = costOf(schema, document, operation, variables);
  if (cost === undefined) return;
  if (cost > LIMITS.cost) throw tooComplex('Cost', cost, LIMITS.cost);
  if (!costVaries(document)) alwaysWithin.add(operation);
}

function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number | undefined {
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
    if (!(error instanceof GraphQLError)) throw error;
    // Wrong variables are told to the caller by the execution, in its own words; nothing else goes uncounted.
    if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return undefined;
    throw new AppError('BAD_USER_INPUT', 'An argument is not of its type', { cause: error });
  }
}
