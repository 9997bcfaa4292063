import { expect, it } from 'vitest';
import { addNews, NO_NEWS } from './list-news';

const tell = (...changes: ['CREATED' | 'UPDATED' | 'DELETED', string][]) =>
  changes.map(([kind, nodeId]) => ({ kind, nodeId })).reduce(addNews, NO_NEWS);

it('counts nodes that came and went, each once', () => {
  const news = tell(['CREATED', 'a'], ['CREATED', 'a'], ['UPDATED', 'x'], ['DELETED', 'b']);
  expect([...news.created]).toEqual(['a']);
  expect([...news.deleted]).toEqual(['b']);
});

it('has nothing to tell of a node that came and went unseen', () => {
  expect(tell(['CREATED', 'a'], ['DELETED', 'a'])).toEqual(NO_NEWS);
});
