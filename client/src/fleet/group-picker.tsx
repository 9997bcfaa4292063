import { useTranslation } from '../i18n';
import { PickList } from '../ui/pick-list';
import { type GroupOption, useGroupOptions } from './use-group-options';

interface GroupPickerProps {
  label?: string;
  value: readonly string[];
  onChange: (groupIds: string[]) => void;
  /** Their names, for those that the list of all may not have yet. */
  known?: readonly GroupOption[];
  options?: readonly GroupOption[] | undefined;
  hint?: string;
  error?: string | undefined;
  className?: string;
}

export function GroupPicker(props: GroupPickerProps) {
  return props.options ? <Picker {...props} /> : <LoadingPicker {...props} />;
}

function LoadingPicker(props: GroupPickerProps) {
  const { options } = useGroupOptions();
  return <Picker {...props} options={options} />;
}

function Picker({ label, value, onChange, known = [], options, ...rest }: GroupPickerProps) {
  const { t } = useTranslation();
  const chosen = value.map(
    (id) => [...(options ?? []), ...known].find((option) => option.id === id) ?? { id, name: id },
  );
  return (
    <PickList
      label={label ?? t('groups.title')}
      options={options}
      chosen={chosen}
      onChange={(next) => onChange(next.map(({ id }) => id))}
      searchLabel={t('groups.find')}
      emptyText={options?.length === 0 ? t('groups.none') : t('groups.noMatch')}
      loadingText={t('common.loading')}
      removeLabel={(name) => t('common.remove', { name })}
      {...rest}
    />
  );
}
