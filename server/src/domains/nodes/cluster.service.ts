import type { DataSource } from 'typeorm';
import { pageSize } from '../../platform/graphql/paging.js';
import type { Node } from './node.entity.js';
import { NodeOrderField, OrderDirection, type NodeHealth, type NodeStatus } from './node.enums.js';
import { listNodes } from './node.list.js';
import { STATUS } from './node.rows.js';
import type { Cluster } from './node.types.js';

interface CountRow {
  status: NodeStatus;
  health: NodeHealth;
  count: number;
  online_users: number;
  connections: number;
  uplink_rate: number;
  downlink_rate: number;
}

const sum = (rows: CountRow[], value: (row: CountRow) => number): number =>
  rows.reduce((total, row) => total + value(row), 0);

function countBy<K extends 'status' | 'health'>(rows: CountRow[], key: K): Map<CountRow[K], number> {
  const counts = new Map<CountRow[K], number>();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + row.count);
  return counts;
}

export class ClusterService {
  constructor(private readonly db: DataSource) {}

  async read(): Promise<Cluster> {
    const rows = await this.db.query<CountRow[]>(
      `SELECT ${STATUS} AS status, s.health, count(*)::int AS count,
         coalesce(sum(s.online_users) FILTER (WHERE s.connected), 0)::int AS online_users,
         coalesce(sum(s.connections) FILTER (WHERE s.connected), 0)::int AS connections,
         coalesce(sum(s.uplink_rate) FILTER (WHERE s.connected), 0) AS uplink_rate,
         coalesce(sum(s.downlink_rate) FILTER (WHERE s.connected), 0) AS downlink_rate
       FROM nodes n JOIN node_status s ON s.node_id = n.id LEFT JOIN node_sync y ON y.node_id = n.id GROUP BY 1, 2`,
    );
    return {
      totalNodes: sum(rows, (row) => row.count),
      nodesByHealth: [...countBy(rows, 'health')].map(([health, count]) => ({ health, count })),
      nodesByStatus: [...countBy(rows, 'status')].map(([status, count]) => ({ status, count })),
      onlineUsers: sum(rows, (row) => row.online_users),
      connections: sum(rows, (row) => row.connections),
      uplinkRate: sum(rows, (row) => row.uplink_rate),
      downlinkRate: sum(rows, (row) => row.downlink_rate),
    };
  }

  async nodesWithIssues(first: number): Promise<Node[]> {
    const orderBy = { field: NodeOrderField.STATUS, direction: OrderDirection.ASC };
    const { nodes } = await listNodes(this.db, { first: pageSize(first), filter: { hasIssues: true }, orderBy });
    return nodes;
  }
}
