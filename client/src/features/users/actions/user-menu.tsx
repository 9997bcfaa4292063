import { Copy, ExternalLink, Link2, Pencil, Power, PowerOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { UserFieldsFragment } from '../../../graphql/gen/graphql';
import { useCanWrite } from '../../../graphql/session';
import { useTranslation } from '../../../i18n';
import { copyText } from '../../../ui/copy-text';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu';
import { toTarget } from '../list/user-source';
import { useUserActions } from './user-actions';

/** What can be done to one user: in a row, and on the user's own page, where the commonest are buttons as well. */
export function UserMenu({ user, trigger, inRow }: { user: UserFieldsFragment; trigger: ReactNode; inRow?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canWrite = useCanWrite();
  const { edit, rotate, run } = useUserActions();
  const target = toTarget(user);
  const copy = () => void copyText(target.link).then(() => toast.success(t('users.linkCopied')));
  return (
    <Menu trigger={trigger}>
      {inRow && (
        <>
          <MenuItem icon={<ExternalLink aria-hidden />} onSelect={() => void navigate(`/users/${user.id}`)}>
            {t('node.openPage')}
          </MenuItem>
          <MenuItem icon={<Copy aria-hidden />} onSelect={copy}>
            {t('users.copyLink')}
          </MenuItem>
          {canWrite && (
            <>
              <MenuSeparator />
              <MenuItem icon={<Pencil aria-hidden />} onSelect={() => edit(user)}>
                {t('common.edit')}
              </MenuItem>
            </>
          )}
        </>
      )}
      {canWrite && (
        <>
          {inRow &&
            (user.status === 'DISABLED' ? (
              <MenuItem icon={<Power aria-hidden />} onSelect={() => run('enable', [target])}>
                {t('users.enable.submit')}
              </MenuItem>
            ) : (
              <MenuItem icon={<PowerOff aria-hidden />} onSelect={() => run('disable', [target])}>
                {t('users.disable.submit')}
              </MenuItem>
            ))}
          <MenuItem icon={<Link2 aria-hidden />} onSelect={() => rotate(target)}>
            {t('users.rotate.submit')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => run('delete', [target])}>
            {t('common.delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
