import { useEffect, useState } from 'react';
import { type Client, useClient } from 'urql';
import { graphql } from '../graphql/gen';

const GroupOptions = graphql(`
  query GroupOptions($after: String) {
    nodeGroups(first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        region
      }
    }
  }
`);

export interface GroupOption {
  id: string;
  name: string;
  detail?: string | undefined;
}

export interface GroupOptionsState {
  options: readonly GroupOption[] | undefined;
  error?: unknown;
}

/** All groups, for forms and filters. They are few, and asked for anew whenever somebody is about to choose. */
export function useGroupOptions(): GroupOptionsState {
  const client = useClient();
  const [state, setState] = useState<GroupOptionsState>({ options: undefined });
  useEffect(() => {
    let wanted = true;
    const accept = (next: GroupOptionsState) => wanted && setState(next);
    readOptions(client).then(
      (options) => accept({ options }),
      (error: unknown) => accept({ options: undefined, error }),
    );
    return () => {
      wanted = false;
    };
  }, [client]);
  return state;
}

async function readOptions(client: Client): Promise<GroupOption[]> {
  const options: GroupOption[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(client, after);
    options.push(...page.nodes.map(({ id, name, region }) => ({ id, name, detail: region ?? undefined })));
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return options;
}

async function readPage(client: Client, after: string | null) {
  const { data, error } = await client.query(GroupOptions, { after }, { requestPolicy: 'network-only' }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data.nodeGroups;
}
