import { Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { badInput, isUnstorableText, type AppError } from '../errors.js';

export const LARGEST_PAGE = 100;

@ObjectType({ description: 'Where a page of a list begins and ends.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows after this page.' }) hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether this page was asked for by a cursor, so that something is before it.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first entry; null when the page is empty.' })
  startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'Hand it back as `after` for the next page.' })
  endCursor!: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  /** Counted only when it is asked for. */
  totalCount: number | (() => Promise<number>);
}

/** The two GraphQL types of one list, `<Name>Connection` and `<Name>Edge`. */
export function connectionType<T extends object>(name: string, itemType: () => ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: 'An entry of a list with its cursor.', simpleResolvers: true })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Hand it back as `after` to go on behind this entry.' }) cursor!: string;
    @Field(itemType, { description: 'The entry itself.' }) node!: T;
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list, read by cursor.', simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The entries of this page with their cursors.' }) edges!: Edge<T>[];
    @Field(() => [itemType()], { description: 'The entries alone.' }) nodes!: T[];
    @Field(() => PageInfo, { description: 'Where the page begins and ends.' }) pageInfo!: PageInfo;
    @Field(() => Int, { description: 'Entries in the whole list, as filtered.' }) totalCount!: number;
  }
  return ConnectionType;
}

/** The position of an entry in its order: the value it is sorted by, then its id. */
export type CursorKey = [value: string | number | boolean | null, id: string];

export const encodeCursor = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

const notACursor = (): AppError => badInput([{ path: 'after', message: 'is not a cursor of this list' }]);

export function decodeCursor(cursor: string): CursorKey {
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as CursorKey;
    if (Array.isArray(key) && key.length === 2 && typeof key[1] === 'string') return key;
  } catch {
    // falls through to the same refusal
  }
  throw notACursor();
}

/** PostgreSQL's class 22 is of values that it cannot read as their type; in a list only a cursor brings such. */
export function onUnreadableCursor(error: unknown): never {
  const { code } = error as { code?: string };
  throw code?.startsWith('22') && !isUnstorableText(error) ? notACursor() : error;
}

/** A number of entries to answer, 1 to 100 unless said otherwise. */
export function pageSize(first: number, largest = LARGEST_PAGE): number {
  if (first < 1 || first > largest) throw badInput([{ path: 'first', message: `must be 1 to ${largest}` }]);
  return first;
}

/** `rows` holds one more than `first` when there is a next page. */
export function toConnection<T>(
  rows: T[],
  first: number,
  after: string | null | undefined,
  keyOf: (row: T) => CursorKey,
  totalCount: () => Promise<number>,
): Connection<T> {
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: encodeCursor(keyOf(node)) }));
  const pageInfo = {
    hasNextPage: rows.length > first,
    hasPreviousPage: Boolean(after),
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo, totalCount };
}
