import { useCallback, useState } from 'react';
import { toast } from 'sonner';
import { useClient } from 'urql';
import { toFailure } from '../../graphql/errors';
import { useFailureText } from '../../graphql/failure-notice';
import { graphql, readFragment } from '../../graphql/gen';
import type { SyncInput } from '../../graphql/gen/graphql';
import { useTranslation } from '../../i18n';
import { SyncStatusFields, useSyncFeed } from '../../sync/sync-feed';

const SyncNow = graphql(`
  mutation SyncNow($input: SyncInput!) {
    sync(input: $input) {
      statuses {
        ...SyncStatusFields
      }
    }
  }
`);

/** Nodes that one sync takes. */
const MOST_AT_ONCE = 1_000;

/** Asks for an attempt now; what comes of it is told by the feed. */
export function useSyncNow() {
  const { t } = useTranslation();
  const client = useClient();
  const feed = useSyncFeed();
  const failureText = useFailureText();
  const [asking, setAsking] = useState(false);

  const syncNow = useCallback(
    async (input: SyncInput): Promise<boolean> => {
      setAsking(true);
      let asked = 0;
      try {
        for (const part of partsOf(input)) {
          const { data, error } = await client.mutation(SyncNow, { input: part }).toPromise();
          if (!data) {
            toast.error(t('sync.refused'), { description: failureText(toFailure(error)) });
            return false;
          }
          const statuses = readFragment(SyncStatusFields, data.sync.statuses);
          feed.put(statuses);
          asked += statuses.length;
        }
      } finally {
        setAsking(false);
      }
      toast.success(t('sync.asked', { count: asked }));
      return true;
    },
    [client, feed, t, failureText],
  );

  return { syncNow, asking };
}

function partsOf(input: SyncInput): SyncInput[] {
  const { nodeIds } = input;
  if (!nodeIds || nodeIds.length <= MOST_AT_ONCE) return [input];
  const parts: SyncInput[] = [];
  for (let first = 0; first < nodeIds.length; first += MOST_AT_ONCE) {
    parts.push({ ...input, nodeIds: nodeIds.slice(first, first + MOST_AT_ONCE) });
  }
  return parts;
}
