import type { ReactNode } from 'react';
import { cn } from './cn';

export const Chip = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span
    className={cn(
      'inline-flex min-w-0 items-center gap-1 rounded border border-line px-1 text-2xs leading-4 font-normal text-fg3',
      className,
    )}
  >
    {children}
  </span>
);
