import DataLoader from 'dataloader';
import type { DataSource, EntityManager } from 'typeorm';
import { groupBy } from '../../platform/group-by.js';
import { AppError, badInput, notFound, violatedConstraint, type FieldProblem } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import {
  decodeCursor,
  onUnreadableCursor,
  pageSize,
  toConnection,
  type Connection,
} from '../../platform/graphql/paging.js';
import { searchPattern } from '../../platform/postgres/like.js';
import { isUuid } from '../nodes/index.js';
import type { ConfigChanges } from '../sync/index.js';
import type { CreateNodeGroupInput, GroupStats, NodeGroup, UpdateNodeGroupInput } from './group.types.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}[\p{L}\p{N}]$|^[\p{L}\p{N}]$/u;
const LONGEST_DESCRIPTION = 500;
const LONGEST_REGION = 64;
const MOST_NODES = 10_000;

/** What the proxies' domain asks before nodes and groups are put together in another way. */
export interface PlacementCheck {
  /** Throws CONFLICT when two proxies would meet on one port of a node. */
  assertPortsFree(manager: EntityManager): Promise<void>;
}

const COLUMNS = 'g.id, g.name, g.description, g.region, g.created_at AS "createdAt", g.updated_at AS "updatedAt"';

/** Groups and which nodes are in them. */
export class GroupService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly changes: ConfigChanges,
    private readonly placement: PlacementCheck,
  ) {}

  async find(id: string): Promise<NodeGroup | null> {
    if (!isUuid(id)) return null;
    const [group] = await this.db.query<NodeGroup[]>(`SELECT ${COLUMNS} FROM node_groups g WHERE g.id = $1`, [id]);
    return group ?? null;
  }

  async list(
    first: number,
    after: string | null | undefined,
    search: string | null | undefined,
  ): Promise<Connection<NodeGroup>> {
    const size = pageSize(first);
    const [name, id] = after ? decodeCursor(after) : [null, null];
    const pattern = searchPattern(search, 'search');
    const matches = `($1::text IS NULL OR g.name ILIKE $1 OR g.description ILIKE $1 OR g.region ILIKE $1)`;
    const rows = await this.db
      .query<NodeGroup[]>(
        `SELECT ${COLUMNS} FROM node_groups g WHERE ${matches} AND ($2::text IS NULL OR (g.name, g.id) > ($2, $3::uuid))
         ORDER BY g.name, g.id LIMIT $4`,
        [pattern, name, id, size + 1],
      )
      .catch(onUnreadableCursor);
    return toConnection(
      rows,
      size,
      after,
      (group) => [group.name, group.id],
      async () => {
        const [row] = await this.db.query<{ count: number }[]>(
          `SELECT count(*)::int AS count FROM node_groups g WHERE ${matches}`,
          [pattern],
        );
        return row?.count ?? 0;
      },
    );
  }

  async create(input: CreateNodeGroupInput): Promise<NodeGroup> {
    validate(input);
    const id = await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const [row] = await manager
        .query<{ id: string }[]>(
          'INSERT INTO node_groups (name, description, region) VALUES ($1, $2, $3) RETURNING id',
          [input.name, input.description ?? '', input.region ?? null],
        )
        .catch(onDuplicate);
      await this.setNodes(manager, version, row!.id, input.nodeIds ?? []);
      return row!.id;
    });
    this.changed(input.nodeIds ?? []);
    return this.get(id);
  }

  async update(input: UpdateNodeGroupInput): Promise<NodeGroup> {
    if (input.name === null) throw badInput([{ path: 'name', message: 'cannot be cleared' }]);
    validate(input);
    await this.get(input.id);
    const concerned = await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const before = await nodesOf(manager, input.id);
      const [, updated] = await manager
        .query<[unknown[], number]>(
          `UPDATE node_groups SET name = coalesce($2, name), description = CASE WHEN $3 THEN $4 ELSE description END,
             region = CASE WHEN $5 THEN $6 ELSE region END, updated_at = now() WHERE id = $1`,
          [
            input.id,
            input.name ?? null,
            input.description !== undefined,
            input.description ?? '',
            input.region !== undefined,
            input.region ?? null,
          ],
        )
        .catch(onDuplicate);
      if (updated === 0) throw notFound('The group');
      if (input.nodeIds !== undefined) await this.setNodes(manager, version, input.id, input.nodeIds ?? []);
      return new Set([...before, ...(input.nodeIds ?? [])]);
    });
    this.changed([...concerned]);
    return this.get(input.id);
  }

  /** Neither its nodes nor its users are deleted. Proxies that had no other target are served nowhere from then on. */
  async delete(id: string): Promise<number> {
    await this.get(id);
    const unassigned = await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const nodeIds = await nodesOf(manager, id);
      await this.changes.mark(manager, version, 'structure', { groupIds: [id] });
      await manager.query('DELETE FROM node_groups WHERE id = $1', [id]);
      return nodeIds;
    });
    this.changed(unassigned);
    return unassigned.length;
  }

  /** For the form of a node: the groups that it shall be in, within the caller's transaction. */
  async setGroupsOfNode(manager: EntityManager, nodeId: string, groupIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(groupIds)];
    const version = await this.changes.begin(manager);
    await assertExist(manager, 'node_groups', wanted, 'groupIds');
    await manager.query('DELETE FROM group_nodes WHERE node_id = $1 AND group_id <> ALL($2)', [nodeId, wanted]);
    await manager.query(
      'INSERT INTO group_nodes (group_id, node_id) SELECT g, $1 FROM unnest($2::uuid[]) g ON CONFLICT DO NOTHING',
      [nodeId, wanted],
    );
    await this.placement.assertPortsFree(manager);
    await this.changes.mark(manager, version, 'structure', { nodeIds: [nodeId] });
  }

  private async get(id: string): Promise<NodeGroup> {
    const group = await this.find(id);
    if (!group) throw notFound('The group');
    return group;
  }

  private async setNodes(
    manager: EntityManager,
    version: string,
    groupId: string,
    nodeIds: readonly string[],
  ): Promise<void> {
    const wanted = [...new Set(nodeIds)];
    await assertExist(manager, 'nodes', wanted, 'nodeIds');
    const present = await nodesOf(manager, groupId);
    await manager.query('DELETE FROM group_nodes WHERE group_id = $1 AND node_id <> ALL($2)', [groupId, wanted]);
    await manager.query(
      'INSERT INTO group_nodes (group_id, node_id) SELECT $1, n FROM unnest($2::uuid[]) n ON CONFLICT DO NOTHING',
      [groupId, wanted],
    );
    await this.placement.assertPortsFree(manager);
    // Those that leave and those that come in one go: a second mark would lock rows out of their order.
    await this.changes.mark(manager, version, 'structure', { nodeIds: [...present, ...wanted] });
  }

  private changed(nodeIds: readonly string[]): void {
    for (const nodeId of nodeIds) this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    this.changes.announce();
  }
}

