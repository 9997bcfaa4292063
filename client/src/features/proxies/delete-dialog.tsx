import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import { useTranslation } from '../../i18n';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { type ProxyRow, toDraft } from './proxy-api';
import { useServing } from './serving';

const DeleteProxy = graphql(`
  mutation DeleteProxy($id: ID!) {
    deleteProxy(id: $id) {
      deletedId
    }
  }
`);

interface DeleteDialogProps {
  proxy: ProxyRow;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteDialog({ proxy, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation();
  const { name } = proxy;
  const [{ fetching, error }, deleteProxy] = useMutation(DeleteProxy);
  const serving = useServing(toDraft(proxy).targets);

  async function confirm() {
    const { data } = await deleteProxy({ id: proxy.id });
    if (!data) return;
    toast.success(t('proxies.deleted', { name }));
    onClose();
    onDeleted();
  }

  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('proxies.delete.title', { name })}
      confirmLabel={t('proxies.delete.submit')}
      cancelLabel={t('common.cancel')}
      busy={fetching}
      onConfirm={() => void confirm()}
    >
      {serving && proxy.enabled && (
        <p className="font-medium text-fg">{t('proxies.delete.nodes', { count: serving.size })}</p>
      )}
      <p>{t('proxies.delete.text')}</p>
      {error && <FailureNotice error={error} />}
    </ConfirmDialog>
  );
}
