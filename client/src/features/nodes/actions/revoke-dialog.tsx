import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import type { NodeRef } from './node-actions';

const RevokeToken = graphql(`
  mutation RevokeToken($id: ID!) {
    revokeNodeToken(id: $id) {
      node {
        ...NodeState
      }
    }
  }
`);

export function RevokeDialog({ node, onClose }: { node: NodeRef; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = node;
  const [{ fetching, error }, revoke] = useMutation(RevokeToken);

  async function confirm() {
    const { data } = await revoke({ id: node.id });
    if (!data) return;
    toast.success(t('node.revoke.done', { name }));
    onClose();
  }

  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('node.revoke.title', { name })}
      confirmLabel={t('node.revoke.submit')}
      cancelLabel={t('common.cancel')}
      busy={fetching}
      onConfirm={() => void confirm()}
    >
      <p>{t('node.revoke.text')}</p>
      {error && <FailureNotice error={error} />}
    </ConfirmDialog>
  );
}