function validate({ name, description, region, nodeIds }: CreateNodeGroupInput | UpdateNodeGroupInput): void {
  const problems: FieldProblem[] = [];
  if (name != null && !NAME.test(name)) {
    const message = 'must be 1 to 64 letters, digits, spaces and . _ -, beginning and ending with a letter or digit';
    problems.push({ path: 'name', message });
  }
  if (!isText(description ?? '', LONGEST_DESCRIPTION)) {
    problems.push({ path: 'description', message: `must be at most ${LONGEST_DESCRIPTION} characters of text` });
  }
  if (!isText(region ?? '', LONGEST_REGION)) {
    problems.push({ path: 'region', message: `must be at most ${LONGEST_REGION} characters of text` });
  }
  if ((nodeIds?.length ?? 0) > MOST_NODES) {
    problems.push({ path: 'nodeIds', message: `must be at most ${MOST_NODES} nodes` });
  }
  if (problems.length > 0) throw badInput(problems);
}

async function nodesOf(manager: EntityManager, groupId: string): Promise<string[]> {
  const rows = await manager.query<{ node_id: string }[]>('SELECT node_id FROM group_nodes WHERE group_id = $1', [
    groupId,
  ]);
  return rows.map(({ node_id: nodeId }) => nodeId);
}

const isText = (text: string, longest: number): boolean => text.length <= longest && !text.includes('\0');

function onDuplicate(error: unknown): never {
  if (violatedConstraint(error) !== 'node_groups_name_key') throw error;
  const field = { path: 'name', message: 'is the name of another group' };
  throw new AppError('CONFLICT', `${field.path}: ${field.message}`, { fields: [field] });
}

