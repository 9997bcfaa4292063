import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../i18n';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { Popover } from '../ui/popover';
import { GroupPicker } from './group-picker';
import { useGroupOptions } from './use-group-options';

interface GroupFilterProps {
  value: readonly string[];
  onChange: (groupIds: string[]) => void;
}

/** A button that opens the list of groups, and a chip for each chosen one. */
export function GroupFilter({ value, onChange }: GroupFilterProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Popover
        label={t('groups.filter')}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button>
            {t('groups.one')}
            <ChevronDown className="size-3 text-fg3" aria-hidden />
          </Button>
        }
      >
        <GroupPicker value={value} onChange={onChange} />
      </Popover>
      {value.length > 0 && <ChosenGroups value={value} onChange={onChange} />}
    </>
  );
}

function ChosenGroups({ value, onChange }: GroupFilterProps) {
  const { t } = useTranslation();
  const { options } = useGroupOptions();
  return value.map((id) => {
    const name = options?.find((option) => option.id === id)?.name ?? '…';
    return (
      <Chip
        key={id}
        className="h-7 rounded-md border-line-strong bg-panel ps-2 pe-0.5 text-xs text-fg2 max-md:order-3 pointer-coarse:h-9"
      >
        <bdi className="max-w-40 truncate">{name}</bdi>
        <Button
          variant="ghost"
          className="size-6 p-0 pointer-coarse:size-6"
          aria-label={t('common.remove', { name })}
          onClick={() => onChange(value.filter((other) => other !== id))}
        >
          <X className="size-3" aria-hidden />
        </Button>
      </Chip>
    );
  });
}
