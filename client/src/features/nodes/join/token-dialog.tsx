import { useState } from 'react';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { Dialog } from '../../../ui/dialog';
import type { NodeRef } from '../actions/node-actions';
import { JoinPanel, type JoinToken } from './join-panel';
import { useNewToken } from './use-new-token';

/** A new join token for a node that exists. */
export default function TokenDialog({ node, onClose }: { node: NodeRef; onClose: () => void }) {
  const { t } = useTranslation();
  const [token, setToken] = useState<JoinToken>();
  const { makeToken, rotating, error } = useNewToken(setToken);
  const make = () => void makeToken(node.id);
  if (!token) {
    return (
      <ConfirmDialog
        open
        onOpenChange={onClose}
        title={t('node.rotate.title', { name: node.name })}
        confirmLabel={t('node.rotate.submit')}
        cancelLabel={t('common.cancel')}
        busy={rotating}
        onConfirm={make}
      >
        <p>{t('node.rotate.text')}</p>
        {error && <FailureNotice error={error} />}
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      mayDismiss={() => false}
      title={t('addNode.rotateTitle', { name: node.name })}
      description={t('addNode.installText')}
      closeLabel={t('common.close')}
      footer={
        <Button size="md" variant="primary" onClick={onClose}>
          {t('common.done')}
        </Button>
      }
    >
      <JoinPanel token={token} onNewToken={make} rotating={rotating} />
    </Dialog>
  );
}
