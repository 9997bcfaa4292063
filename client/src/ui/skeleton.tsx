import { cn } from './cn';

/** Where something is about to be. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cn('block animate-pulse rounded bg-track', className)} />
);
