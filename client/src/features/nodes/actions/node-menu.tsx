import {
  ExternalLink,
  KeyRound,
  MoreHorizontal,
  Pencil,
  Play,
  Radar,
  RotateCw,
  ShieldOff,
  Square,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useCanWrite } from '../../../graphql/session';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu';
import type { Row } from '../list/list-source';
import { toTarget } from '../list/selection';
import { type NodeRef, useNodeActions } from './node-actions';

/** The menu of a row in the list. */
export function NodeMenu({ node, className }: { node: Row; className?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canWrite = useCanWrite();
  const { runCommand } = useNodeActions();
  const targets = [toTarget(node)];
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('common.more', { name: node.name })} className={className}>
          <MoreHorizontal className="size-4" aria-hidden />
        </Button>
      }
    >
      <MenuItem icon={<ExternalLink aria-hidden />} onSelect={() => void navigate(`/nodes/${node.id}`)}>
        {t('node.openPage')}
      </MenuItem>
      {canWrite && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Play aria-hidden />} onSelect={() => runCommand('START_XRAY', targets)}>
            {t('commands.START_XRAY')}
          </MenuItem>
          <MenuItem icon={<RotateCw aria-hidden />} onSelect={() => runCommand('RESTART_XRAY', targets)}>
            {t('commands.RESTART_XRAY')}
          </MenuItem>
          <MenuItem icon={<Square aria-hidden />} onSelect={() => runCommand('STOP_XRAY', targets)}>
            {t('commands.STOP_XRAY')}
          </MenuItem>
          <MenuSeparator />
          <ManageItems node={node} />
        </>
      )}
    </Menu>
  );
}

/** The menu of a node's own page, where the commands are buttons. */
export function ManageMenu({ node, trigger }: { node: NodeRef; trigger: ReactNode }) {
  return (
    <Menu trigger={trigger}>
      <ManageItems node={node} />
    </Menu>
  );
}

function ManageItems({ node }: { node: NodeRef }) {
  const { t } = useTranslation();
  const { open } = useNodeActions();
  return (
    <>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => open('edit', node)}>
        {t('common.edit')}
      </MenuItem>
      <MenuItem icon={<Radar aria-hidden />} onSelect={() => open('test', node)}>
        {t('node.testConnection')}
      </MenuItem>
      <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => open('token', node)}>
        {t('node.newToken')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<ShieldOff aria-hidden />} onSelect={() => open('revoke', node)}>
        {t('node.revokeToken')}
      </MenuItem>
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => open('delete', node)}>
        {t('common.delete')}
      </MenuItem>
    </>
  );
}
