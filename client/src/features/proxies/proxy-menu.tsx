import { Copy, MoreHorizontal, Pencil, Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { DeleteDialog } from './delete-dialog';
import { type ProxyRow, useProxyUpdate } from './proxy-api';

interface ProxyMenuProps {
  proxy: ProxyRow;
  onDeleted: () => void;
  /** On the proxy's own page there is nothing to open. */
  ownPage?: boolean;
  className?: string;
}

export function ProxyMenu({ proxy, onDeleted, ownPage, className }: ProxyMenuProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setEnabled } = useProxyUpdate();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('common.more', { name: proxy.name })} className={className}>
            <MoreHorizontal className="size-4" aria-hidden />
          </Button>
        }
      >
        {!ownPage && (
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => void navigate(`/proxies/${proxy.id}`)}>
            {t('common.edit')}
          </MenuItem>
        )}
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void navigate(`/proxies/new?from=${proxy.id}`)}>
          {t('proxies.duplicate')}
        </MenuItem>
        <MenuItem icon={<Power aria-hidden />} onSelect={() => void setEnabled(proxy, !proxy.enabled)}>
          {t(proxy.enabled ? 'proxies.disable' : 'proxies.enable')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setDeleting(true)}>
          {t('common.delete')}
        </MenuItem>
      </Menu>
      {deleting && <DeleteDialog proxy={proxy} onClose={() => setDeleting(false)} onDeleted={onDeleted} />}
    </>
  );
}
