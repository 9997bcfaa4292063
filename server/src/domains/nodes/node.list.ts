import type { DataSource } from 'typeorm';
import {
  decodeCursor,
  onUnreadableCursor,
  pageSize,
  toConnection,
  type Connection,
} from '../../platform/graphql/paging.js';
import { searchPattern } from '../../platform/postgres/like.js';
import type { Node } from './node.entity.js';
import { NodeOrderField, OrderDirection } from './node.enums.js';
import type { NodeFilter, NodeOrder } from './node.inputs.js';
import { isUuid } from './node-id.js';
import { IS_PROBLEM, nodesOfPage, STATUS, toNode, type NodeRow } from './node.rows.js';

interface SortKey {
  /** Over nodes n and node_status s. */
  expression: string;
  /** Type that a cursor's value is cast to. */
  type: 'text' | 'double precision' | 'timestamptz' | 'integer';
  nullable: boolean;
  /** How a cursor writes the value, where a driver's type would lose some of it. */
  written?: string;
}

const PROBLEM_RANK = `CASE ${STATUS} WHEN 'OFFLINE' THEN 0 WHEN 'DEGRADED' THEN 1 WHEN 'PENDING' THEN 2 WHEN 'ONLINE' THEN 3 ELSE 4 END`;
const HEALTH_RANK = `array_position(ARRAY['UNHEALTHY','DETACHED','SUSPECT','RECOVERING','UNKNOWN','HEALTHY'], s.health)`;

const real = (expression: string): SortKey => ({ expression, type: 'double precision', nullable: true });

const SORT_KEYS: Record<NodeOrderField, SortKey> = {
  [NodeOrderField.NAME]: { expression: 'n.name', type: 'text', nullable: false },
  [NodeOrderField.CREATED_AT]: {
    expression: 'n.created_at',
    type: 'timestamptz',
    nullable: false,
    written: 'n.created_at::text',
  },
  [NodeOrderField.STATUS]: { expression: PROBLEM_RANK, type: 'integer', nullable: false },
  [NodeOrderField.HEALTH]: { expression: HEALTH_RANK, type: 'integer', nullable: false },
  [NodeOrderField.LOAD]: real('s.load::float8'),
  [NodeOrderField.CPU]: real('s.cpu::float8'),
  [NodeOrderField.MEMORY]: real('s.memory::float8'),
  [NodeOrderField.CONNECTIONS]: real('s.connections::float8'),
  [NodeOrderField.THROUGHPUT]: real('(s.uplink_rate + s.downlink_rate)'),
  [NodeOrderField.LATENCY]: real('s.latency_ms::float8'),
};

/** Numbered parameters of a statement that is put together from parts. */
class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const FROM = 'FROM nodes n JOIN node_status s ON s.node_id = n.id LEFT JOIN node_sync y ON y.node_id = n.id';

const tagMatches = (pattern: string): string =>
  `EXISTS (SELECT FROM jsonb_to_recordset(n.tags) tag (key text, value text) WHERE tag.key || '=' || tag.value ILIKE ${pattern})`;

function conditions(filter: NodeFilter | null | undefined, parameters: Parameters): string[] {
  const clauses: string[] = [];
  if (!filter) return clauses;
  const search = searchPattern(filter.search, 'filter.search');
  if (search) {
    const pattern = parameters.add(search);
    clauses.push(`(n.name ILIKE ${pattern} OR n.address ILIKE ${pattern} OR ${tagMatches(pattern)})`);
  }
  if (filter.mode) clauses.push(`n.mode = ANY(${parameters.add(filter.mode)})`);
  if (filter.health) clauses.push(`s.health = ANY(${parameters.add(filter.health)})`);
  if (filter.status) clauses.push(`(${STATUS}) = ANY(${parameters.add(filter.status)})`);
  if (filter.groupIds) {
    const ids = parameters.add(filter.groupIds.filter(isUuid));
    clauses.push(`n.id IN (SELECT m.node_id FROM group_nodes m WHERE m.group_id = ANY(${ids}))`);
  }
  for (const { key, value } of filter.tags ?? []) {
    clauses.push(`n.tags @> ${parameters.add(JSON.stringify([{ key, value }]))}::jsonb`);
  }
  if (filter.hasIssues === true) clauses.push(IS_PROBLEM);
  if (filter.hasIssues === false) clauses.push(`NOT coalesce(${IS_PROBLEM}, false)`);
  return clauses;
}

/** Keyset condition: rows behind the cursor. Nodes without a value come last in both directions. */
function behind(cursor: string, { expression, type, nullable }: SortKey, descending: boolean, p: Parameters): string {
  const [value, id] = decodeCursor(cursor);
  const idParameter = `${p.add(id)}::uuid`;
  if (value === null) return `(${expression} IS NULL AND n.id > ${idParameter})`;
  const valueParameter = `${p.add(value)}::${type}`;
  const further = descending ? '<' : '>';
  // The first condition follows from the second; it is what lets an index begin behind the cursor.
  const rest = `(${expression} ${further}= ${valueParameter} AND
    (${expression} ${further} ${valueParameter} OR n.id > ${idParameter}))`;
  return nullable ? `(${rest} OR ${expression} IS NULL)` : rest;
}

const where = (clauses: string[]): string => (clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '');

export interface NodeListArgs {
  first: number;
  after?: string | null | undefined;
  filter?: NodeFilter | null | undefined;
  orderBy?: NodeOrder | null | undefined;
}

/** A page of nodes by keyset: as fast at the end of 10,000 as at the beginning, and stable while nodes come and go. */
export async function listNodes(db: DataSource, args: NodeListArgs): Promise<Connection<Node>> {
  const first = pageSize(args.first);
  const key = SORT_KEYS[args.orderBy?.field ?? NodeOrderField.NAME];
  const descending = args.orderBy?.direction === OrderDirection.DESC;
  const parameters = new Parameters();
  const clauses = conditions(args.filter, parameters);
  if (args.after) clauses.push(behind(args.after, key, descending, parameters));
  const direction = `${descending ? 'DESC' : 'ASC'}${key.nullable ? ' NULLS LAST' : ''}`;
  const page = `SELECT n.id, ${key.expression} AS sort_key, ${key.written ?? key.expression} AS sort_value
    ${FROM} ${where(clauses)} ORDER BY ${key.expression} ${direction}, n.id LIMIT ${first + 1}`;
  const rows = await db.query<NodeRow[]>(nodesOfPage(page, direction), parameters.values).catch(onUnreadableCursor);
  const entries = rows.map((row) => ({ node: toNode(row), row }));
  const connection = toConnection(
    entries,
    first,
    args.after,
    ({ row }) => [row.sort_value, row.id],
    () => countNodes(db, args.filter),
  );
  return {
    ...connection,
    edges: connection.edges.map(({ cursor, node: { node } }) => ({ cursor, node })),
    nodes: connection.nodes.map(({ node }) => node),
  };
}

async function countNodes(db: DataSource, filter: NodeFilter | null | undefined): Promise<number> {
  const parameters = new Parameters();
  const clauses = conditions(filter, parameters);
  const from = clauses.length > 0 ? FROM : 'FROM nodes';
  const sql = `SELECT count(*)::int AS count ${from} ${where(clauses)}`;
  const [row] = await db.query<{ count: number }[]>(sql, parameters.values);
  return row?.count ?? 0;
}
