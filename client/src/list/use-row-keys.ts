import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

interface RowKeys<Row> {
  count: number;
  rowAt: (index: number) => Row | undefined;
  onSelect?: ((row: Row) => void) | undefined;
  hrefOf?: ((row: Row) => string) | undefined;
  reveal: (index: number) => void;
}

/** j and k move a cursor over the rows, x selects and Enter opens the row under it. Answers where it is. */
export function useRowKeys<Row>(props: RowKeys<Row>): number | undefined {
  const [current, setCurrent] = useState<number>();
  const navigate = useNavigate();
  const latest = useRef({ ...props, current });
  latest.current = { ...props, current };

  useEffect(() => {
    function move(step: number) {
      const { count, current: from, reveal } = latest.current;
      const next = Math.min(count - 1, Math.max(0, (from ?? -1) + step));
      setCurrent(next);
      reveal(next);
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || !mayAct(event.target)) return;
      const { current: index, rowAt, onSelect, hrefOf } = latest.current;
      const row = index === undefined ? undefined : rowAt(index);
      if (event.key === 'j') move(1);
      else if (event.key === 'k') move(-1);
      else if (event.key === 'x' && row) onSelect?.(row);
      else if (event.key === 'Enter' && row && hrefOf && !isControl(event.target)) void navigate(hrefOf(row));
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate]);

  return current;
}

function mayAct(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement && target.matches('input, textarea, select')) return false;
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') === null;
}

const isControl = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('a, button') !== null;
