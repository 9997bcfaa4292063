import { Toaster as Sonner } from 'sonner';
import { useTheme } from './theme';

export function Toaster({ label, rtl }: { label: string; rtl: boolean }) {
  return (
    <Sonner
      theme={useTheme()}
      dir={rtl ? 'rtl' : 'ltr'}
      position={rtl ? 'bottom-left' : 'bottom-right'}
      containerAriaLabel={label}
      toastOptions={{
        style: {
          background: 'var(--raised)',
          color: 'var(--fg)',
          borderColor: 'var(--line-strong)',
          boxShadow: 'var(--float)',
          fontFamily: 'inherit',
        },
      }}
    />
  );
}
