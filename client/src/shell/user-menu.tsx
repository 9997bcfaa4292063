import { Keyboard, LogOut } from 'lucide-react';
import { logout, useSession } from '../graphql/session';
import { useTranslation } from '../i18n';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu';
import { LanguageChoices, ThemeChoices } from '../ui/preferences';
import { Viewer } from './viewer';

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.state !== 'signed-in') return null;
  const trigger = (
    <button
      type="button"
      aria-label={t('shell.account', { name: session.viewer.name })}
      className="flex w-full items-center rounded-md px-2 py-1.5 text-start transition-colors hover:bg-hover max-lg:justify-center max-lg:px-0"
    >
      <Viewer textClassName="max-lg:hidden" />
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="start" className="w-52">
      <MenuLabel>{t('shell.theme')}</MenuLabel>
      <ThemeChoices />
      <MenuSeparator />
      <MenuLabel>{t('shell.language')}</MenuLabel>
      <LanguageChoices />
      <MenuSeparator />
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={onHelp}>
        {t('shell.shortcuts')}
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void logout()}>
        {t('shell.signOut')}
      </MenuItem>
    </Menu>
  );
}
