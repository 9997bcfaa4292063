import { Search } from 'lucide-react';
import { useTranslation } from '../i18n';
import { useRegistry } from '../plugin';
import { BottomLink } from './nav-link';
import { UserMenu } from './user-menu';

interface BottomBarProps {
  onSearch: () => void;
  onHelp: () => void;
}

/** The navigation of a phone, within reach of the thumb. */
export function BottomBar({ onSearch, onHelp }: BottomBarProps) {
  const { t } = useTranslation();
  const { navItems } = useRegistry();
  return (
    <nav
      aria-label={t('shell.main')}
      className="flex h-14 shrink-0 items-stretch gap-1 border-t border-line bg-panel px-2 pb-[env(safe-area-inset-bottom)] box-content md:hidden"
    >
      {navItems.map((item) => (
        <BottomLink key={item.to} item={item} />
      ))}
      <button
        type="button"
        onClick={onSearch}
        className="flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-fg3"
      >
        <Search className="size-5" aria-hidden />
        <span className="max-w-full truncate">{t('shell.find')}</span>
      </button>
      <UserMenu onHelp={onHelp} compact />
    </nav>
  );
}
