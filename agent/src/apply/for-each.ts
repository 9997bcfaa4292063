/** At most `limit` at once. Begins nothing more after an error; what is under way is waited for. */
export async function forEach<Item>(
  items: readonly Item[],
  limit: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  let failure: { error: unknown } | undefined;
  const worker = async () => {
    for (const item of rest) {
      if (failure) return;
      await act(item).catch((error: unknown) => void (failure ??= { error }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failure) throw failure.error;
}
