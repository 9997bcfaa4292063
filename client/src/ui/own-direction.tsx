import type { ReactNode } from 'react';
import { cn } from './cn';

/**
 * One line of text from elsewhere (an address, the agent's words): it reads in its own direction, is cut off at its own end,
 * and still stands where the page begins its lines.
 */
export const OwnDirection = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span dir="auto" className={cn('block truncate text-left in-[[dir=rtl]]:text-right', className)}>
    {children}
  </span>
);
