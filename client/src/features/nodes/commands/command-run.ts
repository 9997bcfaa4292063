import type { NodeCommandState } from '../../../graphql/gen/graphql';

/** One command on one node, as far as the page has heard of it. */
export interface Progress {
  nodeId: string;
  commandId: string;
  state: NodeCommandState;
  output: string | null;
  error: string | null;
}

/** By node: of two commands for one node (a retry) the newer counts. */
export type Run = ReadonlyMap<string, Progress>;

const RANK: Record<NodeCommandState, number> = { QUEUED: 0, DELIVERED: 1, SUCCEEDED: 2, FAILED: 2, EXPIRED: 2 };

export const isFinished = ({ state }: Progress) => RANK[state] === 2;
export const hasFailed = ({ state }: Progress) => state === 'FAILED' || state === 'EXPIRED';

/** An event may overtake the answer that names its command, and a late answer must not take a finished one back. */
export function advance(run: Run, news: readonly Progress[]): Run {
  const next = new Map(run);
  for (const progress of news) {
    const known = next.get(progress.nodeId);
    const older = known?.commandId === progress.commandId && RANK[known.state] > RANK[progress.state];
    if (!older) next.set(progress.nodeId, progress);
  }
  return next;
}

export function tally(run: Run) {
  const all = [...run.values()];
  return { total: all.length, done: all.filter(isFinished).length, failed: all.filter(hasFailed).length };
}
