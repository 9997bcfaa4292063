/**
 * What a subscription is made of: a snapshot of how things stand, then every change. A shared subscription runs `live`
 * once for all its subscribers and `snapshot` for each of them.
 */
export interface StreamParts<T> {
  snapshot: () => Promise<T[]>;
  live: () => AsyncIterableIterator<T>;
}

export type StreamPart = 'snapshot' | 'live' | 'both';

/** The part of a stream that the execution at hand wants. `live` is opened before the snapshot is read: no gap. */
export function openStream<T>({ snapshot, live }: StreamParts<T>, part: StreamPart): AsyncIterableIterator<T> {
  if (part === 'live') return live();
  return snapshotThen(snapshot, part === 'both' ? live() : undefined);
}

async function* snapshotThen<T>(
  snapshot: () => Promise<T[]>,
  live: AsyncIterableIterator<T> | undefined,
): AsyncIterableIterator<T> {
  try {
    yield* await snapshot();
    if (live) yield* live;
  } finally {
    await live?.return?.();
  }
}
