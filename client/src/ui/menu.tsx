import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
}

export function Menu({ trigger, children, align = 'end', side = 'bottom', className }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 min-w-48 animate-enter rounded-lg border border-line-strong bg-raised p-1 text-sm shadow-float',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const item =
  'flex h-7.5 cursor-default items-center gap-2.5 rounded-md px-2 text-fg2 outline-none select-none data-disabled:opacity-45 data-highlighted:bg-lit data-highlighted:text-fg pointer-coarse:h-10 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-fg3';

interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  icon?: ReactNode;
  danger?: boolean;
}

export function MenuItem({ icon, danger, children, className, ...rest }: MenuItemProps) {
  const tone = danger && 'text-bad data-highlighted:bg-bad-soft data-highlighted:text-bad [&>svg]:text-bad';
  return (
    <Primitive.Item className={cn(item, tone, className)} {...rest}>
      {icon}
      {children}
    </Primitive.Item>
  );
}

interface MenuChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode; lang?: string }[];
}

/** One of several; the chosen one carries a tick. */
export function MenuChoice({ label, value, onChange, options }: MenuChoiceProps) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {options.map((option) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={item} lang={option.lang}>
          {option.icon}
          {option.label}
          <Primitive.ItemIndicator className="ms-auto ps-4 text-accent">
            <Check className="size-3.5" aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Primitive.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-fg3">{children}</Primitive.Label>
);

export const MenuSeparator = () => <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
