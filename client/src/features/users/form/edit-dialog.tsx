import { useId } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql } from '../../../graphql/gen';
import type { UserFieldsFragment } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { useGroupOptions } from '../../../fleet/use-group-options';
import { toFormValues, toUpdateInput, type UserFormValues } from './form-values';
import { UserForm } from './user-form';

const UpdateUser = graphql(`
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      user {
        ...UserFields
      }
    }
  }
`);

interface EditDialogProps {
  user: UserFieldsFragment;
  onClose: () => void;
  onDone: () => void;
}

export default function EditDialog({ user, onClose, onDone }: EditDialogProps) {
  const { t } = useTranslation();
  const formId = useId();
  const { options } = useGroupOptions();
  const [{ fetching, error }, update] = useMutation(UpdateUser);
  const before = toFormValues(user);

  async function submit(values: UserFormValues) {
    const { data } = await update({ input: toUpdateInput(user.id, before, values, Date.now()) });
    if (!data) return;
    toast.success(t('node.editSaved', { name: user.username }));
    onDone();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('node.editTitle', { name: user.username })}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form={formId} size="md" variant="primary" busy={fetching}>
            {fetching ? t('common.saving') : t('common.save')}
          </Button>
        </>
      }
    >
      {error && <FailureNotice error={error} className="mb-4" />}
      <UserForm
        id={formId}
        kind="edit"
        initial={before}
        groups={options ?? user.groups}
        failure={error && toFailure(error)}
        onSubmit={(values) => void submit(values)}
      />
    </Dialog>
  );
}
