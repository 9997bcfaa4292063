import { useCallback, useState } from 'react';
import type { Row, Target } from './list-source';

export type Selection = ReadonlyMap<string, Target>;

const EMPTY: Selection = new Map();

export function toTarget(row: Row): Target {
  return { id: row.id, name: row.name, connections: row.metrics?.connections ?? 0 };
}

export function useSelection() {
  const [selection, setSelection] = useState<Selection>(EMPTY);

  const toggle = useCallback((row: Row) => {
    setSelection((before) => {
      const after = new Map(before);
      if (!after.delete(row.id)) after.set(row.id, toTarget(row));
      return after;
    });
  }, []);

  const add = useCallback((targets: readonly Target[]) => {
    setSelection((before) => new Map([...before, ...targets.map((target) => [target.id, target] as const)]));
  }, []);

  const clear = useCallback(() => setSelection(EMPTY), []);

  return { selection, toggle, add, clear };
}
