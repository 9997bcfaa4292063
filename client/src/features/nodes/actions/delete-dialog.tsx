import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { Field, Input } from '../../../ui/field';
import type { NodeRef } from './node-actions';

const DeleteNode = graphql(`
  mutation DeleteNode($id: ID!) {
    deleteNode(id: $id) {
      deletedId
      reassignedUsers
      strandedUsers
    }
  }
`);

interface DeleteDialogProps {
  node: NodeRef;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
}

export function DeleteDialog({ node, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation();
  const { name } = node;
  const [typed, setTyped] = useState('');
  const [{ fetching, error }, deleteNode] = useMutation(DeleteNode);

  async function confirm() {
    const { data } = await deleteNode({ id: node.id });
    if (!data) return;
    const { reassignedUsers, strandedUsers } = data.deleteNode;
    const moved = reassignedUsers > 0 ? t('node.delete.reassigned', { count: reassignedUsers }) : '';
    const stranded = strandedUsers > 0 ? t('node.delete.stranded', { count: strandedUsers }) : '';
    toast.success(t('node.deleted', { name }), { description: [moved, stranded].filter(Boolean).join(' ') });
    onClose();
    onDeleted?.();
  }

  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('node.delete.title', { name })}
      confirmLabel={t('node.delete.submit')}
      cancelLabel={t('common.cancel')}
      busy={fetching}
      disabled={typed !== name}
      onConfirm={() => void confirm()}
    >
      <p>{t('node.delete.text')}</p>
      {error && <FailureNotice error={error} />}
      <Field label={t('node.delete.type', { name })}>
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
        />
      </Field>
    </ConfirmDialog>
  );
}
