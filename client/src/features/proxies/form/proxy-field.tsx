import type { ReactNode } from 'react';
import { Field } from '../../../ui/field';
import { ToneIcon } from '../../../ui/tone-icon';
import type { Problem } from '../problems';

interface ProxyFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  optional?: string;
  problems: readonly Problem[] | undefined;
  className?: string;
  children: ReactNode;
}

/** A field with what the panel says about it: what is wrong in place of the hint, what is doubtful below. */
export function ProxyField({ problems = [], className, ...field }: ProxyFieldProps) {
  const error = problems.find(({ severity }) => severity === 'error');
  return (
    <div data-problem={error?.path} className={className}>
      <Field {...field} error={error?.message} />
      <Warnings problems={problems} />
    </div>
  );
}

export const Warnings = ({ problems = [] }: { problems: readonly Problem[] | undefined }) =>
  problems
    .filter(({ severity }) => severity === 'warning')
    .map(({ path, message }) => (
      <p key={path} data-problem={path} className="mt-1 flex gap-1 text-2xs leading-4 text-warn">
        <ToneIcon tone="warn" className="mt-0.5 size-3" />
        <bdi className="min-w-0 wrap-anywhere">{message}</bdi>
      </p>
    ));

/** The same for what is more than one control. */
export function Problems({ problems = [] }: { problems: readonly Problem[] | undefined }) {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return (
    <>
      {errors.map(({ path, message }) => (
        <p key={path} role="alert" data-problem={path} className="mt-1 flex gap-1 text-2xs leading-4 text-bad">
          <ToneIcon tone="bad" className="mt-0.5 size-3" />
          <bdi className="min-w-0 wrap-anywhere">{message}</bdi>
        </p>
      ))}
      <Warnings problems={problems} />
    </>
  );
}
