import { Keyboard, LogOut, Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { logout } from '../graphql/session';
import { useTranslation } from '../i18n';
import type { NavItem } from '../plugin';
import { Dialog } from '../ui/dialog';
import { LanguageSwitch, ThemeSwitch } from '../ui/preferences';
import { SheetLink, SHEET_ENTRY } from './nav-link';
import { Viewer } from './viewer';

interface MoreSheetProps {
  items: readonly NavItem[];
  onClose: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

/** All that has no place in the bottom bar: the other pages, the search and what the account menu has elsewhere. */
export function MoreSheet({ items, onClose, onSearch, onHelp }: MoreSheetProps) {
  const { t } = useTranslation();
  const chosen = useRef(false);
  const choose = (action?: () => void) => () => {
    chosen.current = true;
    onClose();
    action?.();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('shell.more')}
      closeLabel={t('common.close')}
      size="sm"
      mayReturnFocus={() => !chosen.current}
    >
      <ul className="-mx-2 -mt-1">
        {items.map((item) => (
          <li key={item.to}>
            <SheetLink item={item} onClick={choose()} />
          </li>
        ))}
        <Entry icon={<Search aria-hidden />} onClick={choose(onSearch)}>
          {t('shell.search')}
        </Entry>
      </ul>
      <div className="my-3 space-y-3 border-y border-line py-3">
        <Preference label={t('shell.theme')}>
          <ThemeSwitch />
        </Preference>
        <Preference label={t('shell.language')}>
          <LanguageSwitch />
        </Preference>
      </div>
      <Viewer />
      <ul className="-mx-2 mt-1">
        <Entry icon={<Keyboard aria-hidden />} onClick={choose(onHelp)}>
          {t('shell.shortcuts')}
        </Entry>
        <Entry icon={<LogOut aria-hidden />} onClick={choose(() => void logout())}>
          {t('shell.signOut')}
        </Entry>
      </ul>
    </Dialog>
  );
}

interface EntryProps {
  icon: ReactNode;
  onClick: () => void;
  children: ReactNode;
}

const Entry = ({ icon, onClick, children }: EntryProps) => (
  <li>
    <button type="button" onClick={onClick} className={SHEET_ENTRY}>
      {icon}
      {children}
    </button>
  </li>
);

const Preference = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <p className="mb-1.5 text-2xs font-medium text-fg3" aria-hidden>
      {label}
    </p>
    {children}
  </div>
);
