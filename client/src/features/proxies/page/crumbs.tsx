import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTranslation } from '../../../i18n';

export function Crumbs({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link to="/proxies" className="font-normal text-fg3 hover:text-fg hover:underline">
        {t('proxies.title')}
      </Link>
      <ChevronRight className="size-3.5 text-fg3 rtl:-scale-x-100" aria-hidden />
      {children}
    </span>
  );
}
