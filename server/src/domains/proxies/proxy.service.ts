import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import type { DataSource, EntityManager } from 'typeorm';
import { groupBy } from '../../platform/group-by.js';
import type { Clock } from '../../platform/clock.js';
import { AppError, badInput, notFound, violatedConstraint, type FieldProblem } from '../../platform/errors.js';
import {
  decodeCursor,
  onUnreadableCursor,
  pageSize,
  toConnection,
  type Connection,
} from '../../platform/graphql/paging.js';
import { searchPattern } from '../../platform/postgres/like.js';
import type { SecretBox } from '../../platform/secret-box.js';
import { unknownIds } from '../groups/index.js';
import { isUuid } from '../nodes/index.js';
import type { ConfigChanges } from '../sync/index.js';
import { isObject } from './inbound.json.js';
import type { Inbound } from './inbound.schema.js';
import { maskInbound, unmaskInbound } from './inbound.secrets.js';
import { checkInbound, conflicts, type InboundCheck } from './inbound.validation.js';
import { firstCollision } from './proxy.placement.js';
import { Proxy, ProxyProtocol, type CreateProxyInput, type UpdateProxyInput } from './proxy.types.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}[\p{L}\p{N}]$|^[\p{L}\p{N}]$/u;
/** Every node tests and runs all of its proxies: many more are a mistake. */
const MOST_PROXIES = 500;

interface ProxyRow {
  id: string;
  name: string;
  protocol: ProxyProtocol;
  port: number;
  enabled: boolean;
  everywhere: boolean;
  inbound: Buffer;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'p.id, p.name, p.protocol, p.port, p.enabled, p.everywhere, p.inbound, p.created_at, p.updated_at';

interface Targets {
  nodeIds: string[];
  groupIds: string[];
}

type Candidate = Pick<CreateProxyInput, 'name' | 'protocol' | 'port' | 'inbound'>;

const label = (id: string): string => `proxy:${id}`;

/** Proxies and where they are served. What is stored has passed schema and meaning, also beside all other proxies. */
export class ProxyService {
  constructor(
    private readonly db: DataSource,
    private readonly changes: ConfigChanges,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  async find(id: string): Promise<Proxy | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.db.query<ProxyRow[]>(`SELECT ${COLUMNS} FROM proxies p WHERE p.id = $1`, [id]);
    return row ? this.toProxy(row) : null;
  }

  async list(
    first: number,
    after: string | null | undefined,
    search: string | null | undefined,
  ): Promise<Connection<Proxy>> {
    const size = pageSize(first);
    const [name, id] = after ? decodeCursor(after) : [null, null];
    const pattern = searchPattern(search, 'search');
    const matches = `($1::text IS NULL OR p.name ILIKE $1 OR p.protocol ILIKE $1 OR p.port::text ILIKE $1)`;
    const rows = await this.db
      .query<ProxyRow[]>(
        `SELECT ${COLUMNS} FROM proxies p WHERE ${matches} AND ($2::text IS NULL OR (p.name, p.id) > ($2, $3::uuid))
         ORDER BY p.name, p.id LIMIT $4`,
        [pattern, name, id, size + 1],
      )
      .catch(onUnreadableCursor);
    const proxies = rows.map((row) => this.toProxy(row));
    return toConnection(
      proxies,
      size,
      after,
      (proxy) => [proxy.name, proxy.id],
      async () => {
        const [row] = await this.db.query<{ count: number }[]>(
          `SELECT count(*)::int AS count FROM proxies p WHERE ${matches}`,
          [pattern],
        );
        return row?.count ?? 0;
      },
    );
  }

  /** All that nodes serve, for whoever builds configurations. */
  async enabled(manager: Pick<EntityManager, 'query'>): Promise<Proxy[]> {
    const rows = await manager.query<ProxyRow[]>(`SELECT ${COLUMNS} FROM proxies p WHERE p.enabled ORDER BY p.id`);
    return rows.map((row) => this.toProxy(row));
  }

