import { Tag, X } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { useFormat, useTranslation } from '../../../i18n';
import { SearchBox } from '../../../list/search-box';
import { Button } from '../../../ui/button';
import { Chip } from '../../../ui/chip';
import { Field, Input } from '../../../ui/field';
import { formText } from '../../../ui/form-text';
import { Popover } from '../../../ui/popover';
import { Segmented } from '../../../ui/segmented';
import { ToneIcon } from '../../../ui/tone-icon';
import { GroupFilter } from '../../../fleet/group-filter';
import { STATUS_TONE } from '../../../fleet/node-status';
import { type ListParams, STATUS_CHOICES } from './list-params';
import type { ClusterFigures } from './use-cluster';

interface FiltersProps {
  params: ListParams;
  onChange: (change: Partial<ListParams>) => void;
  counts: ClusterFigures['nodesByStatus'];
  total: number | undefined;
}

export function Filters({ params, onChange, counts, total }: FiltersProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const countOf = (status: string) =>
    status === 'ALL'
      ? total
      : (counts.find((entry) => entry.status === status)?.count ?? (total === undefined ? undefined : 0));
  // Nodes are seldom switched off: the choice takes room only when some are.
  const choices = STATUS_CHOICES.filter(
    (status) => status !== 'DISABLED' || params.status === status || countOf(status),
  );
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pt-4 pb-3 md:px-6">
      <SearchBox label={t('nodes.filter')} value={params.search} onChange={(search) => onChange({ search })} />
      <Segmented
        className="max-md:order-2"
        label={t('status.label')}
        value={params.status}
        onChange={(status) => onChange({ status })}
        options={choices.map((value) => {
          const count = countOf(value);
          return {
            value,
            label: value === 'ALL' ? t('status.all') : t(`status.${value}`),
            icon: value !== 'ALL' && <ToneIcon tone={STATUS_TONE[value]} />,
            count: count === undefined ? undefined : number(count),
          };
        })}
      />
      <GroupFilter value={params.groupIds} onChange={(groupIds) => onChange({ groupIds })} />
      <TagFilter tags={params.tags} onChange={(tags) => onChange({ tags })} />
      {params.tags.map((tag) => (
        <Chip
          key={`${tag.key}=${tag.value}`}
          className="h-7 max-md:order-3 rounded-md border-line-strong bg-panel ps-2 pe-0.5 text-xs text-fg2"
        >
          <bdi dir="ltr">
            {tag.key}={tag.value}
          </bdi>
          <Button
            variant="ghost"
            className="size-6 p-0 pointer-coarse:size-6"
            aria-label={t('common.remove', { name: `${tag.key}=${tag.value}` })}
            onClick={() => onChange({ tags: params.tags.filter((other) => other !== tag) })}
          >
            <X className="size-3" aria-hidden />
          </Button>
        </Chip>
      ))}
    </div>
  );
}

function TagFilter({ tags, onChange }: { tags: ListParams['tags']; onChange: (tags: ListParams['tags']) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const key = formText(form, 'key').trim();
    const value = formText(form, 'value').trim();
    if (!key || !value) return;
    onChange([...tags.filter((tag) => tag.key !== key), { key, value }]);
    setOpen(false);
  }

  return (
    <Popover
      label={t('nodes.tagApply')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Tag className="size-3.5 text-fg3" aria-hidden />
          {t('nodes.tag')}
        </Button>
      }
    >
      <form onSubmit={submit} className="space-y-3">
        <div className="grid grid-cols-2 gap-2">
          <Field label={t('nodes.tagKey')}>
            <Input name="key" placeholder="region" required autoFocus dir="ltr" />
          </Field>
          <Field label={t('nodes.tagValue')}>
            <Input name="value" placeholder="eu" required dir="ltr" />
          </Field>
        </div>
        <Button type="submit" variant="primary" className="w-full">
          {t('nodes.tagApply')}
        </Button>
      </form>
    </Popover>
  );
}
