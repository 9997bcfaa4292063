import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { groupBy } from '../../platform/group-by.js';

/** Ids of the nodes that have yet to hear of a user's newest change; batches, never caches. */
export const pendingNodesOfUserLoader = (db: DataSource) =>
  new DataLoader<string, string[]>(
    async (userIds) => {
      const rows = await db.query<{ user_id: string; node_id: string }[]>(
        `SELECT DISTINCT c.user_id, g.node_id FROM (
           SELECT u.id AS user_id, m.group_id, u.version FROM users u JOIN user_groups m ON m.user_id = u.id
           WHERE u.id = ANY($1)
           UNION ALL SELECT d.user_id, d.group_id, d.version FROM user_departures d WHERE d.user_id = ANY($1)
         ) c JOIN group_nodes g ON g.group_id = c.group_id JOIN node_sync y ON y.node_id = g.node_id
         WHERE coalesce(y.applied_version, 0) < c.version`,
        [userIds],
      );
      const byUser = groupBy(rows, (row) => row.user_id);
      return userIds.map((id) => (byUser.get(id) ?? []).map((row) => row.node_id));
    },
    { cache: false, maxBatchSize: 1_000 },
  );
