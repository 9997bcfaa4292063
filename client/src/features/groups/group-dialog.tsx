import { type SubmitEvent, useEffect, useId, useState } from 'react';
import { toast } from 'sonner';
import { type Client, useClient, useMutation } from 'urql';
import { fieldError, toFailure } from '../../graphql/errors';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import type { GroupFieldsFragment } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input, TextArea } from '../../ui/field';
import type { PickOption } from '../../ui/pick-list';
import { Skeleton } from '../../ui/skeleton';
import { NodePicker } from '../../fleet/node-picker';

const CreateGroup = graphql(`
  mutation CreateGroup($input: CreateNodeGroupInput!) {
    createNodeGroup(input: $input) {
      group {
        ...GroupFields
      }
    }
  }
`);

const UpdateGroup = graphql(`
  mutation UpdateGroup($input: UpdateNodeGroupInput!) {
    updateNodeGroup(input: $input) {
      group {
        ...GroupFields
      }
    }
  }
`);

const GroupMembers = graphql(`
  query GroupMembers($id: ID!, $after: String) {
    nodeGroup(id: $id) {
      id
      nodes(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          name
        }
      }
    }
  }
`);

interface GroupDialogProps {
  /** Absent for a new one. */
  group?: GroupFieldsFragment;
  onClose: () => void;
  onSaved: () => void;
}

export default function GroupDialog({ group, onClose, onSaved }: GroupDialogProps) {
  const { t } = useTranslation();
  const formId = useId();
  const [name, setName] = useState(group?.name ?? '');
  const [region, setRegion] = useState(group?.region ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const { members, setMembers, changed, error: loadError } = useMembers(group?.id);
  const [missing, setMissing] = useState(false);
  const [creating, create] = useMutation(CreateGroup);
  const [updating, update] = useMutation(UpdateGroup);
  const error = creating.error ?? updating.error;
  const failure = error && toFailure(error);
  const busy = creating.fetching || updating.fetching;
  const touched = name !== (group?.name ?? '') || changed;

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setMissing(!name.trim());
    if (!name.trim() || !members) return;
    const input = { name: name.trim(), region: region.trim() || null, description: description.trim() };
    const nodeIds = members.map(({ id }) => id);
    const { data } = group
      ? await update({ input: { id: group.id, ...input, ...(changed && { nodeIds }) } })
      : await create({ input: { ...input, nodeIds } });
    if (!data) return;
    toast.success(t('node.editSaved', { name: input.name }));
    onSaved();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      mayDismiss={() => !touched}
      title={group ? t('node.editTitle', { name: group.name }) : t('groups.add')}
      description={t('groups.subtitle')}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form={formId} size="md" variant="primary" busy={busy} disabled={!members}>
            {busy ? t('common.saving') : group ? t('common.save') : t('groups.submit')}
          </Button>
        </>
      }
    >
      {error && <FailureNotice error={error} className="mb-4" />}
      {loadError !== undefined && <FailureNotice error={loadError} className="mb-4" />}
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('form.name')}
            error={missing && !name.trim() ? t('form.required') : fieldError(failure, 'name')}
          >
            <Input
              name="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="europe"
              autoComplete="off"
              autoFocus
            />
          </Field>
          <Field label={t('groups.region')} optional={t('common.optional')} error={fieldError(failure, 'region')}>
            <Input
              name="region"
              value={region}
              onChange={(event) => setRegion(event.target.value)}
              placeholder="eu-central"
              autoComplete="off"
            />
          </Field>
        </div>
        <Field
          label={t('groups.description')}
          optional={t('common.optional')}
          error={fieldError(failure, 'description')}
        >
          <TextArea
            name="description"
            rows={2}
            maxLength={500}
            dir="auto"
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </Field>
        {members ? (
          <NodePicker chosen={members} onChange={setMembers} error={fieldError(failure, 'nodeIds')} />
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </form>
    </Dialog>
  );
}

/** The nodes in the group as they are, then as they shall be. */
function useMembers(groupId: string | undefined) {
  const client = useClient();
  const [members, setMembers] = useState<PickOption[] | undefined>(groupId === undefined ? [] : undefined);
  const [changed, setChanged] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let wanted = true;
    if (groupId === undefined) return undefined;
    membersOf(client, groupId).then(
      (found) => wanted && setMembers(found),
      (failure: unknown) => wanted && setError(failure),
    );
    return () => {
      wanted = false;
    };
  }, [client, groupId]);
  return {
    members,
    changed,
    error,
    setMembers(next: PickOption[]) {
      setMembers(next);
      setChanged(true);
    },
  };
}

async function membersOf(client: Client, id: string): Promise<PickOption[]> {
  const members: PickOption[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof memberPage>> = await memberPage(client, id, after);
    members.push(...page.nodes.map((node) => ({ id: node.id, name: node.name })));
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return members;
}

async function memberPage(client: Client, id: string, after: string | null) {
  const { data, error } = await client
    .query(GroupMembers, { id, after }, { requestPolicy: 'network-only' })
    .toPromise();
  if (!data?.nodeGroup) throw error ?? new Error('The panel answered nothing');
  return data.nodeGroup.nodes;
}
