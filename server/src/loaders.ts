import type { DataSource } from 'typeorm';
import { loadTrendLoader, type MetricHistory } from './domains/metrics/index.js';
import { nodeLoader } from './domains/nodes/index.js';

/**
 * One set for each request or subscription, each made when it is first asked for: most operations, an agent's report
 * above all, need none. They batch and never cache.
 */
export class Loaders {
  private nodes: ReturnType<typeof nodeLoader> | undefined;
  private trends: ReturnType<typeof loadTrendLoader> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly history: MetricHistory,
  ) {}

  get node(): ReturnType<typeof nodeLoader> {
    this.nodes ??= nodeLoader(this.db);
    return this.nodes;
  }

  get loadTrend(): ReturnType<typeof loadTrendLoader> {
    this.trends ??= loadTrendLoader(this.history);
    return this.trends;
  }
}
