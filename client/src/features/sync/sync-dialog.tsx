import { useState } from 'react';
import { useQuery } from 'urql';
import { FailureNotice } from '../../graphql/failure-notice';
import { graphql } from '../../graphql/gen';
import type { SyncInput } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Dialog } from '../../ui/dialog';
import { Field, Select } from '../../ui/field';
import { Skeleton } from '../../ui/skeleton';
import { useSyncNow } from './use-sync-now';

interface ForceDialogProps {
  input: Pick<SyncInput, 'nodeIds' | 'groupIds' | 'all'>;
  count: number;
  onClose: () => void;
}

/** Forcing replaces what the node has, so it is asked for twice. */
export function ForceDialog({ input, count, onClose }: ForceDialogProps) {
  const { t } = useTranslation();
  const { syncNow, asking } = useSyncNow();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('sync.force.title', { count })}
      confirmLabel={t('sync.force.submit')}
      cancelLabel={t('common.cancel')}
      busy={asking}
      onConfirm={() => void syncNow({ ...input, force: true }).then((ok) => ok && onClose())}
    >
      <p>{t('sync.force.text')}</p>
    </ConfirmDialog>
  );
}

const SyncGroups = graphql(`
  query SyncGroups {
    nodeGroups(first: 100) {
      nodes {
        id
        name
        stats {
          totalNodes
        }
      }
    }
  }
`);

export function GroupDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }] = useQuery({ query: SyncGroups, requestPolicy: 'cache-and-network' });
  const { syncNow, asking } = useSyncNow();
  const [chosen, setChosen] = useState('');
  const groups = data?.nodeGroups.nodes;
  const groupId = chosen || groups?.[0]?.id;
  const sync = (force: boolean) =>
    groupId && void syncNow({ groupIds: [groupId], force }).then((ok) => ok && onClose());
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={t('sync.group.title')}
      description={t('sync.group.text')}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button size="md" disabled={!groupId || asking} onClick={() => sync(true)}>
            {t('sync.force.submit')}
          </Button>
          <Button size="md" variant="primary" busy={asking} disabled={!groupId} onClick={() => sync(false)}>
            {t('sync.now')}
          </Button>
        </>
      }
    >
      {error && <FailureNotice error={error} />}
      {!groups && !error && <Skeleton className="h-9 w-full" />}
      {groups?.length === 0 && <p className="text-sm text-fg3">{t('sync.group.none')}</p>}
      {groups && groups.length > 0 && (
        <Field label={t('sync.group.label')}>
          <Select value={groupId} onChange={(event) => setChosen(event.target.value)}>
            {groups.map((group) => (
              <option key={group.id} value={group.id}>
                {group.name} – {t('nodes.count', { count: group.stats.totalNodes })}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </Dialog>
  );
}
