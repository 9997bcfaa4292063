import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button, type ButtonProps } from './button';
import { copyText } from './copy-text';

interface CopyButtonProps extends Omit<ButtonProps, 'children'> {
  text: string;
  label: string;
  copiedLabel: string;
  iconOnly?: boolean;
}

export function CopyButton({ text, label, copiedLabel, iconOnly, ...rest }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    await copyText(text);
    setCopied(true);
    toast.success(copiedLabel);
  }

  const Icon = copied ? Check : Copy;
  return (
    <Button
      size={iconOnly ? 'icon' : 'sm'}
      {...(iconOnly && { 'aria-label': label })}
      {...rest}
      onClick={() => void copy()}
    >
      <Icon className="size-3.5" aria-hidden />
      {!iconOnly && (copied ? copiedLabel : label)}
    </Button>
  );
}
