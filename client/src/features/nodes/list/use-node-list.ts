import { type ShownList, usePagedList } from '../../../list/use-paged-list';
import { type ListParams, toFilter, toOrder } from './list-params';
import { nodePages, type Row } from './list-source';

export type NodeList = ShownList<Row>;

export function useNodeList(params: ListParams): NodeList {
  const filter = toFilter(params);
  const order = toOrder(params);
  return usePagedList(JSON.stringify([filter, order]), (client) => nodePages(client, filter, order));
}
