import { useCallback, useState } from 'react';

export type Selection<Target> = ReadonlyMap<string, Target>;

/** What is selected stays so when it is scrolled away; `toTarget` takes from a row what an action needs. */
export function useSelection<Row extends { id: string }, Target extends { id: string }>(
  toTarget: (row: Row) => Target,
) {
  const [selection, setSelection] = useState<Selection<Target>>(() => new Map());

  const toggle = useCallback(
    (row: Row) => {
      setSelection((before) => {
        const after = new Map(before);
        if (!after.delete(row.id)) after.set(row.id, toTarget(row));
        return after;
      });
    },
    [toTarget],
  );

  const add = useCallback((targets: readonly Target[]) => {
    setSelection((before) => new Map([...before, ...targets.map((target) => [target.id, target] as const)]));
  }, []);

  const clear = useCallback(() => setSelection(new Map()), []);

  return { selection, toggle, add, clear };
}
