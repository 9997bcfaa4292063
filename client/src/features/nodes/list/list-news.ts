import { useCallback, useState } from 'react';
import type { NodeChange } from '../node-events';

/** Nodes that came or went since the list was loaded. Rows do not move for them until the operator asks. */
export interface News {
  created: ReadonlySet<string>;
  deleted: ReadonlySet<string>;
}

export const NO_NEWS: News = { created: new Set(), deleted: new Set() };

export function addNews(news: News, { kind, nodeId }: Pick<NodeChange, 'kind' | 'nodeId'>): News {
  if (kind === 'CREATED') return { ...news, created: new Set(news.created).add(nodeId) };
  if (kind === 'UPDATED') return news;
  const created = new Set(news.created);
  // Came and went unseen: nothing to tell.
  if (created.delete(nodeId)) return { ...news, created };
  return { ...news, deleted: new Set(news.deleted).add(nodeId) };
}

export function useListNews() {
  const [news, setNews] = useState(NO_NEWS);
  const add = useCallback((changes: readonly NodeChange[]) => setNews((before) => changes.reduce(addNews, before)), []);
  const clear = useCallback(() => setNews(NO_NEWS), []);
  return { news, add, clear };
}
