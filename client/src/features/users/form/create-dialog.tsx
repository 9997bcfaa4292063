import { useId, useState } from 'react';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Segmented } from '../../../ui/segmented';
import { useGroupOptions } from '../../../fleet/use-group-options';
import { createOne, createSeveral, type CreatedUser } from './create-users';
import { CreatedUsers } from './created-users';
import { EMPTY_USER, seriesOf, toCreateInput, type UserFormValues } from './form-values';
import { UserForm } from './user-form';

interface CreateDialogProps {
  onClose: () => void;
  onCreated: () => void;
}

/** One user, or a series of them; then the links, which is what the operator came for. */
export default function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const { t } = useTranslation();
  const formId = useId();
  const client = useClient();
  const { options } = useGroupOptions();
  const [kind, setKind] = useState<'one' | 'several'>('one');
  const [touched, setTouched] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [created, setCreated] = useState<readonly CreatedUser[]>();

  async function submit(values: UserFormValues) {
    setBusy(true);
    setError(undefined);
    const inputs =
      kind === 'one'
        ? [toCreateInput(values, values.username.trim(), Date.now())]
        : seriesOf(values).map((name) => toCreateInput(values, name, Date.now()));
    try {
      setCreated(await (kind === 'one' ? createOne(client, inputs[0]!) : createSeveral(client, inputs)));
      onCreated();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  const again = () => {
    setCreated(undefined);
    setTouched(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      mayDismiss={() => !touched || created !== undefined}
      title={created ? t('users.created', { count: created.length }) : t('userForm.title')}
      closeLabel={t('common.close')}
      footer={
        created ? (
          <>
            <Button size="md" onClick={again}>
              {t('userForm.another')}
            </Button>
            {created.length === 1 && (
              <Button size="md" asChild>
                <Link to={`/users/${created[0]!.id}`}>{t('userForm.open')}</Link>
              </Button>
            )}
            <Button size="md" variant="primary" onClick={onClose}>
              {t('common.done')}
            </Button>
          </>
        ) : (
          <>
            <Button size="md" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" form={formId} size="md" variant="primary" busy={busy}>
              {busy ? t('addNode.submitting') : t('userForm.submit')}
            </Button>
          </>
        )
      }
    >
      {created ? (
        <CreatedUsers users={created} />
      ) : (
        <div className="space-y-4">
          <Segmented
            label={t('userForm.kind')}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setError(undefined);
            }}
            className="w-fit"
            options={[
              { value: 'one', label: t('userForm.one') },
              { value: 'several', label: t('userForm.several') },
            ]}
          />
          {error !== undefined && <FailureNotice error={error} />}
          <UserForm
            key={kind}
            id={formId}
            kind={kind}
            initial={EMPTY_USER}
            groups={options}
            failure={error === undefined ? undefined : toFailure(error)}
            onSubmit={(values) => void submit(values)}
            onTouched={() => setTouched(true)}
          />
        </div>
      )}
    </Dialog>
  );
}
