import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import type { GroupFieldsFragment } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Notice } from '../../ui/notice';

const DeleteGroup = graphql(`
  mutation DeleteGroup($id: ID!) {
    deleteNodeGroup(id: $id) {
      deletedId
    }
  }
`);

interface DeleteDialogProps {
  group: GroupFieldsFragment;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteDialog({ group, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation();
  const { name, stats } = group;
  const [{ fetching, error }, deleteGroup] = useMutation(DeleteGroup);

  async function confirm() {
    const { data } = await deleteGroup({ id: group.id });
    if (!data) return;
    toast.success(t('groups.deleted', { name }));
    onDeleted();
  }

  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('groups.delete.title', { name })}
      confirmLabel={t('groups.delete.submit')}
      cancelLabel={t('common.cancel')}
      busy={fetching}
      onConfirm={() => void confirm()}
    >
      <p>{t('groups.delete.text')}</p>
      {stats.totalUsers > 0 && stats.totalNodes > 0 && (
        <Notice tone="warn">
          {t('groups.delete.lose', {
            users: t('users.count', { count: stats.totalUsers }),
            nodes: t('nodes.count', { count: stats.totalNodes }),
          })}
        </Notice>
      )}
      <p>{t('groups.delete.proxies')}</p>
      {error && <FailureNotice error={error} />}
    </ConfirmDialog>
  );
}
