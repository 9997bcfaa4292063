import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { badInput, notFound } from '../../platform/errors.js';
import { groupBy } from '../../platform/group-by.js';
import type { EventBus } from '../../platform/events/bus.js';
import { decodeCursor, pageSize, toConnection, type Connection } from '../../platform/graphql/paging.js';
import { isUuid } from '../nodes/index.js';
import type { CompleteCommandInput } from './agent.types.js';
import type { LogService } from './log.service.js';
import { NodeCommand, NodeCommandState, type NodeCommandKind } from './node-command.entity.js';

const MOST_NODES = 1_000;
const LIFE_MINUTES = 10;
/** A command that was begun in time may take this long beyond its expiry before it is given up. */
const GRACE_SECONDS = 120;
const LONGEST_OUTPUT = 8_000;
const RETENTION_DAYS = 90;

const OPEN_STATES = [NodeCommandState.QUEUED, NodeCommandState.DELIVERED];

/** Commands are rows: issued in one transaction, delivered when the agent is there, finished by its answer or by time. */
export class CommandService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly logs: LogService,
  ) {}

  /** All nodes exist or no command is issued. */
  async run(nodeIds: string[], kind: NodeCommandKind, issuedBy: string): Promise<NodeCommand[]> {
    const unique = [...new Set(nodeIds)];
    if (unique.length < 1 || unique.length > MOST_NODES) {
      throw badInput([{ path: 'nodeIds', message: `must be 1 to ${MOST_NODES} nodes` }]);
    }
    const known = unique.filter(isUuid);
    const rows = await this.db.query<{ id: string; node_id: string }[]>(
      `WITH wanted AS (SELECT * FROM unnest($1::uuid[]) WITH ORDINALITY w (node_id, position)),
         complete AS (SELECT count(*) = $2 AS all_there FROM wanted w JOIN nodes n ON n.id = w.node_id)
       INSERT INTO node_commands (node_id, kind, issued_by, expires_at)
       SELECT w.node_id, $3, $4, now() + $5 * interval '1 minute' FROM wanted w, complete c
       WHERE c.all_there ORDER BY w.position RETURNING id, node_id`,
      [known, unique.length, kind, issuedBy, LIFE_MINUTES],
    );
    if (rows.length === 0) throw notFound('A node of these ids');
    for (const { id, node_id: nodeId } of rows) {
      this.events.publish('commandChanged', { nodeId, commandId: id });
      this.events.publish('agentPoked', { nodeId });
    }
    const commands = await this.byIds(rows.map(({ id }) => id));
    const byNode = new Map(commands.map((command) => [command.nodeId, command]));
    return unique.flatMap((nodeId) => byNode.get(nodeId) ?? []);
  }

  async list(nodeId: string, first: number, after: string | null | undefined): Promise<Connection<NodeCommand>> {
    const size = pageSize(first);
    const query = this.db.getRepository(NodeCommand).createQueryBuilder('c').where('c.nodeId = :nodeId', { nodeId });
    if (after) {
      const [issuedAt, id] = decodeCursor(after);
      if (!isUuid(id) || Number.isNaN(Date.parse(String(issuedAt)))) {
        throw badInput([{ path: 'after', message: 'is not a cursor of this list' }]);
      }
      query.andWhere('(c.issuedAt, c.id) < (:issuedAt::timestamptz, :id::uuid)', { issuedAt, id });
    }
    query
      .orderBy('c.issuedAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(size + 1);
    const rows = await query.addSelect('c.issued_at::text', 'exact').getRawAndEntities<{ exact: string }>();
    const entries = rows.entities.map((command, index) => ({ command, exact: rows.raw[index]?.exact ?? '' }));
    const page = toConnection(
      entries,
      size,
      after,
      ({ command, exact }) => [exact, command.id],
      () => this.db.getRepository(NodeCommand).countBy({ nodeId }),
    );
    return {
      ...page,
      edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.command })),
      nodes: page.nodes.map(({ command }) => command),
    };
  }

  /** In the order of the ids; those that do not exist are left out. */
  async byIds(ids: readonly string[]): Promise<NodeCommand[]> {
    const found = await this.db.getRepository(NodeCommand).findBy({ id: In(ids.filter(isUuid)) });
    const byId = new Map(found.map((command) => [command.id, command]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async openIds(): Promise<string[]> {
    const rows = await this.db
      .getRepository(NodeCommand)
      .find({ where: { state: In(OPEN_STATES) }, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  /** What the agents of these nodes have to do, batched over the agents that ask at the same time. */
  readonly openOf = new DataLoader<string, NodeCommand[]>(
    async (nodeIds) => {
      const found = await this.db.getRepository(NodeCommand).find({
        where: { nodeId: In([...nodeIds]), state: In(OPEN_STATES) },
        order: { issuedAt: 'ASC', id: 'ASC' },
      });
      const byNode = groupBy(found, (command) => command.nodeId);
      return nodeIds.map((nodeId) => byNode.get(nodeId) ?? []);
    },
    { cache: false, maxBatchSize: 1_000 },
  );

  /** False when the command is not to be delivered any more. */
  async markDelivered({ id, nodeId, state }: NodeCommand): Promise<boolean> {
    const [, changed] = await this.db.query<[unknown[], number]>(
      `UPDATE node_commands SET state = 'DELIVERED', delivered_at = coalesce(delivered_at, now())
       WHERE id = $1 AND state IN ('QUEUED', 'DELIVERED') AND (state = 'DELIVERED' OR expires_at > now())`,
      [id],
    );
    if (changed > 0 && state === NodeCommandState.QUEUED)
      this.events.publish('commandChanged', { nodeId, commandId: id });
    return changed > 0;
  }

  /** The first outcome counts; one that comes again, or of a command that is unknown, changes nothing. */
  async complete(nodeId: string, input: CompleteCommandInput): Promise<void> {
    if (!isUuid(input.commandId)) return;
    if (input.logs?.length) await this.logs.store(nodeId, input.logs);
    const [, changed] = await this.db.query<[unknown[], number]>(
      `UPDATE node_commands SET state = $3, output = $4, error = $5, finished_at = now(),
         delivered_at = coalesce(delivered_at, now())
       WHERE id = $1 AND node_id = $2 AND state IN ('QUEUED', 'DELIVERED', 'EXPIRED')`,
      [
        input.commandId,
        nodeId,
        input.ok ? NodeCommandState.SUCCEEDED : NodeCommandState.FAILED,
        input.output?.slice(0, LONGEST_OUTPUT) ?? null,
        input.error?.slice(0, LONGEST_OUTPUT) ?? null,
      ],
    );
    if (changed > 0) this.events.publish('commandChanged', { nodeId, commandId: input.commandId });
  }

  async expire(): Promise<void> {
    const [rows] = await this.db.query<[{ id: string; node_id: string }[], number]>(
      `UPDATE node_commands SET state = 'EXPIRED', finished_at = now(),
         error = CASE state WHEN 'QUEUED' THEN 'The agent was not connected in time'
                            ELSE 'The agent has not answered in time' END
       WHERE (state = 'QUEUED' AND expires_at < now())
          OR (state = 'DELIVERED' AND expires_at < now() - $1 * interval '1 second')
       RETURNING id, node_id`,
      [GRACE_SECONDS],
    );
    for (const { id, node_id: nodeId } of rows) this.events.publish('commandChanged', { nodeId, commandId: id });
  }

  async removeOld(): Promise<void> {
    await this.db.query(`DELETE FROM node_commands WHERE issued_at < now() - $1 * interval '1 day'`, [RETENTION_DAYS]);
  }
}
