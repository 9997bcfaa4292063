import { jsonLanguage } from '@codemirror/lang-json';
import type { SyntaxNode, Tree } from '@lezer/common';

export interface Range {
  from: number;
  to: number;
  /** False when nothing stands at the path: the range is then the nearest object around it. */
  exact: boolean;
}

/**
 * Where a path such as `streamSettings.realitySettings.serverNames.0` stands in the text. A text, a number or a word is
 * marked itself; of an object or a list its key is, which is shorter.
 */
export function positionOf(text: string, path: string, tree: Tree = jsonLanguage.parser.parse(text)): Range {
  const root = tree.topNode.firstChild;
  if (!root) return { from: 0, to: text.length, exact: path === '' };
  let value = root;
  let mark: { from: number; to: number } = opening(root);
  let rest = path === '' ? [] : path.split('.');
  while (rest.length > 0) {
    const found = childOf(value, rest, text);
    if (!found) return { from: mark.from, to: mark.to, exact: false };
    value = found.value;
    mark = isContainer(value) ? (found.name ?? opening(value)) : value;
    rest = rest.slice(found.taken);
  }
  return { from: mark.from, to: mark.to, exact: true };
}

interface Child {
  value: SyntaxNode;
  name?: SyntaxNode;
  /** Parts of the path that its key has used up: a key may have dots in it. */
  taken: number;
}

function childOf(parent: SyntaxNode, path: readonly string[], text: string): Child | undefined {
  if (parent.name === 'Array') {
    const value = /^\d+$/.test(path[0] ?? '') ? valuesIn(parent)[Number(path[0])] : undefined;
    return value && { value, taken: 1 };
  }
  const properties = parent.getChildren('Property').map((property) => ({
    name: property.firstChild,
    value: property.lastChild,
  }));
  for (let taken = path.length; taken > 0; taken -= 1) {
    const key = path.slice(0, taken).join('.');
    for (const { name, value } of properties) {
      if (name?.name !== 'PropertyName' || keyOf(name, text) !== key) continue;
      return { value: value && !value.type.isError ? value : name, name, taken };
    }
  }
  return undefined;
}

/** The path of keys and indexes that leads to a node. */
export function pathTo(node: SyntaxNode, text: string): string[] {
  const path: string[] = [];
  for (let current: SyntaxNode | null = node; current; current = current.parent) {
    const { parent } = current;
    if (current.name === 'Property') {
      const name = current.getChild('PropertyName');
      if (name) path.unshift(keyOf(name, text));
    } else if (parent?.name === 'Array') {
      path.unshift(String(valuesIn(parent).findIndex(({ from }) => from === current.from)));
    }
  }
  return path;
}

export function keyOf(name: SyntaxNode, text: string): string {
  const quoted = text.slice(name.from, name.to);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.replaceAll('"', '');
  }
}

const BRACKETS = new Set(['[', ']', '{', '}', ',', ':', '⚠']);

function valuesIn(array: SyntaxNode): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  for (let child = array.firstChild; child; child = child.nextSibling) {
    if (!BRACKETS.has(child.name)) values.push(child);
  }
  return values;
}

const isContainer = ({ name }: SyntaxNode) => name === 'Object' || name === 'Array';
const opening = (node: SyntaxNode) => (isContainer(node) ? { from: node.from, to: node.from + 1 } : node);
