import type { ReactNode } from 'react';
import { cn } from './cn';
import { type Tone, ToneIcon } from './tone-icon';

const COLORS: Record<Tone, string> = {
  ok: 'border-ok/25 bg-ok-soft',
  warn: 'border-warn/25 bg-warn-soft',
  bad: 'border-bad/25 bg-bad-soft',
  waiting: 'border-info/25 bg-info-soft',
  off: 'border-line bg-panel',
};

interface NoticeProps {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
  className?: string;
}

/** One thing that the reader should know, with what can be done about it. */
export function Notice({ tone, title, children, action, role, className }: NoticeProps) {
  return (
    <div
      role={role}
      className={cn('flex items-start gap-2.5 rounded-lg border px-3 py-2 text-sm', COLORS[tone], className)}
    >
      <ToneIcon tone={tone} className="mt-0.5" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title && <p className="font-medium text-fg">{title}</p>}
        {children && <div className="text-fg2">{children}</div>}
      </div>
      {action && <div className="-my-0.5 shrink-0">{action}</div>}
    </div>
  );
}
