import type { DataSource } from 'typeorm';
import { metricLoaders, type MetricHistory } from './domains/metrics/index.js';
import { nodeLoaders } from './domains/nodes/index.js';

/** One set for each request or subscription; they batch and never cache. */
export const createLoaders = (db: DataSource, history: MetricHistory) => ({
  ...nodeLoaders(db),
  ...metricLoaders(history),
});

export type Loaders = ReturnType<typeof createLoaders>;
