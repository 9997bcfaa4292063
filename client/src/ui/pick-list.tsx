import { Search, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button';
import { Checkbox } from './checkbox';
import { Chip } from './chip';
import { cn } from './cn';
import { controlClasses } from './field';

export interface PickOption {
  id: string;
  name: string;
  detail?: string | undefined;
}

interface PickListProps {
  label: string;
  /** Undefined while they are on their way. */
  options: readonly PickOption[] | undefined;
  /** The chosen ones; they need not be among the options. */
  chosen: readonly PickOption[];
  onChange: (chosen: PickOption[]) => void;
  searchLabel: string;
  emptyText: string;
  loadingText: string;
  removeLabel: (name: string) => string;
  /** Told what is typed, where the options are found elsewhere; without it they are filtered here. */
  onSearch?: (text: string) => void;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
}

/** So many options are seen at a glance. */
const SEARCH_FROM = 7;

/** Several of many: the chosen as chips, all of them as a list with boxes, found by typing. */
export function PickList(props: PickListProps) {
  const { label, options, chosen, onChange, searchLabel, emptyText, loadingText, removeLabel, onSearch } = props;
  const { hint, error, className } = props;
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = onSearch ? options : options?.filter((option) => matches(option, wanted));
  const searchable = onSearch !== undefined || (options?.length ?? 0) >= SEARCH_FROM;
  const ids = new Set(chosen.map((option) => option.id));
  const toggle = (option: PickOption) =>
    onChange(ids.has(option.id) ? chosen.filter((other) => other.id !== option.id) : [...chosen, option]);
  const note = error ?? hint;
  return (
    <fieldset className={cn('min-w-0', className)} aria-describedby={note ? `${id}-note` : undefined}>
      <legend className="mb-1 text-xs font-medium text-fg2">{label}</legend>
      {searchable && chosen.length > 0 && (
        <ul className="mb-1.5 flex max-h-20 flex-wrap gap-1 overflow-y-auto">
          {chosen.map((option) => (
            <li key={option.id}>
              <Chip className="h-6 ps-2 pe-0.5 text-xs text-fg2">
                <bdi className="max-w-40 truncate">{option.name}</bdi>
                <Button
                  variant="ghost"
                  className="size-5 p-0 pointer-coarse:size-6"
                  aria-label={removeLabel(option.name)}
                  onClick={() => toggle(option)}
                >
                  <X className="size-3" aria-hidden />
                </Button>
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <div className={cn('overflow-hidden rounded-md border border-field bg-panel', error && 'border-bad')}>
        {searchable && (
          <div className="flex items-center border-b border-line ps-2.5">
            <Search className="size-3.5 shrink-0 text-fg3" aria-hidden />
            <input
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                onSearch?.(event.target.value);
              }}
              // Enter would send the form around it.
              onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              placeholder={searchLabel}
              aria-label={searchLabel}
              autoComplete="off"
              className={cn(controlClasses, 'border-0 bg-transparent px-2 text-xs focus-visible:outline-none')}
            />
          </div>
        )}
        <ul className="thin-scroll max-h-40 overflow-y-auto p-1">
          {shown?.map((option) => (
            <li key={option.id}>
              <label className="flex min-h-7.5 items-center gap-2.5 rounded px-1.5 text-sm hover:bg-hover pointer-coarse:min-h-10">
                <Checkbox checked={ids.has(option.id)} onCheckedChange={() => toggle(option)} data-option={option.id} />
                <bdi className="truncate">{option.name}</bdi>
                {option.detail && (
                  <span className="ms-auto truncate ps-3 text-2xs text-fg3">
                    <bdi>{option.detail}</bdi>
                  </span>
                )}
              </label>
            </li>
          ))}
          {(!shown || shown.length === 0) && (
            <li className="px-2 py-2 text-xs text-fg3">{shown ? emptyText : loadingText}</li>
          )}
        </ul>
      </div>
      {note && (
        <p
          id={`${id}-note`}
          className={cn('mt-1 text-2xs leading-4', error ? 'text-bad' : 'text-fg3')}
          {...(error && { role: 'alert' })}
        >
          {note}
        </p>
      )}
    </fieldset>
  );
}

const matches = ({ name, detail }: PickOption, wanted: string): boolean =>
  name.toLowerCase().includes(wanted) || (detail?.toLowerCase().includes(wanted) ?? false);
