import { useEffect, useSyncExternalStore } from 'react';
import { graphql } from '../../../graphql/gen';
import type { ClusterFiguresQuery } from '../../../graphql/gen/graphql';
import { useLiveQuery } from '../../../graphql/hooks';
import { Trail } from './trail';

const ClusterFigures = graphql(`
  query ClusterFigures {
    cluster {
      totalNodes
      onlineUsers
      connections
      uplinkRate
      downlinkRate
      nodesByStatus {
        status
        count
      }
    }
  }
`);

export type ClusterFigures = ClusterFiguresQuery['cluster'];

export function useCluster() {
  const [{ data, error }] = useLiveQuery({ query: ClusterFigures });
  return { cluster: data?.cluster, error };
}

export const countOf = (cluster: ClusterFigures, ...statuses: string[]) =>
  cluster.nodesByStatus.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0);

const trails = new Map<string, Trail>();

/** What a figure has been while the page was open, for the small line beside it. */
export function useTrail(name: string, value: number | undefined): readonly number[] {
  let trail = trails.get(name);
  if (!trail) trails.set(name, (trail = new Trail()));
  const kept = trail;
  useEffect(() => {
    if (value === undefined) return;
    kept.add(value);
    // A figure that stays the same is worth a point as well.
    const timer = setInterval(() => kept.add(value), Trail.EVERY_MS);
    return () => clearInterval(timer);
  }, [kept, value]);
  return useSyncExternalStore(kept.subscribe, kept.values);
}
