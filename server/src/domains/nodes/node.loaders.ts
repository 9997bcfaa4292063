import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { Node } from './node.entity.js';
import { isUuid } from './node-id.js';
import { nodesByIds } from './node.rows.js';

/** Batches, never caches: a subscription keeps its loaders for hours. */
export const nodeLoader = (db: DataSource) =>
  new DataLoader<string, Node | null>(
    async (ids) => {
      const byId = new Map((await nodesByIds(db, ids.filter(isUuid))).map((node) => [node.id, node]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 1_000 },
  );
