import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { createStore, useStore } from '../graphql/store';
import { LiveBadge } from '../graphql/live-badge';
import { cn } from '../ui/cn';

const pageTitle = createStore('');
/** The title of the page on screen; the shell puts the number of problems before it. */
export const usePageTitle = () => useStore(pageTitle);

interface PageProps {
  title: string;
  /** In place of the plain title, when it needs more than text. */
  heading?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Content that scrolls by itself fills the height of the window. */
  fill?: boolean | undefined;
  children: ReactNode;
}

/** The frame of a page: heading, live badge, actions. */
export function Page({ title, heading, subtitle, actions, fill, children }: PageProps) {
  useEffect(() => pageTitle.set(title), [title]);
  const ref = useRef<HTMLHeadingElement>(null);
  useFocusAfterNavigation(ref);
  return (
    <div className={cn('mx-auto flex min-h-full w-full max-w-[1680px] flex-col', fill && 'md:h-full')}>
      <header className="flex flex-wrap items-start gap-x-2 gap-y-3 px-4 pt-4 pb-4 md:px-6 md:pt-5">
        <div className={cn('flex-1', heading ? 'min-w-[min(100%,14rem)]' : 'min-w-min')}>
          <h1
            ref={ref}
            tabIndex={-1}
            className={cn(
              'text-lg leading-6 font-semibold tracking-tight outline-none',
              heading ? 'wrap-anywhere' : 'wrap-break-word',
            )}
          >
            {heading ?? title}
          </h1>
          {subtitle && <div className="text-xs text-fg3">{subtitle}</div>}
        </div>
        <div className="flex max-w-full flex-wrap items-center justify-end gap-2">
          <LiveBadge />
          {actions}
        </div>
      </header>
      {children}
    </div>
  );
}

/** A reader that has followed a link begins at the heading of the new page. */
function useFocusAfterNavigation(heading: { readonly current: HTMLElement | null }): void {
  const firstPage = useLocation().key === 'default';
  const skip = useRef(firstPage);
  useEffect(() => {
    if (!skip.current) heading.current?.focus({ preventScroll: true });
  }, [heading]);
}
