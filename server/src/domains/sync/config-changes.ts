import type { EntityManager } from 'typeorm';
import type { EventBus } from '../../platform/events/bus.js';

/** Which nodes a change concerns. */
export interface Touched {
  nodeIds?: readonly string[];
  /** All nodes of these groups. */
  groupIds?: readonly string[];
  all?: boolean;
}

/** `structure` is what an administrator may have changed to cure a failure: it ends the wait for the next attempt. */
export type ChangeOf = 'users' | 'structure';

const TOUCHED = `
SELECT y.node_id FROM node_sync y WHERE $1 OR y.node_id = ANY($2)
  OR y.node_id IN (SELECT m.node_id FROM group_nodes m WHERE m.group_id = ANY($3))`;

/**
 * How every domain says that nodes have to run something else: the nodes are marked in the transaction that changes what
 * they run, so that neither comes without the other. Whoever brings them there looks at the marks, not at events.
 */
export class ConfigChanges {
  constructor(private readonly events: EventBus) {}

  /** The version of this change. The transaction holds the clock until it ends, so versions are committed in order. */
  async begin(manager: EntityManager): Promise<string> {
    const [rows] = await manager.query<[{ version: string }[], number]>(
      'UPDATE config_clock SET version = version + 1 RETURNING version',
    );
    return rows[0]!.version;
  }

  /** Answers how many nodes are concerned. Rows are locked in the order of their ids, as everywhere. */
  async mark(manager: EntityManager, version: string, of: ChangeOf, touched: Touched): Promise<number> {
    const [, marked] = await manager.query<[unknown[], number]>(
      `WITH locked AS (SELECT y.node_id FROM node_sync y WHERE y.node_id IN (${TOUCHED}) ORDER BY y.node_id FOR UPDATE)
       UPDATE node_sync y SET wanted_version = $4,
         state = CASE WHEN y.state IN ('NEVER', 'SYNCING') OR (y.state = 'FAILED' AND $5 = 'users') THEN y.state
                      ELSE 'PENDING' END
       FROM locked WHERE y.node_id = locked.node_id`,
      [touched.all ?? false, touched.nodeIds ?? [], touched.groupIds ?? [], version, of],
    );
    return marked;
  }

  /** To be called after the commit. A lost call costs a moment, not the change. */
  announce(): void {
    this.events.publish('configChanged', {});
  }
}
