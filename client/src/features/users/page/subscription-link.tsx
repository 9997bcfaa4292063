import { ExternalLink } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { CopyButton } from '../../../ui/copy-button';
import { Skeleton } from '../../../ui/skeleton';

const QrCode = lazy(() => import('./qr-code'));

/** The link to copy, to open, and as a code for the camera of a phone. */
export function SubscriptionLink({ url, children }: { url: string; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <div className="size-36 shrink-0 self-center rounded-lg bg-white p-2.5 shadow-lift sm:self-start">
        <Suspense fallback={<Skeleton className="size-full" />}>
          <QrCode text={url} label={t('users.qr')} />
        </Suspense>
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <bdi
          dir="ltr"
          data-link
          className="block rounded-md border border-line bg-bg px-2.5 py-2 font-mono text-xs leading-5 text-fg2 select-all wrap-anywhere"
        >
          {url}
        </bdi>
        <div className="flex flex-wrap gap-2">
          <CopyButton variant="primary" text={url} label={t('users.copyLink')} copiedLabel={t('users.linkCopied')} />
          <Button asChild>
            <a href={url} target="_blank" rel="noreferrer">
              <ExternalLink className="size-3.5 text-fg3" aria-hidden />
              {t('users.openLink')}
            </a>
          </Button>
          {children}
        </div>
        <p className="text-2xs leading-4 text-fg3">{t('users.linkHint')}</p>
      </div>
    </div>
  );
}
