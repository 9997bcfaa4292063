import type { PartitionedTable } from '../../platform/postgres/partitions.js';
import { OLDEST_SAMPLE_MS } from './sample.js';

const DAY_MS = 86_400_000;
/** A minute is folded anew from all its samples when one comes late: as long as one may, the others have to be there. */
const LEAST_RAW_DAYS = (OLDEST_SAMPLE_MS + 3_600_000) / DAY_MS;

/** Samples as they came for days, minutes for a month, hours for a year. */
export const metricTables = ({ metricsRetentionDays }: { metricsRetentionDays: number }): PartitionedTable[] => [
  { table: 'node_metrics', keptDays: Math.max(metricsRetentionDays, LEAST_RAW_DAYS) },
  { table: 'node_metrics_1m', keptDays: 30 },
  { table: 'node_metrics_1h', keptDays: 366 },
];
