import type { DataSource } from 'typeorm';
import type { NodeSample } from '../../platform/events/topics.js';
import { isUuid } from '../nodes/index.js';

/** Reads the newest sample of these nodes, or of all. */
export type CurrentSamples = (nodeIds: string[] | undefined) => Promise<NodeSample[]>;

export const currentSamples =
  (db: DataSource): CurrentSamples =>
  async (nodeIds) =>
    await db.query<NodeSample[]>(
      `SELECT node_id AS "nodeId", to_json(sampled_at)#>>'{}' AS at, cpu, memory, disk, load_average AS "loadAverage",
         uplink_rate AS "uplinkRate", downlink_rate AS "downlinkRate", connections, online_users AS "onlineUsers"
       FROM node_status WHERE sampled_at IS NOT NULL AND ($1::uuid[] IS NULL OR node_id = ANY($1))`,
      [nodeIds?.filter(isUuid) ?? null],
    );
