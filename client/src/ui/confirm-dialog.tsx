import { AlertDialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { useFocusReturn } from './use-focus-return';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  children?: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
}

/** Says what will happen before it does. Stays open while `busy`, so that a refusal can be shown inside. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, confirmLabel, cancelLabel, danger, busy, disabled, onConfirm } = props;
  const returnFocus = useFocusReturn(open);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-3 bottom-3 z-50 animate-enter rounded-xl border border-line-strong bg-raised shadow-float outline-none md:inset-0 md:m-auto md:h-fit md:max-w-md"
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onConfirm();
            }}
          >
            <div className="px-5 pt-4 pb-4">
              <Primitive.Title className="text-lg leading-6 font-semibold tracking-tight wrap-anywhere">
                {title}
              </Primitive.Title>
              <Primitive.Description asChild>
                <div className="mt-1.5 space-y-2 text-sm text-fg2">{children}</div>
              </Primitive.Description>
            </div>
            <div className="flex justify-end gap-2 border-t border-line px-5 py-3">
              <Primitive.Cancel asChild>
                <Button size="md">{cancelLabel}</Button>
              </Primitive.Cancel>
              <Button type="submit" size="md" variant={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
                {confirmLabel}
              </Button>
            </div>
          </form>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