  /** What `create` would say, or `update` of the proxy of this id, without storing anything. */
  async validate(input: CreateProxyInput, id?: string | null): Promise<InboundCheck> {
    const stored = id ? await this.get(id) : undefined;
    const inbound = stored ? unmaskInbound(input.inbound, stored.secretInbound) : input.inbound;
    return this.db.transaction(async (manager) => {
      const { name, protocol, port } = input;
      const checked = checkInbound(candidateOf({ name, protocol, port, inbound }), this.clock.now());
      const targets = targetsOf(input);
      const names = nameProblems(name);
      const renamed = name !== stored?.name;
      if (names.length === 0 && renamed && (await isNameTaken(manager, name))) names.push(NAME_TAKEN);
      const problems = [...names, ...checked.problems, ...(await targetProblems(manager, targets))];
      if (checked.inbound) {
        problems.push(...(await this.collisions(manager, stored?.id ?? '', checked.inbound, targets)));
      }
      return { ...checked, problems };
    });
  }

  async create(input: CreateProxyInput): Promise<{ proxy: Proxy; affectedNodes: number }> {
    const id = randomUUID();
    const targets = targetsOf(input);
    const inbound = this.check(input);
    const affectedNodes = await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      await assertRoom(manager);
      await this.assertNoCollision(manager, id, inbound, targets);
      const everywhere = targets.nodeIds.length + targets.groupIds.length === 0;
      await manager
        .query(
          `INSERT INTO proxies (id, name, protocol, port, enabled, everywhere, inbound) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [id, input.name, input.protocol, inbound.port, input.enabled ?? true, everywhere, this.seal(id, inbound)],
        )
        .catch(onDuplicate);
      await setTargets(manager, id, targets);
      return this.markServing(manager, version, id);
    });
    this.changes.announce();
    return { proxy: await this.get(id), affectedNodes };
  }

  async update(input: UpdateProxyInput): Promise<{ proxy: Proxy; affectedNodes: number }> {
    for (const field of ['name', 'port', 'inbound', 'enabled'] as const) {
      if (input[field] === null) throw badInput([{ path: field, message: 'cannot be cleared' }]);
    }
    await this.get(input.id);
    const affectedNodes = await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      const stored = await this.lock(manager, input.id);
      const before = await targetsInForce(manager, input.id);
      const targets = {
        nodeIds: input.targetNodeIds === undefined ? before.nodeIds : [...new Set(input.targetNodeIds ?? [])],
        groupIds: input.targetGroupIds === undefined ? before.groupIds : [...new Set(input.targetGroupIds ?? [])],
      };
      const retargeted = input.targetNodeIds !== undefined || input.targetGroupIds !== undefined;
      const everywhere = retargeted ? targets.nodeIds.length + targets.groupIds.length === 0 : stored.everywhere;
      const inbound = this.check(merged(stored, input));
      await this.assertNoCollision(manager, input.id, inbound, targets, everywhere);
      const affected = new Set(await servingNodes(manager, input.id));
      await manager
        .query(
          `UPDATE proxies SET name = $2, port = $3, enabled = $4, everywhere = $5, inbound = $6, updated_at = now()
           WHERE id = $1`,
          [
            input.id,
            input.name ?? stored.name,
            inbound.port,
            input.enabled ?? stored.enabled,
            everywhere,
            this.seal(input.id, inbound),
          ],
        )
        .catch(onDuplicate);
      if (retargeted) await setTargets(manager, input.id, targets);
      for (const nodeId of await servingNodes(manager, input.id)) affected.add(nodeId);
      return this.changes.mark(manager, version, 'structure', { nodeIds: [...affected] });
    });
    this.changes.announce();
    return { proxy: await this.get(input.id), affectedNodes };
  }

  async delete(id: string): Promise<void> {
    await this.get(id);
    await this.db.transaction(async (manager) => {
      const version = await this.changes.begin(manager);
      await this.markServing(manager, version, id);
      await manager.query('DELETE FROM proxies WHERE id = $1', [id]);
    });
    this.changes.announce();
  }

  /**
   * Throws CONFLICT when by a change of nodes or groups two proxies would meet on one port of a node. Disabled ones count
   * as well: they are to be switched on without surprises.
   */
  async assertPortsFree(manager: EntityManager): Promise<void> {
    const rows = await manager.query<ProxyRow[]>(`SELECT ${COLUMNS} FROM proxies p ORDER BY p.id`);
    const proxies = rows.map((row) => ({ id: row.id, name: row.name, inbound: this.open(row) }));
    const collision = await firstCollision(manager, proxies);
    if (!collision) return;
    const { proxy, problem } = collision;
    throw new AppError('CONFLICT', `The proxy "${proxy.name}" could not be served there: ${problem.message}`, {
      fields: [{ path: problem.path, message: problem.message }],
    });
  }

  private check(input: Candidate): Inbound {
    const names = nameProblems(input.name);
    const { inbound, problems } = checkInbound(candidateOf(input), this.clock.now());
    if (names.length === 0 && problems.length === 0 && inbound) return inbound;
    throw configInvalid([...names, ...problems]);
  }

  private async assertNoCollision(
    manager: EntityManager,
    id: string,
    inbound: Inbound,
    targets: Targets,
    everywhere?: boolean,
  ): Promise<void> {
    const unknown = await targetProblems(manager, targets);
    if (unknown.length > 0) throw badInput(unknown);
    const problems = await this.collisions(manager, id, inbound, targets, everywhere);
    if (problems.length > 0) throw configInvalid(problems);
  }

  /** Disabled proxies count as in assertPortsFree. */
  private async collisions(
    manager: EntityManager,
    id: string,
    inbound: Inbound,
    targets: Targets,
    everywhere = targets.nodeIds.length + targets.groupIds.length === 0,
  ): Promise<FieldProblem[]> {
    const nodes = `SELECT n.id, n.agent_port FROM nodes n WHERE $1 OR n.id = ANY($2)
      OR n.id IN (SELECT m.node_id FROM group_nodes m WHERE m.group_id = ANY($3))`;
    const values = [everywhere, targets.nodeIds.filter(isUuid), targets.groupIds.filter(isUuid)];
    const rows = await manager.query<ProxyRow[]>(
      `WITH here AS (${nodes})
       SELECT ${COLUMNS} FROM proxies p WHERE p.id::text <> $4 AND ((p.everywhere AND $1)
         OR p.id IN (SELECT v.proxy_id FROM proxy_serving v JOIN here h ON h.id = v.node_id))`,
      [...values, id],
    );
    const ports = await manager.query<{ agent_port: number }[]>(
      `WITH here AS (${nodes}) SELECT DISTINCT agent_port FROM here`,
      values,
    );
    const others = rows.map((row) => ({ name: row.name, inbound: this.open(row) }));
    return conflicts(
      inbound,
      others,
      ports.map(({ agent_port: port }) => port),
    );
  }

  private async markServing(manager: EntityManager, version: string, id: string): Promise<number> {
    return this.changes.mark(manager, version, 'structure', { nodeIds: await servingNodes(manager, id) });
  }

  private async get(id: string): Promise<Proxy> {
    const proxy = await this.find(id);
    if (!proxy) throw notFound('The proxy');
    return proxy;
  }

  private async lock(manager: EntityManager, id: string): Promise<Proxy> {
    const [row] = await manager.query<ProxyRow[]>(`SELECT ${COLUMNS} FROM proxies p WHERE p.id = $1 FOR UPDATE`, [id]);
    if (!row) throw notFound('The proxy');
    return this.toProxy(row);
  }

  private toProxy(row: ProxyRow): Proxy {
    const secretInbound = this.open(row);
    return Object.assign(Object.create(Proxy.prototype) as Proxy, {
      id: row.id,
      name: row.name,
      protocol: row.protocol,
      port: row.port,
      enabled: row.enabled,
      everywhere: row.everywhere,
      secretInbound,
      inbound: maskInbound(secretInbound),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    });
  }

  private open({ id, inbound }: Pick<ProxyRow, 'id' | 'inbound'>): Inbound {
    return JSON.parse(this.box.open(inbound, label(id))) as Inbound;
  }

  private seal(id: string, inbound: Inbound): Buffer {
    return this.box.seal(JSON.stringify(inbound), label(id));
  }
}

const configInvalid = (problems: FieldProblem[]): AppError =>
  new AppError('CONFIG_INVALID', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    fields: problems.map(({ path, message }) => ({ path, message })),
  });

const candidateOf = ({ protocol, port, inbound }: Candidate) => ({ protocol: protocol.toLowerCase(), port, inbound });

/** The stored proxy with the changes in it: a port is said once, beside the inbound or in it. */
function merged(stored: Proxy, input: UpdateProxyInput): Candidate {
  const inbound =
    input.inbound === undefined ? stored.secretInbound : unmaskInbound(input.inbound, stored.secretInbound);
  const within = isObject(inbound) && typeof inbound['port'] === 'number' ? inbound['port'] : undefined;
  const port = input.port ?? within ?? stored.port;
  // What is no port at all is left for the check to refuse.
  const withPort = within === undefined ? inbound : { ...(inbound as object), port };
  return { name: input.name ?? stored.name, protocol: stored.protocol, port, inbound: withPort };
}

function nameProblems(name: string): FieldProblem[] {
  if (NAME.test(name)) return [];
  const message = 'must be 1 to 64 letters, digits, spaces and . _ -, beginning and ending with a letter or digit';
  return [{ path: 'name', message }];
}

const targetsOf = (input: CreateProxyInput): Targets => ({
  nodeIds: [...new Set(input.targetNodeIds ?? [])],
  groupIds: [...new Set(input.targetGroupIds ?? [])],
});

const targetProblems = async (manager: EntityManager, { nodeIds, groupIds }: Targets): Promise<FieldProblem[]> => [
  ...(await unknownIds(manager, 'nodes', nodeIds, 'targetNodeIds')),
  ...(await unknownIds(manager, 'node_groups', groupIds, 'targetGroupIds')),
];

async function isNameTaken(manager: EntityManager, name: string): Promise<boolean> {
  return (await manager.query<unknown[]>('SELECT FROM proxies WHERE name = $1', [name])).length > 0;
}

async function assertRoom(manager: EntityManager): Promise<void> {
  const [row] = await manager.query<{ count: number }[]>('SELECT count(*)::int AS count FROM proxies');
  if ((row?.count ?? 0) >= MOST_PROXIES) {
    throw badInput([{ path: 'name', message: `there are ${MOST_PROXIES} proxies already, which is the most` }]);
  }
}

async function targetsInForce(manager: EntityManager, id: string): Promise<Targets> {
  const nodes = await manager.query<{ id: string }[]>('SELECT node_id AS id FROM proxy_nodes WHERE proxy_id = $1', [
    id,
  ]);
  const groups = await manager.query<{ id: string }[]>('SELECT group_id AS id FROM proxy_groups WHERE proxy_id = $1', [
    id,
  ]);
  return { nodeIds: nodes.map((row) => row.id), groupIds: groups.map((row) => row.id) };
}

async function setTargets(manager: EntityManager, id: string, { nodeIds, groupIds }: Targets): Promise<void> {
  await manager.query('DELETE FROM proxy_nodes WHERE proxy_id = $1', [id]);
  await manager.query('DELETE FROM proxy_groups WHERE proxy_id = $1', [id]);
  await manager.query('INSERT INTO proxy_nodes SELECT $1, n FROM unnest($2::uuid[]) n ON CONFLICT DO NOTHING', [
    id,
    nodeIds,
  ]);
  await manager.query('INSERT INTO proxy_groups SELECT $1, g FROM unnest($2::uuid[]) g ON CONFLICT DO NOTHING', [
    id,
    groupIds,
  ]);
}

async function servingNodes(manager: EntityManager, id: string): Promise<string[]> {
  const rows = await manager.query<{ node_id: string }[]>('SELECT node_id FROM proxy_serving WHERE proxy_id = $1', [
    id,
  ]);
  return rows.map(({ node_id: nodeId }) => nodeId);
}

const NAME_TAKEN: FieldProblem = { path: 'name', message: 'is the name of another proxy' };

function onDuplicate(error: unknown): never {
  if (violatedConstraint(error) !== 'proxies_name_key') throw error;
  throw new AppError('CONFLICT', `${NAME_TAKEN.path}: ${NAME_TAKEN.message}`, { fields: [NAME_TAKEN] });
}

/** Ids of the nodes that proxies name as targets; batches, never caches. */
export const proxyTargetsLoader = (db: DataSource) =>
  new DataLoader<string, string[]>(
    async (proxyIds) => {
      const rows = await db.query<{ proxy_id: string; node_id: string }[]>(
        `SELECT t.proxy_id, t.node_id FROM proxy_nodes t JOIN nodes n ON n.id = t.node_id
         WHERE t.proxy_id = ANY($1) ORDER BY n.name`,
        [proxyIds],
      );
      const byProxy = groupBy(rows, (row) => row.proxy_id);
      return proxyIds.map((id) => (byProxy.get(id) ?? []).map((row) => row.node_id));
    },
    { cache: false, maxBatchSize: 1_000 },
  );
