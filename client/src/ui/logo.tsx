import { cn } from './cn';

export const Logo = ({ className }: { className?: string }) => (
  <span className={cn('grid size-5.5 shrink-0 place-items-center rounded-md bg-fg text-bg', className)} aria-hidden>
    <svg viewBox="0 0 16 16" className="size-[64%]">
      <path
        d="m2.5 3 5.5 10L13.5 3"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  </span>
);
