import { isIP } from 'node:net';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, badInput, notFound, violatedConstraint } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { normaliseAddress } from '../../platform/ip-address.js';
import { Node, type NodeTag } from './node.entity.js';
import type { CreateNodeInput, UpdateNodeInput } from './node.inputs.js';
import { listNodes, type NodeListArgs } from './node.list.js';
import { isUuid } from './node-id.js';
import { nodesByIds } from './node.rows.js';
import { validateNode } from './node.validation.js';

export interface IssuedToken {
  joinToken: string;
  installCommand: string;
}

/** What the agents' domain does for a new node. */
export interface JoinTokenIssuer {
  issueJoinToken(nodeId: string, manager: EntityManager): Promise<IssuedToken>;
  revokeAll(nodeId: string, manager: EntityManager): Promise<void>;
}

/** What the health domain does before a node is stored; throws NODE_UNREACHABLE naming the step that failed. */
export interface ConnectionCheck {
  assertReachable(address: string, agentPort: number): Promise<void>;
}

/** What the groups' domain does in the transaction that changes a node. */
export interface NodeMemberships {
  setGroupsOfNode(manager: EntityManager, nodeId: string, groupIds: readonly string[]): Promise<void>;
}

/** What the configuration of other nodes and proxies has to hear of. */
export interface NodeObserver {
  /** First of all in a transaction: who changes what runs where waits for the one before, and all wait in one order. */
  begin(manager: EntityManager): Promise<unknown>;
  /** Within the transaction: the agent's port is taken, other proxies may want it. */
  assertPortsFree(manager: EntityManager): Promise<void>;
  announce(): void;
}

const DUPLICATES: Record<string, { path: string; message: string }> = {
  nodes_name_key: { path: 'name', message: 'is the name of another node' },
  nodes_address_agent_port_key: { path: 'address', message: 'is, with this agent port, the address of another node' },
};

function onDuplicate(error: unknown): never {
  const duplicate = DUPLICATES[violatedConstraint(error) ?? ''];
  if (!duplicate) throw error;
  throw new AppError('CONFLICT', `${duplicate.path}: ${duplicate.message}`, { fields: [duplicate] });
}

