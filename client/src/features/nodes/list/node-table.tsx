import { useTranslation } from '../../../i18n';
import { VirtualTable } from '../../../list/virtual-table';
import { CARD_HEIGHT } from './columns';
import type { ListParams } from './list-params';
import type { Row } from './list-source';
import { NodeCard, NodeRow } from './node-row';
import { TableHeader } from './table-header';
import type { NodeList } from './use-node-list';

interface NodeTableProps {
  nodes: NodeList;
  params: ListParams;
  onSort: (field: ListParams['sort']) => void;
  selected: ReadonlySet<string>;
  onSelect: (row: Row, range: boolean) => void;
  onSelectAll: () => void;
  gone: ReadonlySet<string>;
  stale: boolean;
}

export function NodeTable({ nodes, params, onSort, selected, onSelect, onSelectAll, gone, stale }: NodeTableProps) {
  const { t } = useTranslation();
  const loaded = nodes.state.loadedRows();
  const all = loaded.length > 0 && loaded.every(({ id }) => selected.has(id));
  return (
    <VirtualTable
      label={t('nodes.title')}
      rows={nodes}
      cardHeight={CARD_HEIGHT}
      hrefOf={({ id }) => `/nodes/${id}`}
      onSelect={(row) => onSelect(row, false)}
      header={
        <TableHeader
          params={params}
          onSort={onSort}
          selection={all || (selected.size > 0 ? 'indeterminate' : false)}
          onSelectAll={onSelectAll}
        />
      }
    >
      {({ row, index, top, phone, current }) => {
        const RowView = phone ? NodeCard : NodeRow;
        return (
          <RowView
            row={row}
            index={index}
            top={top}
            selected={selected.has(row.id)}
            current={current}
            gone={gone.has(row.id)}
            stale={stale}
            onSelect={onSelect}
          />
        );
      }}
    </VirtualTable>
  );
}
