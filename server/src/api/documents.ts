import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LIMITS } from './limits.js';

const MOST_DOCUMENTS = 1_000;

export interface ParsedDocument {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/** Parsed and validated documents by their text: a report of an agent costs a third of what it did without. */
export class DocumentCache {
  private readonly known = new Map<string, ParsedDocument>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Throws a GraphQLError, or answers the errors of the validation. */
  read(text: string, operationName: string | null | undefined): ParsedDocument | readonly GraphQLError[] {
    const key = `${operationName ?? ''}\n${text}`;
    const found = this.known.get(key);
    if (found) return found;
    const document = parse(text, { maxTokens: LIMITS.tokens });
    const errors = validate(this.schema, document, undefined, { maxErrors: 5 });
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, operationName);
    if (!operation) return [new GraphQLError('Name the operation: the document does not hold exactly one')];
    const parsed = { document, operation };
    if (this.known.size >= MOST_DOCUMENTS) this.known.delete(this.known.keys().next().value ?? '');
    this.known.set(key, parsed);
    return parsed;
  }
}
