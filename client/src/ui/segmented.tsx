import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; icon?: ReactNode; count?: string | undefined; lang?: string }[];
  className?: string;
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, value, onChange, options, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
      aria-label={label}
      className={cn(
        'thin-scroll flex h-7 max-w-full items-center overflow-x-auto rounded-md border border-line-strong bg-panel p-0.5 pointer-coarse:h-9',
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          lang={option.lang}
          className="num flex h-full shrink-0 items-center gap-1.5 rounded px-2 text-xs whitespace-nowrap text-fg2 transition-colors hover:text-fg focus-visible:-outline-offset-2 data-[state=on]:bg-hover data-[state=on]:font-medium data-[state=on]:text-fg"
        >
          {option.icon}
          {option.label}
          {option.count !== undefined && <span className="font-normal text-fg3">{option.count}</span>}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
