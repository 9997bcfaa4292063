import { useEffect } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../graphql/gen';
import { discard, useLiveQuery } from '../graphql/hooks';
import { useFormat } from '../i18n';
import { usePageTitle } from '../plugin';

const ShellCluster = graphql(`
  query ShellCluster {
    cluster {
      totalNodes
      nodesByStatus {
        status
        count
      }
    }
  }
`);

const ClusterChanged = graphql(`
  subscription ClusterChanged {
    clusterChanged {
      totalNodes
      connections
      onlineUsers
      uplinkRate
      downlinkRate
      nodesByStatus {
        status
        count
      }
    }
  }
`);

/** Keeps the cluster's figures current on every page, and the number of problems in the title of the tab. */
export function ClusterFeed() {
  const [{ data }] = useLiveQuery({ query: ShellCluster });
  useSubscription({ query: ClusterChanged }, discard);
  const problems = (data?.cluster.nodesByStatus ?? [])
    .filter(({ status }) => status === 'OFFLINE' || status === 'DEGRADED')
    .reduce((sum, { count }) => sum + count, 0);

  const title = usePageTitle();
  const format = useFormat();
  useEffect(() => {
    const page = title ? `${title} · V Panel` : 'V Panel';
    document.title = problems > 0 ? `(${format.number(problems)}) ${page}` : page;
  }, [title, problems, format]);
  return null;
}
