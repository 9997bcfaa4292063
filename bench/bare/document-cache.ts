import { parse, validate, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';

/** What every server of agents needs to be fast: a text is parsed and validated once, not at each message. */
export class DocumentCache {
  private readonly known = new Map<string, DocumentNode>();

  constructor(private readonly schema: GraphQLSchema) {}

  read(text: string): DocumentNode | readonly GraphQLError[] {
    const found = this.known.get(text);
    if (found) return found;
    const document = parse(text);
    const errors = validate(this.schema, document);
    if (errors.length > 0) return errors;
    this.known.set(text, document);
    return document;
  }
}
