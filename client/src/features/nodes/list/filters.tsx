import { ListFilter, Tag, X } from 'lucide-react';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Chip } from '../../../ui/chip';
import { Field, Input } from '../../../ui/field';
import { formText } from '../../../ui/form-text';
import { Popover } from '../../../ui/popover';
import { Segmented } from '../../../ui/segmented';
import { ToneIcon } from '../../../ui/tone-icon';
import { STATUS_TONE } from '../node-status';
import { useDebounced } from '../use-node-search';
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
      <SearchBox value={params.search} onChange={(search) => onChange({ search })} />
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

/** What is typed shows at once; the panel is asked when the typing pauses. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const settled = useDebounced(text, 220);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (settled !== value && settled === text) onChange(settled);
    // oxlint-disable-next-line react/exhaustive-deps -- only a pause in the typing may ask
  }, [settled]);
  return (
    <div className="flex h-7 w-64 items-center gap-2 rounded-md border border-field bg-panel ps-2 text-xs focus-within:border-accent max-md:flex-1 pointer-coarse:h-9">
      <ListFilter className="size-3.5 shrink-0 text-fg3" aria-hidden />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (text) setText('');
          else event.currentTarget.blur();
        }}
        placeholder={t('nodes.filter')}
        aria-label={t('nodes.filter')}
        className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-fg3 pointer-coarse:text-base [&::-webkit-search-cancel-button]:hidden"
      />
      {text && (
        <Button
          variant="ghost"
          className="size-6 p-0 pointer-coarse:size-8"
          aria-label={t('nodes.clearFilter')}
          onClick={() => setText('')}
        >
          <X className="size-3.5" aria-hidden />
        </Button>
      )}
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
