import type { Row, Target } from './list-source';

export function toTarget(row: Row): Target {
  return { id: row.id, name: row.name, connections: row.metrics?.connections ?? 0 };
}
