import { lazy, Suspense, useEffect, useState } from 'react';

const load = () => import('./command-palette');
const CommandPalette = lazy(load);
/** The page itself comes first; then it is fetched ahead, or the first letters typed into it would be lost. */
const FETCH_AHEAD_MS = 3_000;

/** Drawn from the first use on, so that closing can be animated. */
export function LazyCommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (open) setWanted(true);
  }, [open]);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), FETCH_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense fallback={null}>{(open || wanted) && <CommandPalette open={open} onClose={onClose} />}</Suspense>;
}
