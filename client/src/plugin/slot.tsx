import { RotateCw, TriangleAlert } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from '../i18n';
import { Button } from '../ui/button';
import { Placeholder } from '../ui/placeholder';

interface SlotProps {
  /** What stopped working, should it. */
  name: string;
  /** A change of it gives what failed another chance. */
  resetKey?: string;
  fallback?: ReactNode;
  children: ReactNode;
}

/** Where a plugin draws. What fails in here fails alone. */
export function Slot({ name, resetKey, fallback = null, children }: SlotProps) {
  return (
    <ErrorBoundary resetKeys={[resetKey]} fallbackRender={crashed(name)}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorBoundary>
  );
}

const crashed = (name: string) => (props: Omit<CrashedProps, 'name'>) => <Crashed name={name} {...props} />;

interface CrashedProps {
  name: string;
  error: unknown;
  resetErrorBoundary: () => void;
}

function Crashed({ name, error, resetErrorBoundary }: CrashedProps) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Placeholder
        icon={<TriangleAlert className="text-warn" />}
        title={t('errors.crashed', { name })}
        action={
          <Button onClick={resetErrorBoundary}>
            <RotateCw className="size-3.5" aria-hidden />
            {t('common.retry')}
          </Button>
        }
      >
        {t('errors.crashedHint')}
        <bdi className="mt-2 block font-mono text-2xs wrap-anywhere">
          {error instanceof Error ? error.message : String(error)}
        </bdi>
      </Placeholder>
    </div>
  );
}
