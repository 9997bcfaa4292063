import { Search } from 'lucide-react';
import { useTranslation } from '../i18n';
import { type NavSection, useRegistry } from '../plugin';
import { Kbd } from '../ui/kbd';
import { Logo } from '../ui/logo';
import { SidebarLink } from './nav-link';
import { paletteKey } from './platform';
import { UserMenu } from './user-menu';

const SECTIONS: NavSection[] = ['cluster', 'operate', 'administer'];

interface SidebarProps {
  onSearch: () => void;
  onHelp: () => void;
}

/** Full at 1024 px and more, icons only below, and gone on a phone, where the bottom bar takes over. */
export function Sidebar({ onSearch, onHelp }: SidebarProps) {
  const { t } = useTranslation();
  const { navItems } = useRegistry();
  return (
    <nav
      aria-label={t('shell.main')}
      className="flex w-14 shrink-0 flex-col border-e border-line px-2.5 pb-3 max-md:hidden lg:w-56"
    >
      <div className="mt-3 flex h-8 items-center gap-2.5 px-2 max-lg:justify-center max-lg:px-0">
        <Logo />
        <span className="text-sm font-semibold max-lg:sr-only" dir="ltr">
          V Panel
        </span>
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-label={t('shell.search')}
        className="mt-2.5 flex h-7.5 items-center gap-2 rounded-md border border-line bg-panel px-2 text-xs text-fg3 transition-colors hover:border-line-strong hover:text-fg2 max-lg:justify-center max-lg:px-0"
      >
        <Search className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate max-lg:hidden">{t('shell.search')}</span>
        <span className="ms-auto max-lg:hidden">
          <Kbd>{paletteKey}</Kbd>
        </span>
      </button>
      {SECTIONS.map((section) => {
        const items = navItems.filter((item) => item.section === section);
        if (items.length === 0) return null;
        return (
          <section key={section} aria-label={t(`shell.${section}`)}>
            <h2 className="px-2 pt-5 pb-1.5 text-2xs font-medium text-fg3 max-lg:invisible max-lg:h-5 max-lg:p-0">
              {t(`shell.${section}`)}
            </h2>
            <ul className="space-y-px">
              {items.map((item) => (
                <li key={item.to}>
                  <SidebarLink item={item} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <div className="mt-auto">
        <UserMenu onHelp={onHelp} />
      </div>
    </nav>
  );
}
