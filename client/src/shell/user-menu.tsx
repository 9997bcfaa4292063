import { CircleUser, Keyboard, LogOut } from 'lucide-react';
import { logout, useSession } from '../graphql/session';
import { useTranslation } from '../i18n';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu';
import { LanguageChoices, ThemeChoices } from '../ui/preferences';

export function UserMenu({ onHelp, compact }: { onHelp: () => void; compact?: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.state !== 'signed-in') return null;
  const { name, role } = session.viewer;
  const trigger = compact ? (
    <button
      type="button"
      aria-label={t('shell.account', { name })}
      className="flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-fg3"
    >
      <CircleUser className="size-5" aria-hidden />
      <span className="max-w-full truncate">{t('shell.menu')}</span>
    </button>
  ) : (
    <button
      type="button"
      aria-label={t('shell.account', { name })}
      className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start transition-colors hover:bg-hover max-lg:justify-center max-lg:px-0"
    >
      <span
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-2xs font-semibold text-fg uppercase"
        aria-hidden
      >
        {initials(name)}
      </span>
      <span className="min-w-0 leading-tight max-lg:hidden">
        <bdi className="block truncate text-xs font-medium">{name}</bdi>
        {role && <span className="block truncate text-2xs text-fg3">{t(`roles.${role}`)}</span>}
      </span>
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align={compact ? 'end' : 'start'} className="w-52">
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

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('');