const sortTags = (tags: NodeTag[]): NodeTag[] =>
  tags.map(({ key, value }) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** One way to write each address, so that the same one is seen to be the same. */
const uniformAddress = (address: string): string =>
  isIP(address) ? normaliseAddress(address) : address.toLowerCase().replace(/\.$/, '');

/** null means "back to the default" where a column cannot be empty. */
function toColumns(input: CreateNodeInput | UpdateNodeInput): Partial<Node> {
  const columns: Partial<Node> = {};
  if (input.name != null) columns.name = input.name;
  if (input.address != null) columns.address = uniformAddress(input.address);
  if (input.agentPort != null) columns.agentPort = input.agentPort;
  if ('mode' in input && input.mode != null) columns.mode = input.mode;
  if (input.tags !== undefined) columns.tags = sortTags(input.tags ?? []);
  if (input.weight !== undefined) columns.weight = input.weight ?? 1;
  if (input.capacity !== undefined) columns.capacity = input.capacity;
  if (input.ipAllowlist !== undefined) columns.ipAllowlist = input.ipAllowlist ?? [];
  if (input.location !== undefined) {
    const { latitude, longitude, city = null, countryCode = null } = input.location ?? {};
    columns.location = input.location ? { latitude: latitude!, longitude: longitude!, city, countryCode } : null;
  }
  return columns;
}

export class NodeService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly tokens: JoinTokenIssuer,
    private readonly connection: ConnectionCheck,
    private readonly memberships: NodeMemberships,
    private readonly observer: NodeObserver,
  ) {}

  list(args: NodeListArgs): Promise<Connection<Node>> {
    return listNodes(this.db, args);
  }

  async find(id: string): Promise<Node | null> {
    if (!isUuid(id)) return null;
    const [node] = await nodesByIds(this.db, [id]);
    return node ?? null;
  }

  async get(id: string): Promise<Node> {
    const node = await this.find(id);
    if (!node) throw notFound(`Node ${isUuid(id) ? id : ''}`.trim());
    return node;
  }

  /** Stores the node and its join token together; the token is answered here and never again. */
  async create(input: CreateNodeInput): Promise<{ node: Node } & IssuedToken> {
    validateNode(input);
    if (input.validateConnection) await this.connection.assertReachable(input.address, input.agentPort ?? 8443);
    const { id, issued } = await this.db.transaction(async (manager) => {
      await this.observer.begin(manager);
      const nodes = manager.getRepository(Node);
      const stored = await nodes.save(nodes.create(toColumns(input))).catch(onDuplicate);
      await manager.query('INSERT INTO node_status (node_id) VALUES ($1)', [stored.id]);
      await manager.query('INSERT INTO node_sync (node_id) VALUES ($1)', [stored.id]);
      if (input.groupIds?.length) await this.memberships.setGroupsOfNode(manager, stored.id, input.groupIds);
      await this.observer.assertPortsFree(manager);
      return { id: stored.id, issued: await this.tokens.issueJoinToken(stored.id, manager) };
    });
    this.events.publish('nodeChanged', { nodeId: id, kind: 'CREATED' });
    this.observer.announce();
    return { node: await this.get(id), ...issued };
  }

  /** Interrupts nothing: an agent hears of a new port or allow list over the connection that it has. */
  async update(input: UpdateNodeInput): Promise<Node> {
    for (const field of ['name', 'address', 'agentPort', 'mode'] as const) {
      if (input[field] === null) throw badInput([{ path: field, message: 'cannot be cleared' }]);
    }
    validateNode(input);
    const columns = toColumns(input);
    await this.get(input.id);
    const concernsOthers = input.groupIds !== undefined || columns.agentPort !== undefined;
    await this.db.transaction(async (manager) => {
      if (concernsOthers) await this.observer.begin(manager);
      // It may have been deleted while this was waiting.
      if (!(await manager.getRepository(Node).existsBy({ id: input.id }))) throw notFound(`Node ${input.id}`);
      if (Object.keys(columns).length > 0) {
        await manager.getRepository(Node).update(input.id, columns).catch(onDuplicate);
      }
      if (input.groupIds !== undefined) {
        await this.memberships.setGroupsOfNode(manager, input.id, input.groupIds ?? []);
      }
      if (columns.agentPort !== undefined) await this.observer.assertPortsFree(manager);
    });
    if (input.groupIds !== undefined) this.observer.announce();
    const node = await this.get(input.id);
    this.events.publish('nodeChanged', { nodeId: node.id, kind: 'UPDATED' });
    if (columns.agentPort !== undefined) this.events.publish('agentPoked', { nodeId: node.id });
    return node;
  }

  async delete(id: string): Promise<void> {
    if (!isUuid(id)) throw notFound('Node');
    await this.db.transaction(async (manager) => {
      await this.observer.begin(manager);
      const { affected } = await manager.getRepository(Node).delete(id);
      if (!affected) throw notFound(`Node ${id}`);
    });
    this.events.publish('nodeRefused', { nodeId: id });
    this.events.publish('nodeChanged', { nodeId: id, kind: 'DELETED' });
  }

  /** A new join token; the node keeps its present token until it has joined with the new one. */
  async rotateToken(id: string): Promise<{ node: Node } & IssuedToken> {
    await this.get(id);
    const issued = await this.db.transaction((manager) => this.tokens.issueJoinToken(id, manager));
    this.events.publish('nodeChanged', { nodeId: id, kind: 'UPDATED' });
    return { node: await this.get(id), ...issued };
  }

  /** The node is cut off at once; it comes back only with a new join token. */
  async revokeToken(id: string): Promise<Node> {
    await this.get(id);
    await this.db.transaction((manager) => this.tokens.revokeAll(id, manager));
    this.events.publish('nodeRefused', { nodeId: id });
    this.events.publish('nodeChanged', { nodeId: id, kind: 'UPDATED' });
    return this.get(id);
  }
}
