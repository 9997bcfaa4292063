/** As much of JSON Schema as a completion needs. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  definitions?: Record<string, Schema>;
}

/** What may stand at the path of a document: one schema, or several while the document does not decide which. */
export function schemasAt(root: Schema, path: readonly string[], document: unknown): Schema[] {
  let value = document;
  let schemas = alternatives(root, root, value);
  for (const key of path) {
    value = childOf(value, key);
    schemas = schemas
      .flatMap((schema) => schema.properties?.[key] ?? (/^\d+$/.test(key) ? (schema.items ?? []) : []))
      .flatMap((schema) => alternatives(root, schema, value));
  }
  return schemas;
}

/** The schema with its references followed, as the choices that the value still allows. */
function alternatives(root: Schema, schema: Schema, value: unknown): Schema[] {
  if (schema.$ref) return alternatives(root, { ...resolve(root, schema.$ref), ...without(schema, '$ref') }, value);
  if (schema.allOf) {
    const parts = schema.allOf.flatMap((part) => alternatives(root, part, value));
    return [Object.assign({}, ...parts, without(schema, 'allOf')) as Schema];
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (!choices) return [schema];
  const all = choices.flatMap((choice) => alternatives(root, choice, value));
  const possible = all.filter((choice) => agrees(root, choice, value));
  return possible.length > 0 ? possible : all;
}

/** Whether no constant of the choice, such as its `protocol`, contradicts the value. */
function agrees(root: Schema, choice: Schema, value: unknown): boolean {
  return Object.entries(choice.properties ?? {}).every(([key, property]) => {
    const { const: wanted } = property.$ref ? resolve(root, property.$ref) : property;
    const given = childOf(value, key);
    return wanted === undefined || given === undefined || given === wanted;
  });
}

function resolve(root: Schema, reference: string): Schema {
  return root.definitions?.[reference.replace('#/definitions/', '')] ?? {};
}

function without(schema: Schema, key: keyof Schema): Schema {
  const { [key]: _dropped, ...rest } = schema;
  return rest;
}

const childOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** The values that a schema names one by one. */
export function knownValues({ const: only, enum: values, type, default: preset }: Schema): unknown[] {
  if (only !== undefined) return [only];
  if (values) return values;
  if (type === 'boolean') return [true, false];
  return preset === undefined ? [] : [preset];
}

/** What to write for a new property, and where in it the cursor goes on. */
export function emptyValue(schema: Schema): { text: string; cursor: number } {
  const [known] = knownValues(schema);
  if (known !== undefined) {
    const text = JSON.stringify(known);
    return { text, cursor: text.length };
  }
  switch (schema.type) {
    case 'object':
      return { text: '{}', cursor: 1 };
    case 'array':
      return { text: '[]', cursor: 1 };
    case 'string':
      return { text: '""', cursor: 1 };
    default:
      return { text: '', cursor: 0 };
  }
}
