/** The value below which this share (0 to 1) of the values lies; NaN when there are none. Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  return percentileOfSorted(
    values.toSorted((a, b) => a - b),
    share,
  );
}

export function percentileOfSorted(sorted: readonly number[], share: number): number {
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(sorted.length * share)));
  return sorted[rank - 1] ?? Number.NaN;
}
