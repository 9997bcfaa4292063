import { cn } from './cn';

interface AmountProps {
  value: string;
  unit: string;
  className?: string;
  unitClassName?: string;
}

/** A number with its unit, in this order also on a right-to-left page. */
export const Amount = ({ value, unit, className, unitClassName }: AmountProps) => (
  <span dir="ltr" className={cn('num inline-block whitespace-nowrap', className)}>
    {value} <span className={unitClassName}>{unit}</span>
  </span>
);
