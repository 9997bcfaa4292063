import { cn } from './cn';

interface MeterProps {
  /** 0 to 1. */
  value: number;
  label: string;
  className?: string;
}

export const AMBER_FROM = 0.7;
export const RED_FROM = 0.85;

/** Grey while there is room, amber when it gets narrow, red when it is full. */
export function Meter({ value, label, className }: MeterProps) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn('block h-1 overflow-hidden rounded-full bg-track', className)}
    >
      <span
        className={cn(
          'block h-full rounded-full',
          share >= RED_FROM ? 'bg-bad' : share >= AMBER_FROM ? 'bg-warn' : 'bg-bar',
        )}
        style={{ width: `${share > 0 ? Math.max(3, share * 100) : 0}%` }}
      />
    </span>
  );
}