/** Names each id of which there is nothing. The other rows stay until the transaction ends. */
export async function unknownIds(
  manager: EntityManager,
  table: 'nodes' | 'node_groups',
  ids: readonly string[],
  path: string,
): Promise<FieldProblem[]> {
  const known = new Set(
    ids.length === 0
      ? []
      : (
          await manager.query<{ id: string }[]>(`SELECT id FROM ${table} WHERE id = ANY($1) FOR KEY SHARE`, [
            ids.filter(isUuid),
          ])
        ).map(({ id }) => id),
  );
  const what = table === 'nodes' ? 'node' : 'group';
  return ids.flatMap((id, index) =>
    known.has(id.toLowerCase()) ? [] : [{ path: `${path}.${index}`, message: `there is no ${what} of this id` }],
  );
}

/** Throws BAD_USER_INPUT naming each id of which there is nothing. */
export async function assertExist(...args: Parameters<typeof unknownIds>): Promise<void> {
  const problems = await unknownIds(...args);
  if (problems.length > 0) throw badInput(problems);
}

/** Batches, never caches. */
export const groupLoader = (db: DataSource) =>
  new DataLoader<string, NodeGroup | null>(
    async (ids) => {
      const rows = await db.query<NodeGroup[]>(`SELECT ${COLUMNS} FROM node_groups g WHERE g.id = ANY($1)`, [ids]);
      const byId = new Map(rows.map((group) => [group.id, group]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 1_000 },
  );

type Owned = NodeGroup & { owner: string };

/** The groups of many owners in one query; `table` says which rows join `column` with `group_id`. */
export const groupsOfLoader = (
  db: DataSource,
  {
    table,
    column,
  }: { table: 'group_nodes' | 'user_groups' | 'proxy_groups'; column: 'node_id' | 'user_id' | 'proxy_id' },
) =>
  new DataLoader<string, NodeGroup[]>(
    async (owners) => {
      const rows = await db.query<Owned[]>(
        `SELECT m.${column} AS owner, ${COLUMNS} FROM ${table} m JOIN node_groups g ON g.id = m.group_id
         WHERE m.${column} = ANY($1) ORDER BY g.name`,
        [owners],
      );
      const byOwner = groupBy(rows, ({ owner }) => owner);
      return owners.map((owner) => byOwner.get(owner) ?? []);
    },
    { cache: false, maxBatchSize: 1_000 },
  );

/** GraphQL's Int ends where that of PostgreSQL does; a sum of such numbers need not. */
const asInt = (sum: string): string => `least(coalesce(${sum}, 0), 2147483647)::int`;

/** Totals of many groups in one query. */
export const groupStatsLoader = (db: DataSource) =>
  new DataLoader<string, GroupStats>(
    async (groupIds) => {
      const rows = await db.query<(GroupStats & { id: string })[]>(
        `SELECT g.id, count(n.id)::int AS "totalNodes",
           (count(*) FILTER (WHERE s.health = 'HEALTHY'))::int AS "healthyNodes",
           (SELECT count(*)::int FROM user_groups u WHERE u.group_id = g.id) AS "totalUsers",
           CASE WHEN count(n.id) = count(n.capacity) THEN ${asInt('sum(n.capacity)')} END AS capacity,
           ${asInt('sum(s.connections) FILTER (WHERE s.connected)')} AS connections,
           coalesce(sum(s.uplink_rate) FILTER (WHERE s.connected), 0) AS "uplinkRate",
           coalesce(sum(s.downlink_rate) FILTER (WHERE s.connected), 0) AS "downlinkRate"
         FROM node_groups g LEFT JOIN group_nodes m ON m.group_id = g.id LEFT JOIN nodes n ON n.id = m.node_id
         LEFT JOIN node_status s ON s.node_id = n.id WHERE g.id = ANY($1) GROUP BY g.id`,
        [groupIds],
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      return groupIds.map((id) => byId.get(id) ?? NOTHING);
    },
    { cache: false, maxBatchSize: 1_000 },
  );

const NOTHING: GroupStats = {
  totalNodes: 0,
  healthyNodes: 0,
  totalUsers: 0,
  capacity: 0,
  connections: 0,
  uplinkRate: 0,
  downlinkRate: 0,
};
