import { useState } from 'react';
import { toast } from 'sonner';
import { useClient } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { Progress } from '../../../ui/progress';
import type { UserTarget } from '../list/user-source';
import { CHUNK, inChunks } from './bulk-run';

export type BulkAction = 'enable' | 'disable' | 'delete';

const SetUserStatus = graphql(`
  mutation SetUserStatus($input: SetUserStatusInput!) {
    setUserStatus(input: $input) {
      users {
        ...UserFields
      }
    }
  }
`);

const DeleteUsers = graphql(`
  mutation DeleteUsers($ids: [ID!]!) {
    deleteUsers(ids: $ids) {
      deletedIds
    }
  }
`);

interface BulkDialogProps {
  action: BulkAction;
  targets: readonly UserTarget[];
  onClose: () => void;
  onDone: (deleted: readonly string[]) => void;
}

/** Says what will happen to one user or to thousands, does it, and tells how far it is. */
export function BulkDialog({ action, targets, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  const count = targets.length;
  const name = count === 1 ? targets[0]?.username : undefined;

  async function change(ids: string[]): Promise<void> {
    const status = action === 'enable' ? ('ACTIVE' as const) : ('DISABLED' as const);
    const answer =
      action === 'delete'
        ? await client.mutation(DeleteUsers, { ids }).toPromise()
        : await client.mutation(SetUserStatus, { input: { userIds: ids, status } }).toPromise();
    if (answer.error) throw answer.error;
  }

  async function confirm() {
    setError(undefined);
    setProgress(0);
    const ids = targets.map(({ id }) => id);
    const result = await inChunks(ids, change, setProgress);
    setProgress(undefined);
    if (result.error !== undefined) return setError(result.error);
    toast.success(t(`users.${action}.done`, { count: result.done }));
    onDone(action === 'delete' ? ids : []);
  }

  return (
    <ConfirmDialog
      open
      danger={action === 'delete'}
      onOpenChange={() => progress === undefined && onClose()}
      title={name === undefined ? t(`users.${action}.several`, { count }) : t(`users.${action}.one`, { name })}
      confirmLabel={t(`users.${action}.submit`)}
      cancelLabel={t('common.cancel')}
      busy={progress !== undefined}
      onConfirm={() => void confirm()}
    >
      <p>{t(`users.${action}.text`)}</p>
      {progress !== undefined && count > CHUNK && (
        <Progress done={progress} total={count} label={t('commands.running', { done: progress, total: count })} />
      )}
      {error !== undefined && <FailureNotice error={error} />}
    </ConfirmDialog>
  );
}
