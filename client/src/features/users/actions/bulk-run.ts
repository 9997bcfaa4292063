/** As many as the panel changes at once. */
export const CHUNK = 1_000;

export interface BulkResult {
  done: number;
  error?: unknown;
}

/** Chunk after chunk, each all or none; the first refusal ends it, and what was done before stays done. */
export async function inChunks<T>(
  items: readonly T[],
  run: (chunk: T[]) => Promise<unknown>,
  onProgress: (done: number) => void,
  size = CHUNK,
): Promise<BulkResult> {
  let done = 0;
  for (let start = 0; start < items.length; start += size) {
    const chunk = items.slice(start, start + size);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that progress can be told
      await run(chunk);
    } catch (error) {
      return { done, error };
    }
    done += chunk.length;
    onProgress(done);
  }
  return { done };
}
