import { useId, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { Checkbox } from '../../../ui/checkbox';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import type { UserTarget } from '../list/user-source';

const RotateLink = graphql(`
  mutation RotateLink($userId: ID!, $keepCredentials: Boolean!) {
    rotateSubscriptionUrl(userId: $userId, keepCredentials: $keepCredentials) {
      user {
        ...UserFields
      }
    }
  }
`);

interface RotateDialogProps {
  user: UserTarget;
  onClose: () => void;
  onDone: () => void;
}

export default function RotateDialog({ user, onClose, onDone }: RotateDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [keep, setKeep] = useState(false);
  const [{ fetching, error }, rotate] = useMutation(RotateLink);

  async function confirm() {
    const { data } = await rotate({ userId: user.id, keepCredentials: keep });
    if (!data) return;
    toast.success(t('users.rotate.done', { name: user.username }));
    onDone();
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('users.rotate.title', { name: user.username })}
      confirmLabel={t('users.rotate.submit')}
      cancelLabel={t('common.cancel')}
      busy={fetching}
      onConfirm={() => void confirm()}
    >
      <p>{t('users.rotate.text')}</p>
      <div className="flex items-start gap-2.5 rounded-lg border border-line p-3">
        <Checkbox
          id={id}
          aria-describedby={`${id}-hint`}
          checked={keep}
          onCheckedChange={(checked) => setKeep(checked === true)}
          className="mt-0.5"
        />
        <div>
          <label htmlFor={id} className="block font-medium text-fg">
            {t('users.rotate.keep')}
          </label>
          <p id={`${id}-hint`} className="text-xs text-fg3">
            {t(keep ? 'users.rotate.keepHint' : 'users.rotate.changeHint')}
          </p>
        </div>
      </div>
      {error && <FailureNotice error={error} />}
    </ConfirmDialog>
  );
}
