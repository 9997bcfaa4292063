import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { matchPath, useLocation } from 'react-router';
import { useTranslation } from '../i18n';
import { useRegistry } from '../plugin';
import { cn } from '../ui/cn';
import { MoreSheet } from './more-sheet';
import { BOTTOM_ENTRY, BottomLink } from './nav-link';
import { phoneNav } from './phone-nav';

interface BottomBarProps {
  onSearch: () => void;
  onHelp: () => void;
}

/** The navigation of a phone, within reach of the thumb. */
export function BottomBar({ onSearch, onHelp }: BottomBarProps) {
  const { t } = useTranslation();
  const { shown, rest } = phoneNav(useRegistry().navItems);
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const isInside = rest.some(({ to }) => matchPath({ path: to, end: false }, pathname));
  return (
    <nav
      aria-label={t('shell.main')}
      className="flex h-14 shrink-0 items-stretch border-t border-line bg-panel px-1 pb-[env(safe-area-inset-bottom)] box-content md:hidden"
    >
      {shown.map((item) => (
        <BottomLink key={item.to} item={item} />
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        className={cn(BOTTOM_ENTRY, isInside && 'font-medium text-fg')}
      >
        <Ellipsis className="size-5" aria-hidden />
        <span className="max-w-full truncate">{t('shell.more')}</span>
      </button>
      {open && <MoreSheet items={rest} onClose={() => setOpen(false)} onSearch={onSearch} onHelp={onHelp} />}
    </nav>
  );
}
