import { useTranslation } from '../i18n';
import { Skeleton } from '../ui/skeleton';

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className="space-y-4 px-4 pt-5 md:px-6">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-22 w-full rounded-lg" />
      <Skeleton className="h-80 w-full rounded-lg" />
    </div>
  );
}
