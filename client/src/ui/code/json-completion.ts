import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { keyOf, pathTo } from './json-position';
import { emptyValue, knownValues, type Schema, schemasAt } from './json-schema';

/** Proposes the keys and values that a JSON schema knows at the cursor. */
export const completeJson = (schema: Schema) => (context: CompletionContext) => complete(schema, context);

function complete(schema: Schema, context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  const word = context.matchBefore(/"?[\w./-]*$/);
  if (!context.explicit && (!word || word.from === word.to)) return null;
  const document = readable(text);
  const property = propertyAround(node);
  const options =
    property && afterColon(property, context.pos, text)
      ? valueOptions(schemasAt(schema, pathTo(property, text), document))
      : node.name === 'Array' || node.parent?.name === 'Array'
        ? itemOptions(schema, node, text, document)
        : keyOptions(schema, node, text, document);
  if (options.length === 0) return null;
  const insideText = node.name === 'String' || node.name === 'PropertyName';
  const from = insideText ? node.from : (word?.from ?? context.pos);
  const to = insideText ? closedAt(node, text) : context.pos;
  return { from, to, options, validFor: /^"?[\w./-]*$/ };
}

/** The end of a quoted text; one that is still open ends with its word, not with the file. */
function closedAt(node: SyntaxNode, text: string): number {
  const quoted = text.slice(node.from, node.to);
  const word = /^"[^"\n]*"?/.exec(quoted)?.[0] ?? quoted;
  return node.from + word.length;
}

function propertyAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let current: SyntaxNode | null = node; current; current = current.parent) {
    if (current.name === 'Property') return current;
    if (current.name === 'Object' || current.name === 'Array') return undefined;
  }
  return undefined;
}

function afterColon(property: SyntaxNode, position: number, text: string): boolean {
  const name = property.getChild('PropertyName');
  return name !== null && text.slice(name.to, position).includes(':');
}

function keyOptions(schema: Schema, node: SyntaxNode, text: string, document: unknown): Completion[] {
  let object: SyntaxNode | null = node;
  while (object && object.name !== 'Object') object = object.parent;
  if (!object) return [];
  const own = node.name === 'PropertyName' ? node.from : -1;
  const taken = new Set(
    object
      .getChildren('Property')
      .flatMap((property) => property.getChild('PropertyName') ?? [])
      .filter(({ from }) => from !== own)
      .map((name) => keyOf(name, text)),
  );
  const hasValue = node.name === 'PropertyName' && /^\s*:/.test(text.slice(node.to));
  const known = new Map<string, Schema>();
  const required = new Set<string>();
  for (const choice of schemasAt(schema, pathTo(object, text), document)) {
    for (const key of Object.keys(choice.properties ?? {})) {
      const [first] = schemasAt(schema, [...pathTo(object, text), key], document);
      if (first && !taken.has(key)) known.set(key, first);
    }
    for (const key of choice.required ?? []) required.add(key);
  }
  return [...known].map(([key, property]) => ({
    label: `"${key}"`,
    type: 'property',
    detail: typeOf(property),
    ...(property.description && { info: property.description }),
    boost: required.has(key) ? 10 : 0,
    apply: hasValue ? `"${key}"` : insertProperty(key, property),
  }));
}

const insertProperty =
  (key: string, property: Schema): Exclude<Completion['apply'], string> =>
  (view, _completion, from, to) => {
    const { text, cursor } = emptyValue(property);
    const head = `"${key}": `;
    const another = /^\s*"/.test(view.state.sliceDoc(to, to + 200));
    view.dispatch({
      changes: { from, to, insert: head + text + (another ? ',' : '') },
      selection: { anchor: from + head.length + cursor },
      userEvent: 'input.complete',
    });
  };

function itemOptions(schema: Schema, node: SyntaxNode, text: string, document: unknown): Completion[] {
  let array: SyntaxNode | null = node;
  while (array && array.name !== 'Array') array = array.parent;
  return array ? valueOptions(schemasAt(schema, [...pathTo(array, text), '0'], document)) : [];
}

function valueOptions(schemas: readonly Schema[]): Completion[] {
  const options = schemas.flatMap((schema) =>
    knownValues(schema).map((value) => ({
      label: JSON.stringify(value),
      type: typeof value === 'string' ? 'text' : 'constant',
      ...(schema.description && { info: schema.description }),
    })),
  );
  return [...new Map(options.map((option) => [option.label, option])).values()];
}

const typeOf = ({ type, enum: values, const: only }: Schema) =>
  only === undefined && !values ? [type ?? ''].flat().join(' | ') : '';

/** While something is being written the text is no JSON; a missing value or a comma too many is overlooked. */
function readable(text: string): unknown {
  for (const attempt of [
    text,
    text.replaceAll(/,(\s*[}\]])/g, '$1'),
    text.replaceAll(/("[^"\n]*")\s*:\s*(?=[,}\n])/g, '$1: null').replaceAll(/,(\s*[}\]])/g, '$1'),
  ]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next attempt is more forgiving.
    }
  }
  return protocolOf(text);
}

/** The protocol alone decides between the schemas. */
function protocolOf(text: string): unknown {
  const [, protocol] = /"protocol"\s*:\s*"(\w+)"/.exec(text) ?? [];
  return protocol ? { protocol } : undefined;
}
