import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Batcher } from '../../platform/batcher.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { Logger } from '../../platform/log.js';
import { DEAD_AFTER_SECONDS } from '../../platform/panel-instance.js';

export const CloseCode = { REFUSED: 4403, REPLACED: 4410, GOING_AWAY: 1001 } as const;
/** A peer that does not answer a polite close is dropped after this. */
const CLOSE_PATIENCE_MS = 250;

/** The socket of an agent, as far as this domain knows sockets. */
export interface AgentSocket {
  close(code: number, reason: string): void;
  terminate(): void;
}

export interface AgentConnection {
  id: string;
  nodeId: string;
  tokenId: string;
  remoteAddress: string;
  socket: AgentSocket;
}

type Change = { opened: AgentConnection } | { closed: AgentConnection };

/** The agents connected to this panel, and what the database says of them. */
export class AgentConnections {
  private readonly byNode = new Map<string, AgentConnection>();
  private readonly changes: Batcher<Change>;

  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly panelId: string,
    private readonly log: Logger,
  ) {
    this.changes = new Batcher({
      mostItems: 1_000,
      gatherMs: 30,
      mostWaiting: 200_000,
      write: (changes) => this.write(changes),
    });
    events.on('nodeRefused', ({ nodeId, exceptTokenId }) => this.refuse(nodeId, exceptTokenId));
    events.on('nodeConnected', ({ nodeId, connectionId }) => this.giveWay(nodeId, connectionId));
  }

  has(nodeId: string): boolean {
    return this.byNode.has(nodeId);
  }

  get size(): number {
    return this.byNode.size;
  }

  /** A node has shown its token on a new socket. An older socket of the same node gives way. */
  open(nodeId: string, tokenId: string, remoteAddress: string, socket: AgentSocket): AgentConnection {
    const connection = { id: randomUUID(), nodeId, tokenId, remoteAddress, socket };
    this.giveWay(nodeId, connection.id);
    this.byNode.set(nodeId, connection);
    this.events.publish('nodeConnected', { nodeId, connectionId: connection.id });
    this.record({ opened: connection });
    return connection;
  }

  closed(connection: AgentConnection): void {
    if (this.byNode.get(connection.nodeId) === connection) {
      this.byNode.delete(connection.nodeId);
      this.events.publish('nodeDisconnected', { nodeId: connection.nodeId, connectionId: connection.id });
    }
    this.record({ closed: connection });
  }

  /** At shut-down: agents are told to look for another panel, the database that they are gone. */
  async closeAll(): Promise<void> {
    for (const connection of this.byNode.values()) this.end(connection, CloseCode.GOING_AWAY, 'the panel is stopping');
    await this.changes.drain();
    await this.markGone('panel_id = $1', [this.panelId]);
  }

  /** At start: whatever an earlier life of this panel had open is gone. */
  forgetEarlierLife(): Promise<void> {
    return this.markGone('panel_id = $1', [this.panelId]);
  }

  /** Connections of panels that died without a word. */
  forgetDeadPanels(): Promise<void> {
    return this.markGone(
      `NOT EXISTS (SELECT 1 FROM panel_instances p
         WHERE p.id = s.panel_id AND p.beat_at > now() - $1 * interval '1 second')`,
      [DEAD_AFTER_SECONDS],
    );
  }

  private record(change: Change): void {
    this.changes.add(change).catch((error: unknown) => {
      this.log.error({ err: error }, 'a connection of an agent could not be recorded');
    });
  }

  private refuse(nodeId: string, exceptTokenId: string | undefined): void {
    const connection = this.byNode.get(nodeId);
    if (connection && connection.tokenId !== exceptTokenId) this.end(connection, CloseCode.REFUSED, 'Forbidden');
  }

  private giveWay(nodeId: string, connectionId: string): void {
    const older = this.byNode.get(nodeId);
    if (older && older.id !== connectionId) this.end(older, CloseCode.REPLACED, 'A newer connection took over');
  }

  private end({ socket }: AgentConnection, code: number, reason: string): void {
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  }

  private async write(changes: Change[]): Promise<void> {
    const opened = new Map<string, AgentConnection>();
    const closed: AgentConnection[] = [];
    for (const change of changes) {
      if ('opened' in change) {
        opened.set(change.opened.nodeId, change.opened);
        continue;
      }
      if (opened.get(change.closed.nodeId)?.id === change.closed.id) opened.delete(change.closed.nodeId);
      closed.push(change.closed);
    }
    await this.writeOpened([...opened.values()]);
    await this.writeClosed(closed);
    // Who has just come may have something to catch up on; only this panel can give it.
    if (opened.size > 0) this.events.deliver('configChanged', {});
    for (const nodeId of new Set([...opened.keys(), ...closed.map((connection) => connection.nodeId)])) {
      this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
  }

  private async writeOpened(opened: AgentConnection[]): Promise<void> {
    if (opened.length === 0) return;
    // Not both in one statement: an agent that registers at this moment locks its token first, and its status then.
    await this.db.query('UPDATE node_tokens SET last_used_at = now() WHERE id = ANY($1)', [
      opened.map(({ tokenId }) => tokenId),
    ]);
    await this.db.query(
      `UPDATE node_status s SET connected = true, connection_id = c.id, panel_id = $4, remote_address = c.address,
         connected_at = now(), last_seen_at = now()
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) c (node_id, id, address) WHERE s.node_id = c.node_id`,
      [
        opened.map(({ nodeId }) => nodeId),
        opened.map(({ id }) => id),
        opened.map(({ remoteAddress }) => remoteAddress),
        this.panelId,
      ],
    );
  }

  /** Only the connection that the row speaks of: a node that is back on another socket stays connected. */
  private async writeClosed(closed: AgentConnection[]): Promise<void> {
    if (closed.length === 0) return;
    await this.db.query(
      `UPDATE node_status SET connected = false, disconnected_at = now()
       WHERE connected AND node_id = ANY($1) AND connection_id = ANY($2)`,
      [closed.map(({ nodeId }) => nodeId), closed.map(({ id }) => id)],
    );
  }

  private async markGone(condition: string, parameters: unknown[]): Promise<void> {
    const [rows] = await this.db.query<[{ node_id: string; connection_id: string }[], number]>(
      `UPDATE node_status s SET connected = false, disconnected_at = coalesce(last_seen_at, now())
       WHERE connected AND ${condition} RETURNING node_id, connection_id`,
      parameters,
    );
    for (const { node_id: nodeId, connection_id: connectionId } of rows) {
      this.events.publish('nodeDisconnected', { nodeId, connectionId });
      this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
  }
}
