import DataLoader from 'dataloader';
import type { MetricHistory } from './history.js';

export const loadTrendLoader = (history: MetricHistory) =>
  new DataLoader<string, (number | null)[]>(
    async (ids) => {
      const trends = await history.trends(ids);
      return ids.map((id) => trends.get(id) ?? []);
    },
    { cache: false, maxBatchSize: 1_000 },
  );
