import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/gen';
import { useTranslation } from '../i18n';
import { PickList, type PickOption } from '../ui/pick-list';
import { useDebounced } from '../ui/use-debounced';

const NodeOptions = graphql(`
  query NodeOptions($filter: NodeFilter) {
    nodes(first: 50, filter: $filter) {
      totalCount
      nodes {
        id
        name
        address
      }
    }
  }
`);

interface NodePickerProps {
  chosen: readonly PickOption[];
  onChange: (chosen: PickOption[]) => void;
  error?: string | undefined;
}

/** Any of thousands of nodes: the panel is asked for those that match what is typed. */
export function NodePicker({ chosen, onChange, error }: NodePickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 200);
  const [{ data }] = useQuery({
    query: NodeOptions,
    variables: { filter: search ? { search } : {} },
    requestPolicy: 'cache-and-network',
  });
  const options = data?.nodes.nodes.map(({ id, name, address }) => ({ id, name, detail: address }));
  const more = data ? data.nodes.totalCount - data.nodes.nodes.length : 0;
  return (
    <PickList
      label={t('nodes.title')}
      options={options}
      chosen={chosen}
      onChange={onChange}
      onSearch={setText}
      searchLabel={t('nodes.filter')}
      emptyText={t('nodes.noMatch')}
      loadingText={t('common.loading')}
      removeLabel={(name) => t('common.remove', { name })}
      hint={
        more > 0
          ? t('groups.moreNodes', { count: more })
          : chosen.length > 0 && t('bulk.selected', { count: chosen.length })
      }
      error={error}
    />
  );
}
