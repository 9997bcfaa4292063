import { ListFilter, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n';
import { Button } from '../ui/button';
import { useDebounced } from '../ui/use-debounced';

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** What is typed shows at once; the panel is asked when the typing pauses. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
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
        placeholder={label}
        aria-label={label}
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
