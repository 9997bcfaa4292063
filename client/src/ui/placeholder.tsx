import type { ReactNode } from 'react';
import { cn } from './cn';

interface PlaceholderProps {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** In place of content that is not there, with the next step. */
export function Placeholder({ icon, title, children, action, className }: PlaceholderProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center px-6 py-14 text-center', className)}>
      <span className="mb-3 grid size-10 place-items-center rounded-xl border border-line bg-panel text-fg3 shadow-lift [&>svg]:size-5">
        {icon}
      </span>
      <p className="text-base font-medium">{title}</p>
      {children && <p className="mt-1 max-w-md text-sm text-fg3">{children}</p>}
      {action && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  );
}
