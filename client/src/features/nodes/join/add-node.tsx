import { PartyPopper } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { useMutation } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { NodeState } from '../node-events';
import { EMPTY_FORM, type FormValues, toCreateInput } from './form-values';
import { JoinPanel, type JoinToken, useOnboarding } from './join-panel';
import { NodeForm } from './node-form';
import { isJoined } from './onboarding';
import { useNewToken } from './use-new-token';

const CreateNode = graphql(`
  mutation CreateNode($input: CreateNodeInput!) {
    createNode(input: $input) {
      joinToken
      installCommand
      node {
        ...NodeState
      }
    }
  }
`);

function useAddNode() {
  const formId = useId();
  const [token, setToken] = useState<JoinToken>();
  const [touched, setTouched] = useState(false);
  const [{ fetching, error }, createNode] = useMutation(CreateNode);
  const { makeToken, rotating } = useNewToken(setToken);

  async function submit(values: FormValues): Promise<void> {
    const { data } = await createNode({ input: toCreateInput(values) });
    if (!data) return;
    const { joinToken, installCommand, node } = data.createNode;
    setToken({ joinToken, installCommand, node: readFragment(NodeState, node) });
  }

  return { formId, token, setToken, touched, setTouched, fetching, error, submit, makeToken, rotating };
}

type AddNode = ReturnType<typeof useAddNode>;

export function AddNodeDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return open ? <OpenAddNodeDialog onClose={onClose} /> : null;
}

function OpenAddNodeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const adding = useAddNode();
  const { token, touched } = adding;
  // What was typed and a token that is shown once are not lost by a click beside the dialog.
  const mayDismiss = () => !token && !touched;
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      mayDismiss={mayDismiss}
      title={token ? t('addNode.installTitle', { name: token.node.name }) : t('addNode.title')}
      description={token ? t('addNode.installText') : t('addNode.subtitle')}
      closeLabel={t('common.close')}
      footer={
        token ? <JoinFooter token={token} onClose={onClose} /> : <FormFooter adding={adding} onCancel={onClose} />
      }
    >
      <AddNodeSteps adding={adding} />
    </Dialog>
  );
}

/** In place of an empty list: the same two steps, without a dialog around them. */
export function AddNodePanel({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const adding = useAddNode();
  const { token } = adding;
  return (
    <section
      aria-label={t('nodes.emptyTitle')}
      className="mx-auto mb-8 w-[calc(100%-2rem)] max-w-2xl rounded-xl border border-line bg-panel shadow-lift"
    >
      <header className="px-5 pt-5 pb-4">
        <h2 className="text-lg font-semibold tracking-tight">
          {token ? t('addNode.installTitle', { name: token.node.name }) : t('nodes.emptyTitle')}
        </h2>
        <p className="mt-0.5 text-sm text-fg3">{token ? t('addNode.installText') : t('nodes.emptyText')}</p>
      </header>
      <div className="px-5 pb-5">
        <AddNodeSteps adding={adding} />
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
        {token ? <JoinFooter token={token} onClose={onDone} /> : <FormFooter adding={adding} />}
      </footer>
    </section>
  );
}

function AddNodeSteps({ adding }: { adding: AddNode }) {
  const { formId, token, setTouched, error, submit, makeToken, rotating } = adding;
  if (token) return <JoinPanel token={token} onNewToken={() => void makeToken(token.node.id)} rotating={rotating} />;
  return (
    <>
      {error && <FailureNotice error={error} className="mb-4" />}
      <NodeForm
        id={formId}
        initial={EMPTY_FORM}
        failure={error && toFailure(error)}
        onSubmit={(values) => void submit(values)}
        onTouched={() => setTouched(true)}
      />
    </>
  );
}

function FormFooter({ adding, onCancel }: { adding: AddNode; onCancel?: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {onCancel && (
        <Button size="md" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
      <Button type="submit" form={adding.formId} size="md" variant="primary" busy={adding.fetching}>
        {adding.fetching ? t('addNode.submitting') : t('addNode.submit')}
      </Button>
    </>
  );
}

function JoinFooter({ token, onClose }: { token: JoinToken; onClose: () => void }) {
  const { t } = useTranslation();
  const { id, name } = token.node;
  const onboarding = useOnboarding(id);
  const joined = onboarding !== undefined && isJoined(onboarding);
  if (!joined) {
    return (
      <Button size="md" onClick={onClose}>
        {t('addNode.later')}
      </Button>
    );
  }
  return (
    <>
      <p role="status" className="me-auto flex items-center gap-2 text-sm font-medium text-ok">
        <PartyPopper className="size-4" aria-hidden />
        {t('addNode.ready', { name })}
      </p>
      <Button size="md" onClick={onClose}>
        {t('common.close')}
      </Button>
      <Button size="md" variant="primary" asChild>
        <Link to={`/nodes/${id}`}>{t('addNode.open')}</Link>
      </Button>
    </>
  );
}
