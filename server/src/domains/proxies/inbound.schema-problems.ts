import { z } from 'zod';
import { isObject } from './inbound.json.js';
import type { Findings, Path } from './inbound.problems.js';

/** Keys of Xray that are refused for a reason worth telling. */
const REFUSED_KEYS = new Map<string, string>([
  ['tag', 'is set by the panel; remove it'],
  ['clients', 'users are added by the panel; remove this list'],
  ['users', 'users are added by the panel; remove this list'],
  ['fallbacks', 'is not supported; remove it, or serve the other site on a port of its own'],
  ['publicKey', 'belongs to clients; remove it, the panel derives it from privateKey'],
  ['spiderX', 'belongs to clients; remove it'],
  ['fingerprint', 'belongs to clients; remove it'],
  [
    'allowInsecure',
    'has been removed from Xray; clients are given the fingerprint of a self-signed certificate instead',
  ],
  ['grpcSettings', 'is not supported; use network raw, ws or xhttp'],
  ['kcpSettings', 'is not supported; use network raw, ws or xhttp'],
  ['httpupgradeSettings', 'is not supported; use network raw, ws or xhttp'],
  ['hysteriaSettings', 'is not supported; use network raw, ws or xhttp'],
]);

/** The words of the schema, as a person would say them. */
export function reportIssue(issue: z.core.$ZodIssue, schema: z.ZodType, document: unknown, findings: Findings): void {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    for (const key of issue.keys) findings.problem([...issue.path, key], unknownKey(key, known));
    return;
  }
  const message = messageOf(issue, valueAt(document, issue.path));
  const [first] = issue.path;
  if (first === 'port' || first === 'protocol') findings.problemBeside(first, message);
  else findings.problem(issue.path, message);
}

/** A copy without the values that the schema has refused: what is left may be missing, but is of the right type. */
export function prune(document: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) remove(copy, [...issue.path, key]);
    else remove(copy, issue.path);
  }
  return copy;
}

function remove(document: unknown, path: Path): void {
  const key = String(path.at(-1));
  const parent = valueAt(document, path.slice(0, -1));
  if (Array.isArray(parent))
    parent[Number(key)] = undefined; // the others keep their index, and so their path
  else if (isObject(parent)) delete parent[key];
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${orList(issue.values.map((allowed) => (allowed === '' ? 'empty' : String(allowed))))}`;
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty';
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must ${amount(issue.origin, `at most ${issue.maximum}`)}`;
    case 'invalid_format':
      return issue.format === 'starts_with' ? 'must begin with /' : 'must be a number or a range such as 100-1000';
    case 'invalid_union':
      return 'must be a whole number or a range such as "100-1000"';
    default:
      return 'is not valid here';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
};

function amount(origin: string, limit: string): string {
  if (origin === 'string') return `have ${limit} characters`;
  if (origin === 'array') return `have ${limit} entries`;
  return `be ${limit}`;
}

function orList(words: string[]): string {
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${last}` : last;
}

function unknownKey(key: string, known: readonly string[]): string {
  const reason = REFUSED_KEYS.get(key);
  if (reason) return reason;
  if (known.length === 0) return 'is not known here; remove it';
  const meant = known.find((name) => isAlmost(key, name));
  return meant ? `is not known here; did you mean ${meant}?` : `is not known here; known are ${known.join(', ')}`;
}

/** The keys of the object that stands at the path. */
function knownKeys(schema: z.ZodType, path: Path): string[] {
  let current: unknown = unwrap(schema);
  for (const key of path) {
    if (current instanceof z.ZodObject) current = unwrap(current.shape[String(key)]);
    else if (current instanceof z.ZodArray) current = unwrap(current.element);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

const unwrap = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;

const valueAt = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    document,
  );

/** Equal but for case, one letter too many, too few or wrong, or two that have changed places. */
function isAlmost(key: string, name: string): boolean {
  const [a, b] = [key.toLowerCase(), name.toLowerCase()];
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwapped = restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
  return isSwapped || Math.max(restA.length, restB.length) <= 1;
}
