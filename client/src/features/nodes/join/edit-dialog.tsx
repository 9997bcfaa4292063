import { useId } from 'react';
import { toast } from 'sonner';
import { useMutation, useQuery } from 'urql';
import { toFailure } from '../../../graphql/errors';
import { FailureNotice } from '../../../graphql/failure-notice';
import { graphql, readFragment } from '../../../graphql/gen';
import type { NodeStateFragment } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Skeleton } from '../../../ui/skeleton';
import type { NodeRef } from '../actions/node-actions';
import { NodeState } from '../node-events';
import { EMPTY_FORM, type FormValues, toUpdateInput } from './form-values';
import { NodeForm } from './node-form';

const NodeToEdit = graphql(`
  query NodeToEdit($id: ID!) {
    node(id: $id) {
      ...NodeState
      groups {
        id
        name
      }
    }
  }
`);

const UpdateNode = graphql(`
  mutation UpdateNode($input: UpdateNodeInput!) {
    updateNode(input: $input) {
      node {
        ...NodeState
        groups {
          id
          name
        }
      }
    }
  }
`);

export default function EditDialog({ node, onClose }: { node: NodeRef; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const [{ data, error: loadError }] = useQuery({
    query: NodeToEdit,
    variables: { id: node.id },
    requestPolicy: 'network-only',
  });
  const [{ fetching, error }, update] = useMutation(UpdateNode);
  const stored = readFragment(NodeState, data?.node);
  const groups = data?.node?.groups;

  async function submit(values: FormValues) {
    const result = await update({ input: toUpdateInput(node.id, values) });
    if (!result.data) return;
    toast.success(t('node.editSaved', { name: values.name }));
    onClose();
  }

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={t('node.editTitle', { name: node.name })}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form={formId} size="md" variant="primary" busy={fetching} disabled={!stored}>
            {fetching ? t('common.saving') : t('common.save')}
          </Button>
        </>
      }
    >
      {(error ?? loadError) && <FailureNotice error={error ?? loadError} className="mb-4" />}
      {stored && groups ? (
        <NodeForm
          id={formId}
          editing
          initial={{ ...toFormValues(stored), groupIds: groups.map(({ id }) => id) }}
          failure={error && toFailure(error)}
          onSubmit={(values) => void submit(values)}
        />
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </Dialog>
  );
}

function toFormValues(node: NodeStateFragment): FormValues {
  return {
    ...EMPTY_FORM,
    name: node.name,
    address: node.address,
    agentPort: String(node.agentPort),
    tags: node.tags.map(({ key, value }) => ({ key, value })),
    city: node.location?.city ?? '',
    countryCode: node.location?.countryCode ?? '',
    latitude: node.location ? String(node.location.latitude) : '',
    longitude: node.location ? String(node.location.longitude) : '',
    weight: String(node.weight),
    capacity: node.capacity == null ? '' : String(node.capacity),
    ipAllowlist: node.ipAllowlist.join('\n'),
    mode: node.mode,
  };
}
