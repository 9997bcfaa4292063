import { RefreshCw } from 'lucide-react';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import type { News } from './list-news';

export function NewsPill({ news, onRefresh }: { news: News; onRefresh: () => void }) {
  const { t } = useTranslation();
  const { size: created } = news.created;
  const { size: deleted } = news.deleted;
  if (created + deleted === 0) return null;
  const parts = [
    created > 0 && t('nodes.created', { count: created }),
    deleted > 0 && t('nodes.deleted', { count: deleted }),
  ].filter(Boolean);
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-10 z-30 flex justify-center">
      <Button
        className="pointer-events-auto animate-enter rounded-full border-accent/40 ps-3 pe-3.5 shadow-float"
        onClick={onRefresh}
      >
        <RefreshCw className="size-3.5 text-accent" aria-hidden />
        {parts.join(' · ')} — {t('common.refresh')}
      </Button>
    </div>
  );
}
