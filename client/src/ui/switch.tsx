import { Switch as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** On or off, at once. */
export function Switch({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        'relative h-4.5 w-8 shrink-0 rounded-full border border-field bg-track transition-colors after:absolute after:-inset-2 hover:border-fg3 disabled:opacity-50',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        className,
      )}
      {...rest}
    >
      <Primitive.Thumb className="block size-3 translate-x-0.5 rounded-full bg-fg3 transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-fg rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-4" />
    </Primitive.Root>
  );
}
