import { statfs } from 'node:fs/promises';

/** Share of the file system that is used, 0 to 1, as df counts it: what is reserved for root is neither used nor free. */
export async function diskRatio(path: string): Promise<number> {
  return usedRatio(await statfs(path));
}

export function usedRatio({ blocks, bfree, bavail }: { blocks: number; bfree: number; bavail: number }): number {
  const used = blocks - bfree;
  return used + bavail === 0 ? 0 : used / (used + bavail);
}
