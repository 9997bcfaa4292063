import { CircleAlert } from 'lucide-react';
import { createContext, type ComponentProps, type ReactNode, use, useId } from 'react';
import { cn } from './cn';

interface FieldContext {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const Context = createContext<FieldContext | undefined>(undefined);

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: string;
  className?: string;
  children: ReactNode;
}

/** A label, one control, and what is said about it. The control finds its id and description by itself. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cn('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 flex items-baseline gap-1.5 text-xs font-medium text-fg2">
        {label}
        {optional && <span className="text-2xs font-normal text-fg3">{optional}</span>}
      </label>
      <Context value={{ id, describedBy: note ? `${id}-note` : undefined, invalid: Boolean(error) }}>
        {children}
      </Context>
      {note && (
        <p
          id={`${id}-note`}
          className={cn('mt-1 flex gap-1 text-2xs leading-4', error ? 'text-bad' : 'text-fg3')}
          {...(error && { role: 'alert' })}
        >
          {error && <CircleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />}
          <span className="min-w-0">{note}</span>
        </p>
      )}
    </div>
  );
}

function useFieldProps() {
  const field = use(Context);
  return {
    id: field?.id,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
  };
}

export const controlClasses =
  'h-8 w-full min-w-0 rounded-md border border-field bg-panel px-2.5 text-sm text-fg transition-colors placeholder:text-fg3 hover:border-fg3 focus-visible:border-accent aria-invalid:border-bad disabled:opacity-60 pointer-coarse:h-10 pointer-coarse:text-base';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldProps()} className={cn(controlClasses, className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea {...useFieldProps()} className={cn(controlClasses, 'h-auto min-h-16 py-1.5', className)} {...rest} />
  );
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...useFieldProps()} className={cn(controlClasses, 'pe-1', className)} {...rest} />;
}
