import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { useFocusReturn } from './use-focus-return';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  closeLabel: string;
  size?: 'sm' | 'md' | 'lg';
  footer?: ReactNode;
  children?: ReactNode;
  /** Asked before a click outside or Escape closes; `false` keeps the dialog. */
  mayDismiss?: () => boolean;
  /** Asked when it closes; `false` leaves the focus to what was chosen in it. */
  mayReturnFocus?: () => boolean;
}

const WIDTHS = { sm: 'md:max-w-md', md: 'md:max-w-lg', lg: 'md:max-w-2xl' };

/** In the middle of a wide screen; a sheet from below on a phone. */
export function Dialog(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    closeLabel,
    size = 'md',
    footer,
    children,
    mayDismiss,
    mayReturnFocus,
  } = props;
  const returnFocus = useFocusReturn(open);
  const guard = (event: Event) => {
    if (mayDismiss && !mayDismiss()) event.preventDefault();
  };
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          onPointerDownOutside={guard}
          onEscapeKeyDown={guard}
          onCloseAutoFocus={(event) => (mayReturnFocus?.() === false ? event.preventDefault() : returnFocus(event))}
          {...(!description && { 'aria-describedby': undefined })}
          className={cn(
            'fixed z-50 flex flex-col border border-line-strong bg-raised shadow-float outline-none',
            'inset-x-0 bottom-0 max-h-[92dvh] animate-drawer rounded-t-2xl',
            'md:inset-0 md:m-auto md:h-fit md:max-h-[min(88dvh,860px)] md:animate-enter md:rounded-xl',
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Primitive.Title className="text-lg leading-6 font-semibold tracking-tight wrap-anywhere">
                {title}
              </Primitive.Title>
              {description && (
                <Primitive.Description className="mt-0.5 text-sm text-fg3">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" className="-me-1.5 ms-auto" aria-label={closeLabel}>
                <X className="size-4" aria-hidden />
              </Button>
            </Primitive.Close>
          </header>
          <div className="thin-scroll min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
