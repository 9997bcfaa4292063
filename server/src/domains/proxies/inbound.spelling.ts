import { isObject, type JsonObject } from './inbound.json.js';

/**
 * Xray has renamed keys and values and still reads the old ones, and so do the guides from which inbounds are copied. What
 * is stored has one spelling only. Where both are given nothing is renamed: the old key is then reported as unknown.
 */

type Path = readonly string[];

const STREAM: Path = ['streamSettings'];
const OLD_KEYS: readonly { at: Path; old: string; present: string }[] = [
  { at: STREAM, old: 'method', present: 'network' }, // the newest name, which Xray before 26.7.11 does not read
  { at: STREAM, old: 'tcpSettings', present: 'rawSettings' },
  { at: STREAM, old: 'splithttpSettings', present: 'xhttpSettings' },
  { at: [...STREAM, 'realitySettings'], old: 'dest', present: 'target' },
];
const OLD_NETWORKS = new Map<unknown, string>([
  ['tcp', 'raw'],
  ['websocket', 'ws'],
  ['splithttp', 'xhttp'],
]);

/** A copy in the present spelling; whatever is not an object is answered as it is. */
export function modernise(inbound: unknown): unknown {
  if (!isObject(inbound)) return inbound;
  let result = inbound;
  for (const { at, old, present } of OLD_KEYS) result = changeAt(result, at, (object) => rename(object, old, present));
  result = changeAt(result, STREAM, (stream) => {
    const network = OLD_NETWORKS.get(stream['network']);
    return network === undefined ? stream : { ...stream, network };
  });
  return changeAt(result, [...STREAM, 'tlsSettings'], (tls) => {
    const { certificates } = tls;
    return Array.isArray(certificates) ? { ...tls, certificates: certificates.map(onePemLineEach) } : tls;
  });
}

/** The path as it is called in the original: who wrote `dest` is told about `dest`. */
export function originalPath(inbound: unknown, path: readonly PropertyKey[]): PropertyKey[] {
  const result = [...path];
  for (const { at, old, present } of OLD_KEYS) {
    if (path[at.length] !== present || at.some((segment, index) => path[index] !== segment)) continue;
    const parent = at.reduce<unknown>((value, segment) => (isObject(value) ? value[segment] : undefined), inbound);
    if (isObject(parent) && Object.hasOwn(parent, old) && !Object.hasOwn(parent, present)) result[at.length] = old;
  }
  return result;
}

function changeAt(object: JsonObject, [key, ...rest]: Path, change: (object: JsonObject) => JsonObject): JsonObject {
  if (key === undefined) return change(object);
  const child = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(child) ? { ...object, [key]: changeAt(child, rest, change) } : object;
}

function rename(object: JsonObject, old: string, present: string): JsonObject {
  if (!Object.hasOwn(object, old) || Object.hasOwn(object, present)) return object;
  const { [old]: value, ...others } = object;
  return { ...others, [present]: value };
}

/** A PEM text is often pasted as one element with line breaks in it; the lines are what is compared and shown. */
function onePemLineEach(certificate: unknown): unknown {
  if (!isObject(certificate)) return certificate;
  const result = { ...certificate };
  for (const key of ['certificate', 'key']) {
    const lines = Object.hasOwn(result, key) ? result[key] : undefined;
    if (Array.isArray(lines) && lines.every((line) => typeof line === 'string'))
      result[key] = pemLines(lines.join('\n'));
  }
  return result;
}

/** The lines of a text, without white space around them and without empty ones. */
export const pemLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
