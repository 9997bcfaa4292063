import type { ReactNode } from 'react';

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd
    dir="ltr"
    className="inline-grid h-5 min-w-5 place-items-center rounded border border-line-strong bg-panel px-1 font-sans text-2xs text-fg2"
  >
    {children}
  </kbd>
);
